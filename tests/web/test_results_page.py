"""The results page in words: what a snapshot's numbers become, and what never appears."""

from __future__ import annotations

import re

import pytest
from flask import render_template
from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot.types import Estimate, Gap, ItemFigures, Snapshot
from cultureassess.web.results.page import build
from cultureassess.web.results.strips import bars, strip
from tests.web import showcase

LABELS = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
WITHHELD = "not shown – fewer than 5"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="module")
def snapshot(app) -> Snapshot:
    return showcase.snapshot(app)


def html(app, snapshot: Snapshot) -> str:
    with app.test_request_context("/results/1"):
        return render_template(
            "results/wave.html", page=build(snapshot), wave_id=1, plotly_guard="x", plotly_script="/x.js"
        )


def cells(page: str, index: str) -> dict[str, str]:
    """A row of the table under the chart: column to text."""
    row = re.search(rf'<tr data-index="{index}">(.*?)</tr>', page, re.DOTALL)
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
    page = html(app, snapshot)
    for index in snapshot.indices:
        row, gap = cells(page, index.code), index.gap
        for audience in ("management", "staff", "customer"):
            figures = index.groups[audience]
            score = ENGLISH.score(figures.mean, snapshot.level_cuts)
            assert row[audience] == f"{score} {ENGLISH.between(figures.interval)}"
        assert row["gap"] == f"{ENGLISH.signed(gap.difference)} {ENGLISH.signed_between(gap.interval)}"
        assert row["answers"] == f"{index.groups['management'].n} / {index.groups['customer'].n}"


def test_the_figure_holds_the_numbers_of_the_table(app, snapshot):
    page, built = html(app, snapshot), build(snapshot)
    names = {index.name: index for index in built.indices}
    for trace, audience in zip(built.chart.figure["data"], ("management", "staff", "customer"), strict=True):
        for name, mean, texts in zip(trace["y"], trace["x"], trace["customdata"], strict=True):
            index = snapshot.index(names[name].code)
            row = cells(page, index.code)
            assert mean == index.groups[audience].mean
            assert row[audience].split()[0] == texts[0]
            assert row["gap"].split()[0] == texts[2]


def test_the_drawing_and_the_figure_show_the_same_gaps(snapshot):
    chart = build(snapshot).chart
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
    hidden = build(without_customers(snapshot, "EO"))
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
    page = html(app, hidden)
    assert page.count(WITHHELD) >= 16


def test_the_three_numbers_need_ten_answers_on_both_sides(snapshot):
    assert [number.audience for number in build(snapshot).numbers] == ["management", "expected", "customer"]
    groups = snapshot.headline.groups
    few = replace(snapshot.headline, groups=groups | {"customer": replace(groups["customer"], n=9)})
    assert build(replace(snapshot, headline=few)).numbers == ()


def test_a_count_comes_before_its_percentage_below_fifty_answers(snapshot):
    rows = [row for index in build(snapshot).indices for pair in index.pairs for row in pair.rows]
    managers = next(row for row in rows if row.audience == "management" and row.agree.shown)
    customers = next(row for row in rows if row.audience == "customer" and row.agree.shown)
    assert re.fullmatch(r"\d+ of \d+", managers.agree.text)
    assert re.fullmatch(r"\d+%", customers.agree.text)


def test_names_and_statements_cannot_break_out_of_the_page(app, snapshot):
    name = "</script><script>alert(1)</script>{{ 7*7 }}"
    page = html(app, replace(snapshot, wave=replace(snapshot.wave, organisation=name)))
    assert "alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


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
    dropped = [pair for pair in snapshot.pairs if pair.customer is not None and not pair.used]
    assert html(app, snapshot).count(said) == len(dropped)
    first = next(pair for pair in snapshot.pairs if pair.customer is not None and pair.used)
    pairs = tuple(replace(pair, used=pair.used and pair.id != first.id) for pair in snapshot.pairs)
    assert html(app, replace(snapshot, pairs=pairs)).count(said) == len(dropped) + 1
