"""A sheet for each group that the heat map shows, made of the snapshot alone."""

import io
import json
import re
import zipfile

import pypdf
import pytest
from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.document.unit import unit_sheet
from cultureassess.report.languages import words_in
from cultureassess.report.options import USUAL, Options, OptionsError, Unit, Voice
from cultureassess.report.pdf.render import page_of
from cultureassess.report.units import archive, file_names, narrowed, sheets, units, without_sheet
from cultureassess.report.verify import verify
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from cultureassess.snapshot.document import from_json, to_json
from tests.report import factory, parts
from tests.report.made import file_of
from tests.report.test_language import FORBIDDEN, texts
from tests.report.test_pdf import compliant

SALES = Unit("inside", "function", "sales")
SERVICE = Unit("inside", "function", "customer service or success")


def with_whole(snapshot, mean=70.0, n=40):
    """The factory's wave with everybody inside, whom its reference file does not give."""
    return replace(
        snapshot,
        indices=tuple(
            replace(index, groups=index.groups | {"inside": parts.estimate(n, mean)})
            for index in snapshot.indices
        ),
    )


def with_row(snapshot, row):
    """The factory's wave with one row of sales in the heat map."""
    return replace(snapshot, breakdowns=(t.Breakdown("function", "inside", (row,)),))


def row(n=20, **means):
    scores = {code: parts.estimate(n, means.get(code, 70.0)) for code in parts.INDICES}
    return t.BreakdownCell("sales", n, None, scores, {"CC4": parts.estimate(n, 70.0)})


def worded(snapshot, unit=SALES, words=ENGLISH):
    return unit_sheet(snapshot, words, USUAL, unit)


@pytest.fixture
def wave():
    return with_whole(factory.c17())


@pytest.fixture(scope="module")
def sheet():
    """The finished sheet of sales, as it is handed over."""
    snapshot = with_whole(factory.c17())
    options = Options(voice=Voice(name="Brandt", note="Only for the board.", recommendation="Sell."))
    return file_of(sheets(snapshot, options)["function-sales.pdf"])


def test_every_shown_row_gets_a_sheet_and_no_other(wave):
    assert units(wave) == (SERVICE, Unit("inside", "function", "marketing"), SALES)
    assert [(unit.value, cell.withheld) for unit, cell in without_sheet(wave)] == [("HR", Reason.FEW)]
    for value in ("HR", "nobody"):
        with pytest.raises(OptionsError, match=value):
            narrowed(wave, Unit("inside", "function", value))


def test_who_preferred_not_to_say_is_no_unit(wave):
    silent = replace(row(), value="prefer not to say")
    assert units(with_row(wave, silent)) == ()


def test_a_row_of_everybody_is_no_unit_beside_everybody(wave):
    inside = sum(one.usable for one in wave.coverage if one.audience in ("management", "staff"))
    assert units(with_row(wave, row(n=inside - 1))) == (SALES,)
    assert units(with_row(wave, row(n=inside))) == ()


def test_a_sheet_says_the_same_whether_or_not_others_travel_with_it(wave):
    assert worded(wave) == worded(narrowed(wave, SALES))


def test_no_other_group_and_no_comment_travels_with_a_sheet(wave):
    comment = t.CommentList("customer", "OPEN_C1", "Why?", ("Ask the quokka.",) * 12)
    whole = replace(wave, comments=(comment,))
    assert all(text in to_json(whole).decode() for text in ("quokka", "marketing", "HR"))
    sent = to_json(narrowed(whole, SALES)).decode()
    assert [text for text in ("quokka", "marketing", '"HR"', "function: HR") if text in sent] == []
    assert from_json(sent).fingerprint == wave.fingerprint


def test_the_index_furthest_from_all_is_named_and_asked_about(wave):
    found = worded(with_row(wave, row(CO=52.0, RG=78.0)))
    assert found.finding == (
        "Furthest from all is Courage: 52 here, 70 among all. "
        "The likely range of this unit, 45 to 59, does not reach 70."
    )
    assert found.talk[0] == "Courage"
    assert found.talk[1].endswith("?")


def test_a_range_that_holds_the_mean_of_all_is_said_to_be_chance(wave):
    found = worded(with_row(wave, row(CO=66.0)))
    assert found.finding.endswith("The likely range of this unit, 59 to 73, holds 70, so this can be chance.")


def test_a_range_that_ends_at_the_printed_mean_of_all_is_not_said_to_miss_it(wave):
    half = parts.estimate(20, 0.0).interval.high
    found = worded(with_row(wave, row(CO=69.7 - half)))
    assert "holds 70" in found.finding


def test_five_to_nine_answers_are_a_conversation(wave):
    found = worded(with_row(wave, row(8, CO=52.0)))
    assert "a conversation, not a measurement: chance alone can move such a mean by about 16" in found.finding
    assert {cells[3].text for cells in found.table.rows[:8]} == {"±16"}


def test_a_unit_that_answers_like_all_is_told_so(wave):
    assert worded(with_row(wave, row(CO=72.9))).finding == (
        "No index that is shown lies 3 points or more from that of all. "
        "Furthest from all is Courage: 73 here, 70 among all. "
        "The likely range of this unit, 66.1 to 79.6, holds 70, so this can be chance."
    )


def test_a_withheld_figure_is_named_with_its_reason_and_never_printed(wave):
    thin = row(CO=11.0)
    hidden = thin.indices | {"CO": t.Estimate(withheld=Reason.PROTECTS)}
    found = worded(with_row(wave, replace(thin, indices=hidden)))
    assert found.withheld == ("Courage: Showing it would tell what a few people answered.",)
    courage = next(cells for cells in found.table.rows if cells[0].text == "Courage")
    assert [cell.text for cell in courage[1:4]] == ["–", "not shown", "–"]
    drawn = next(line for line in found.plot.rows if line.label == "Courage")
    assert (drawn.unit, drawn.note) == (None, "not shown – protects people")


def test_nothing_is_compared_where_all_are_withheld():
    found = worded(factory.c17())
    assert found.finding == "None of the indices of this unit can be shown beside those of all."
    assert found.talk is None


def test_picked_customers_are_said_to_flatter_on_customers_sheets_alone(wave):
    outside = replace(wave, breakdowns=(t.Breakdown("segment", "outside", (row(),)),))
    asked = dict(worded(outside, Unit("outside", "segment", "sales")).entries)["Who was asked"]
    assert asked.endswith("customers as a whole are probably less content than this.")
    assert "Who was asked" not in dict(worded(wave).entries)


@pytest.mark.parametrize("language", ["de", "es", "fr", "ar"])
def test_a_sheet_speaks_every_language(wave, language):
    told, english = worded(wave, words=words_in(language)), worded(wave)
    assert (told.finding, told.eyebrow, told.entries[1]) != (
        english.finding,
        english.eyebrow,
        english.entries[1],
    )
    assert told.direction == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("n", [6, 9, 10, 400])
@pytest.mark.parametrize("mean", [0.0, 34.5, 69.6, 75.0, 100.0])
def test_no_sentence_of_a_sheet_says_what_leaders_must_not_read(wave, n, mean):
    found = worded(with_row(wave, row(n, CO=mean)))
    assert [text for text in texts(found) if FORBIDDEN.search(text)] == []
    assert found.finding.endswith(".")


def test_names_of_files_stay_in_their_folder_and_differ():
    hostile = ("../../etc/passwd", "a/b", "a b", "A_B", "", "北京", "x" * 200, "CON")
    names = file_names([Unit("inside", "function", value) for value in hostile])
    assert names[:6] == (
        "function-etc-passwd.pdf",
        "function-a-b.pdf",
        "function-a-b-2.pdf",
        "function-a-b-3.pdf",
        "function.pdf",
        "function-北京.pdf",
    )
    assert max(map(len, names)) <= 66
    assert len(set(names)) == len(hostile)
    assert [name for name in names if not re.fullmatch(r"[\w-]+\.pdf", name)] == []


def test_the_same_sheets_make_the_same_archive():
    files = {"b.pdf": b"two", "a.pdf": b"one"}
    with zipfile.ZipFile(io.BytesIO(archive(files))) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == files
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive(files) == archive(dict(files))


def test_a_sheet_has_two_pages_and_nothing_of_what_was_written_for_the_board(sheet):
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sheet)).pages]
    assert len(pages) == 2
    assert "Brandt" in pages[0]
    assert "board" not in "".join(pages) + json.dumps(_attached(sheet))


def test_a_sheet_is_accessible(sheet, tmp_path):
    assert compliant(sheet, tmp_path) == []


def test_hostile_names_of_groups_and_companies_are_printed_as_text(wave):
    hostile = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    named = replace(row(), value=hostile)
    whole = replace(with_row(wave, named), wave=factory.wave(organisation=hostile))
    page = page_of(worded(whole, Unit("inside", "function", hostile)), ENGLISH)
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;{{ 7*7 }}" in page


def _attached(content):
    kept = pypdf.PdfReader(io.BytesIO(content)).attachments
    return {name: data[0].decode() for name, data in kept.items()}


def test_a_sheet_is_made_again_byte_for_byte_and_its_figures_are_checked(sheet):
    verdict = verify(sheet)
    assert (verdict.holds, verdict.identical) == (True, True)
    assert verdict.figures > 100


def test_every_figure_of_a_sheet_stands_in_its_table(wave):
    """Picture and table are worded from the same estimates."""
    found = worded(wave)
    drawn = [(line.label, line.unit.printed, line.whole.printed) for line in found.plot.rows]
    listed = [(cells[0].text, cells[2].text, cells[5].text) for cells in found.table.rows][: len(drawn)]
    assert drawn == listed
