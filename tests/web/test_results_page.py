"""The results page in words: what a snapshot's numbers become, and what never appears."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.models import Wave
from cultureassess.report.words import ENGLISH
from cultureassess.services.comments import read_with_comments
from cultureassess.snapshot.types import Estimate, Gap, ItemFigures, Snapshot
from cultureassess.web.results import eight, one, page
from cultureassess.web.results.cells import Setting
from cultureassess.web.results.strips import bars, strip
from tests.report.scenes import SCENES
from tests.web import desk, showcase

LABELS = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
WITHHELD = "not shown – fewer than 5"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="module")
def snapshot(app) -> Snapshot:
    return showcase.snapshot(app)


def html(app, snapshot: Snapshot, key: str = "indices") -> str:
    return desk.html(app, snapshot, key)


def built(snapshot: Snapshot) -> eight.EightPage:
    return eight.build(Setting(snapshot, ENGLISH))


def cells(content: str, index: str) -> dict[str, str]:
    """A row of the table under the chart: column to text."""
    row = re.search(rf'<tr data-index="{index}">(.*?)</tr>', content, re.DOTALL)
    assert row is not None
    found = re.findall(r'<td[^>]*data-group="(\w+)"[^>]*>(.*?)</td>', row.group(1), re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", cell).split()) for name, cell in found}


def without_customers(snapshot: Snapshot, code: str) -> Snapshot:
    """The snapshot as it would be if one index had to be withheld for customers."""
    hidden = Estimate(withheld=Reason.FEW)
    indices = tuple(
        replace(
            index,
            groups=index.groups | {"customer": hidden},
            gap=Gap(withheld=Reason.FEW),
            levels={},
            chain=(),
        )
        if index.code == code
        else index
        for index in snapshot.indices
    )
    return replace(snapshot, indices=indices)


def test_the_table_shows_the_numbers_of_the_snapshot(app, snapshot):
    content = html(app, snapshot)
    for index in snapshot.indices:
        row, gap = cells(content, index.code), index.gap
        for audience in ("management", "staff", "customer"):
            figures = index.groups[audience]
            score = ENGLISH.score(figures.mean, snapshot.level_cuts)
            assert row[audience] == f"{score} {ENGLISH.between(figures.interval, snapshot.level_cuts)}"
        assert row["gap"] == f"{ENGLISH.points(gap.difference)} {ENGLISH.signed_between(gap.interval)}"
        assert row["answers"] == f"{index.groups['management'].n} / {index.groups['customer'].n}"


def test_the_figure_holds_the_numbers_of_the_table(app, snapshot):
    content, found = html(app, snapshot), built(snapshot)
    names = {index.name: index for index in found.indices}
    for trace, audience in zip(found.chart.figure["data"], ("management", "staff", "customer"), strict=True):
        for name, mean, texts in zip(trace["y"], trace["x"], trace["customdata"], strict=True):
            index = snapshot.index(names[name].code)
            row = cells(content, index.code)
            assert mean == index.groups[audience].mean
            assert row[audience].split()[0] == texts[0]
            assert row["gap"].split()[0] == texts[2]


def test_the_drawing_and_the_figure_show_the_same_gaps(snapshot):
    chart = built(snapshot).chart
    noted = {note["text"] for note in chart.figure["layout"]["annotations"]}
    for index in snapshot.indices:
        gap = ENGLISH.signed(index.gap.difference)
        assert f">{gap}</text>" in chart.drawing
        assert gap in noted


def test_a_withheld_index_leaves_a_reason_and_no_number(app, snapshot):
    index = snapshot.index("EO")
    score = ENGLISH.score(index.groups["customer"].mean, snapshot.level_cuts)
    assert cells(html(app, snapshot), "EO")["customer"].split()[0] == score
    withheld = without_customers(snapshot, "EO")
    row = cells(html(app, withheld), "EO")
    assert row["customer"] == row["gap"] == WITHHELD
    assert row["answers"] == "–"


def test_a_withheld_index_has_no_point_in_either_drawing(snapshot):
    hidden = built(without_customers(snapshot, "EO"))
    customers = next(trace for trace in hidden.chart.figure["data"] if trace["name"] == "Customers")
    view = next(index for index in hidden.indices if index.code == "EO")
    assert view.name not in customers["y"]
    assert len(customers["y"]) == 7
    assert [marker.audience for marker in view.strip.markers] == ["management", "staff", "partner"]
    assert view.strip.line is None


def test_everything_withheld_still_makes_a_page(app, snapshot):
    hidden = snapshot
    for index in snapshot.indices:
        hidden = without_customers(hidden, index.code)
    assert html(app, hidden).count(WITHHELD) >= 16


def test_the_three_numbers_need_ten_answers_on_both_sides(snapshot):
    assert [number.audience for number in page.build(snapshot).numbers] == [
        "management",
        "expected",
        "customer",
    ]
    groups = snapshot.headline.groups
    few = replace(snapshot.headline, groups=groups | {"customer": replace(groups["customer"], n=9)})
    assert page.build(replace(snapshot, headline=few)).numbers == ()


def test_a_count_comes_before_its_percentage_below_fifty_answers(snapshot):
    rows = [row for index in built(snapshot).indices for pair in index.pairs for row in pair.rows]
    managers = next(row for row in rows if row.audience == "management" and row.agree.shown)
    customers = next(row for row in rows if row.audience == "customer" and row.agree.shown)
    assert re.fullmatch(r"\d+ of \d+", managers.agree.text)
    assert re.fullmatch(r"\d+%", customers.agree.text)


@pytest.mark.parametrize("key", [*desk.BUILDERS, "workshop"])
def test_names_and_statements_cannot_break_out_of_the_page(app, snapshot, key):
    name = "</script><script>alert(1)</script>{{ 7*7 }}"
    content = html(app, replace(snapshot, wave=replace(snapshot.wave, organisation=name)), key)
    assert "alert(1)" in content
    assert "<script>alert(1)" not in content
    assert "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in content


@pytest.mark.parametrize("key", [*desk.BUILDERS, "workshop"])
@pytest.mark.parametrize("scene", SCENES)
def test_every_page_reads_every_kind_of_wave(app, scene, key):
    said = desk.text(html(app, SCENES[scene](), key))
    assert "Acme" in said
    assert not re.search(r"\bNone\b|\bnan\b|\{\w+\}", said)


def test_the_consultants_words_are_marked_as_theirs(app, snapshot):
    content = desk.text(desk.html(app, snapshot, "answer", answer="Begin with <b>one</b> journey."))
    assert "In the consultant’s words Begin with &lt;b&gt;one&lt;/b&gt; journey." in content
    assert "consultant" not in desk.text(desk.html(app, snapshot, "answer", leader=True))


def test_a_leader_is_shown_no_analysis_room(app, snapshot):
    assert "Analysis room" in desk.html(app, snapshot, "answer")
    assert "Analysis room" not in desk.html(app, snapshot, "answer", leader=True)


def test_bars_put_the_middle_answer_in_the_middle():
    row = bars(ItemFigures(n=10, distribution=(0, 2, 4, 4, 0)), LABELS)
    assert [(bar.point, bar.x, bar.width) for bar in row] == [
        (2, "30.00%", "10.00%"),
        (3, "40.00%", "20.00%"),
        (4, "60.00%", "20.00%"),
    ]


def test_bars_of_an_even_scale_meet_in_the_middle():
    row = bars(ItemFigures(n=4, distribution=(1, 1, 1, 1)), LABELS[:4])
    assert [bar.x for bar in row] == ["25.00%", "37.50%", "50.00%", "62.50%"]


def test_without_a_distribution_there_are_no_bars():
    assert bars(ItemFigures(n=7), LABELS) == ()


def test_a_strip_leaves_out_who_is_withheld():
    drawn = strip([("management", Estimate(n=12, mean=81.0)), ("customer", Estimate(withheld=Reason.FEW))])
    assert [(marker.audience, marker.at, marker.start) for marker in drawn.markers] == [
        ("management", "81.00%", None)
    ]


def test_only_pairs_are_said_to_count_on_neither_side(app, snapshot):
    said = "so it counts on neither side"
    first = snapshot.indices[0]
    pairs = tuple(replace(pair, used=True) for pair in snapshot.pairs)
    whole = replace(snapshot, pairs=pairs)
    assert html(app, whole, "index").count(said) == 0
    wanted = next(pair for pair in pairs if pair.index == first.code and pair.customer)
    dropped = tuple(replace(pair, used=pair.id != wanted.id) for pair in pairs)
    assert html(app, replace(whole, pairs=dropped), "index").count(said) == 1


def test_both_wordings_of_every_pair_stand_beside_the_chart(app, snapshot):
    found = built(snapshot)
    for index, wordings in zip(found.indices, found.chart.wordings, strict=True):
        both = [(pair.inside, pair.customer) for pair in index.pairs if pair.inside and pair.customer]
        assert list(wordings) == both
        assert both


def test_each_index_page_shows_other_comments(app, snapshot):
    with app.extensions["sessions"]() as session:
        commented = read_with_comments(session, session.get_one(Wave, showcase.LAST))
    first, second = (one.quotes(Setting(commented, ENGLISH), place)[0].comments for place in (0, 1))
    assert len(first) == len(second) == one.EACH
    assert not set(first) & set(second)
    assert first[0] in desk.html(app, commented, "index")


def test_a_gap_without_a_range_is_not_printed(app):
    row = cells(html(app, SCENES["tiny"]()), "EO")
    assert row["gap"] == "not shown – too few for this figure"
    assert row["management"].startswith("82 ")
