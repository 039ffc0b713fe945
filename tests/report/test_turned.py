"""Statements that speak against the company: whoever disagrees is on its side, and every place says so."""

import csv

import pytest
from msgspec.structs import replace

from cultureassess.report import figures
from cultureassess.report.document.appendix import appendix
from cultureassess.report.document.indices import pair_block
from cultureassess.report.document.outcomes import inside_section
from cultureassess.report.languages import languages, words_in
from cultureassess.report.narrative import item_sentence
from cultureassess.report.sheets import sheets
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from cultureassess.snapshot.document import from_json, to_json
from cultureassess.web.results.cells import Setting
from cultureassess.web.results.pairs import pair_view
from cultureassess.web.results.tables import csv_table
from tests.report import factory
from tests.report.test_degenerate import pulse

COMPLAINT = "Customers have to wait for us."
MANAGERS = t.ItemFigures(
    n=20,
    mean=100.0,
    count=20,
    favourable=100.0,
    neutral=0.0,
    unfavourable=0.0,
    dont_know=0.0,
    distribution=(0, 0, 0, 4, 16),
)
CUSTOMERS = t.ItemFigures(
    n=60,
    mean=10.0,
    count=0,
    favourable=0.0,
    neutral=10.0,
    unfavourable=90.0,
    dont_know=0.0,
    distribution=(40, 14, 6, 0, 0),
)
LABELS = factory.instrument().scale_labels


@pytest.fixture(scope="module")
def pair():
    groups = {"management": MANAGERS, "customer": CUSTOMERS}
    gap = t.Gap(difference=90.0, interval=t.Range(80, 98))
    return replace(factory.pairs()[0], inside=COMPLAINT, groups=groups, gap=gap, reverse=True)


@pytest.fixture(scope="module")
def snapshot(pair):
    return factory.c17(pairs=(pair,))


def test_who_disagrees_is_said_to_disagree(pair, snapshot):
    assert item_sentence(pair, snapshot, ENGLISH) == (
        "20 of 20 managers (100%) disagree: “Customers have to wait for us.” 0% of 60 customers do "
        "(+100 percentage points, likely +83 to +100)."
    )


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_no_language_says_that_they_agree(pair, snapshot, language):
    words = words_in(language)
    turned = item_sentence(pair, snapshot, words)
    assert turned != item_sentence(replace(pair, reverse=False), snapshot, words)


def test_the_bars_begin_with_full_agreement(pair, snapshot):
    drawn = figures.distribution(snapshot, pair)
    assert drawn.labels == LABELS[::-1]
    assert [row.favourable for row in drawn.rows] == ["20 of 20 disagree", "0% of 60 disagree"]
    assert f"{LABELS[0]} 16" in drawn.description


def test_the_statement_is_marked_as_turned(pair, snapshot):
    assert pair_block(pair, snapshot, ENGLISH).remarks[0].startswith("Speaks against the company")


def test_the_appendix_counts_as_people_answered(pair, snapshot):
    table = next(table for table in appendix(snapshot, ENGLISH).tested if table.name == "items")
    rows = {row[1].text: [cell.text for cell in row] for row in table.rows}
    assert rows["Managers"][:9] == [
        f"{pair.id} (turned)",
        *("Managers", "20", "100", "0%", "0%", "100%", "0%", "16 · 4 · 0 · 0 · 0"),
    ]


def test_the_workbook_counts_as_people_answered(pair, snapshot):
    sheet = next(sheet for sheet in sheets(snapshot, ENGLISH, "seal") if sheet.name == "Items")
    assert sheet.rows[0][:3] == (f"{pair.id} (turned)", pair.index, "Managers")
    assert sheet.rows[0][5:15] == (100.0, 0.0, 0.0, 100.0, 0.0, 16, 4, 0, 0, 0)


def test_the_page_names_the_points_as_people_chose_them(pair, snapshot):
    view = pair_view(Setting(snapshot, ENGLISH), pair, ("management", "customer"))
    assert view.reverse
    assert view.rows[0].sentence == f"{LABELS[1]}: 4; {LABELS[0]}: 16"


def test_the_table_to_download_counts_as_people_answered(snapshot):
    told = next(csv.DictReader(csv_table("statements", snapshot).splitlines()))
    assert (told["agree_count"], told["agree_percent"], told["disagree_percent"]) == ("0", "0.00", "100.00")
    assert (told["answers_1"], told["answers_5"], told["turned"]) == ("16", "0", "yes")


def test_a_turned_statement_of_a_block_counts_who_disagrees(snapshot):
    block = replace(snapshot.blocks[0], reverse=("EE1",))
    table = inside_section(replace(snapshot, blocks=(block,)), ENGLISH).blocks[0]
    told = [cell.text for row in table.rows[1:] for cell in row[1:] if "of 39" in cell.text]
    assert [text.endswith("disagree") for text in told] == [True] + [False] * (len(told) - 1)


def test_an_imported_questionnaire_says_which_statements_are_turned():
    found = {pair.id for pair in pulse().pairs if pair.reverse}
    assert len(found) == 2
    assert {pair.id for pair in from_json(to_json(pulse())).pairs if pair.reverse} == found


def test_a_snapshot_without_turned_statements_is_written_as_before(demo):
    assert b'"reverse"' not in to_json(demo)
