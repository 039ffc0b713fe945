"""What is written reads back as the same answers, whoever wrote it and in whatever dialect."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cultureassess import instruments
from cultureassess.instruments import load
from cultureassess.instruments.types import Instrument, Side
from cultureassess.scoring.answers import DONT_KNOW, NOT_GIVEN, Comment, Segment, SideAnswers
from cultureassess.snapshot.files import read_sides, write_side

FIXTURES = Path(__file__).parents[1] / "fixtures"
INSIDE = FIXTURES / "reference" / "c17_demo_inside.csv"
CUSTOMERS = FIXTURES / "reference" / "c17_demo_customers.csv"
OURS = instruments.by_code("customer_culture_v1")
OTHER = load(FIXTURES / "instruments" / "service_pulse_7.toml")

EXAMPLES = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
VALUES = TEXTS.map(str.strip).filter(bool)


def segment(draw, rows: int, values: list[str]) -> Segment:
    codes = np.array(
        draw(st.lists(st.integers(-1, len(values) - 1), min_size=rows, max_size=rows)), dtype=np.int32
    )
    used = sorted({*codes.tolist()} - {NOT_GIVEN})
    places = {code: place for place, code in enumerate(used)}
    return Segment(
        tuple(values[code] for code in used),
        np.array([places.get(c, NOT_GIVEN) for c in codes.tolist()], np.int32),
    )


def points(draw, instrument: Instrument, side: Side, rows: int) -> np.ndarray:
    size = rows * len(instrument.rated)
    answers = st.sampled_from([0, *range(1, instrument.scale.points + 1), DONT_KNOW])
    array = np.array(draw(st.lists(answers, min_size=size, max_size=size)), np.uint8).reshape(
        rows, len(instrument.rated)
    )
    asked = [item.wording(side) is not None for item in instrument.rated]
    return np.where(asked, array, 0).astype(np.uint8)


def outcomes(draw, instrument: Instrument, side: Side, rows: int) -> np.ndarray:
    table = np.full((rows, len(instrument.outcomes)), NOT_GIVEN, dtype=np.int16)
    for place, outcome in enumerate(instrument.outcomes):
        if outcome.wording(side) is not None:
            low, high = (1, len(outcome.options)) if outcome.kind == "degree" else (outcome.low, outcome.high)
            numbers = st.one_of(st.just(NOT_GIVEN), st.integers(low, high))
            table[:, place] = draw(st.lists(numbers, min_size=rows, max_size=rows))
    return table


@st.composite
def sides(draw, instrument: Instrument, side: Side) -> SideAnswers:
    """Any side that a file can hold: values in reading order, no segment that nobody gave."""
    rows = draw(st.integers(0, 12))
    names = ("management", "staff") if side is Side.INSIDE else ("customer", "partner")
    audience = np.array(draw(st.lists(st.integers(0, 1), min_size=rows, max_size=rows)), dtype=np.int32)
    free = sorted(draw(st.sets(VALUES, min_size=1, max_size=3)))
    segments = {"segment": segment(draw, rows, free)} if side is Side.OUTSIDE else {}
    kinds = ["partner", "supplier"] if side is Side.OUTSIDE else ["executive", "no people responsibility"]
    segments["type" if side is Side.OUTSIDE else "role"] = segment(draw, rows, kinds)
    times = st.one_of(st.just(float("nan")), st.floats(0, 1e9))
    return SideAnswers(
        points=points(draw, instrument, side, rows),
        outcomes=outcomes(draw, instrument, side, rows),
        audiences=names,
        audience=audience,
        segments={code: one for code, one in segments.items() if one.values},
        seconds=np.array(draw(st.lists(times, min_size=rows, max_size=rows)), dtype=np.float64),
        late=np.array(draw(st.lists(st.booleans(), min_size=rows, max_size=rows)), bool) if rows else None,
        comments=tuple(comments(draw, instrument, side, names, audience)),
    )


def comments(draw, instrument, side, names, audience):
    for question in instrument.open_questions:
        if question.side is side:
            for place, name in enumerate(names):
                most = int((audience == place).sum())
                texts = draw(st.lists(VALUES, max_size=most))
                yield from (Comment(question.id, name, text) for text in sorted(texts))


def assert_same(read: SideAnswers, written: SideAnswers) -> None:
    np.testing.assert_array_equal(read.points, written.points)
    np.testing.assert_array_equal(read.outcomes, written.outcomes)
    np.testing.assert_array_equal(read.audience, written.audience)
    np.testing.assert_array_equal(read.seconds, written.seconds)
    assert read.audiences == written.audiences
    assert read.comments == written.comments
    assert (read.late is None) == (written.late is None)
    if written.late is not None:
        np.testing.assert_array_equal(read.late, written.late)
    assert read.segments.keys() == written.segments.keys()
    for code, one in written.segments.items():
        assert set(one.values) <= set(read.segments[code].values)
        assert given_values(read.segments[code]) == given_values(one)


def given_values(one: Segment) -> list[str | None]:
    """What every respondent gave; the list of values may name more, those that nobody gave."""
    return [None if place < 0 else one.values[place] for place in one.codes.tolist()]


@EXAMPLES
@given(answers=sides(OURS, Side.OUTSIDE))
def test_customers_read_back_as_written(tmp_path, answers):
    write_side(tmp_path / "c.csv", answers, OURS)
    assert_same(read_sides(INSIDE, tmp_path / "c.csv", OURS).outside, answers)


@EXAMPLES
@given(answers=sides(OURS, Side.INSIDE))
def test_insiders_read_back_as_written(tmp_path, answers):
    write_side(tmp_path / "i.csv", answers, OURS)
    assert_same(read_sides(tmp_path / "i.csv", CUSTOMERS, OURS).inside, answers)


def plainly_written(answers: SideAnswers, instrument: Instrument, draw) -> bytes:
    """A second writer, as a stranger would write it: any dialect, columns in any order."""
    columns = {"rid": [f"r{row}" for row in range(len(answers))]}
    columns["audience"] = [answers.audiences[place] for place in answers.audience]
    for item in instrument.rated_on(Side.OUTSIDE):
        cells = answers.points[:, instrument.position[item.id]].tolist()
        columns[item.id] = [
            "" if p == 0 else draw.draw(st.sampled_from(["DK", "dk"])) if p == DONT_KNOW else p for p in cells
        ]
    columns["seconds"] = ["" if np.isnan(value) else int(value) for value in answers.seconds]
    order = draw.draw(st.permutations(list(columns)))
    target = io.StringIO()
    quoting = draw.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    writer = csv.writer(
        target,
        delimiter=draw.draw(st.sampled_from(",;\t")),
        lineterminator=draw.draw(st.sampled_from(["\n", "\r\n"])),
        quoting=quoting,
    )
    writer.writerow(order)
    writer.writerows(zip(*(columns[name] for name in order), strict=True))
    mark = draw.draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return mark + target.getvalue().encode()


@EXAMPLES
@given(answers=sides(OTHER, Side.OUTSIDE), draw=st.data())
def test_a_strangers_file_reads_as_meant(tmp_path, answers, draw):
    whole = np.array(
        [value if np.isnan(value) else int(value) for value in answers.seconds], dtype=np.float64
    )
    (tmp_path / "c.csv").write_bytes(plainly_written(answers, OTHER, draw))
    (tmp_path / "i.csv").write_text("rid,SP1,SP2,WT2\n", "utf-8")
    read = read_sides(tmp_path / "i.csv", tmp_path / "c.csv", OTHER).outside
    assert_same(read, replace(answers, segments={}, seconds=whole, late=None))


def test_the_demo_reads_back_as_written(tmp_path):
    demo = read_sides(INSIDE, CUSTOMERS, OURS, accounts=True)
    inside, customers = tmp_path / "i.csv", tmp_path / "c.csv"
    write_side(inside, demo.inside, OURS)
    write_side(customers, demo.outside, OURS)
    again = read_sides(inside, customers, OURS, accounts=True)
    assert_same(again.inside, demo.inside)
    assert_same(again.outside, demo.outside)
    np.testing.assert_array_equal(again.outside.account, demo.outside.account)
    assert again.warnings == ()


def test_the_written_demo_looks_like_the_reference_file(tmp_path):
    demo = read_sides(INSIDE, CUSTOMERS, OURS)
    write_side(tmp_path / "i.csv", demo.inside, OURS)
    assert (tmp_path / "i.csv").read_bytes() == INSIDE.read_bytes()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''@x"])
def test_a_text_that_begins_like_a_formula_is_guarded_in_the_file_only(tmp_path, text):
    demo = read_sides(INSIDE, CUSTOMERS, OURS)
    comment = Comment("OPEN_C1", "customer", text)
    a_segment = Segment((text,), np.zeros(60, dtype=np.int32))
    answers = replace(
        demo.outside,
        comments=(comment,),
        segments={"segment": a_segment, "type": demo.outside.segments["type"]},
    )
    write_side(tmp_path / "c.csv", answers, OURS)
    table = csv.DictReader((tmp_path / "c.csv").read_text("utf-8").splitlines())
    row = next(row for row in table if row["OPEN_C1"])
    assert (row["OPEN_C1"], row["segment"]) == (f"'{text}", f"'{text}")
    read = read_sides(INSIDE, tmp_path / "c.csv", OURS).outside
    assert read.comments == (comment,)
    assert read.segments["segment"].values == (text,)


def test_a_side_without_roles_times_and_lateness_reads_back(tmp_path):
    demo = read_sides(INSIDE, CUSTOMERS, OURS)
    bare = replace(demo.inside, segments={}, seconds=None)
    write_side(tmp_path / "i.csv", bare, OURS)
    read = read_sides(tmp_path / "i.csv", CUSTOMERS, OURS)
    assert (read.inside.seconds, read.inside.late, read.warnings) == (None, None, ())
    np.testing.assert_array_equal(read.inside.audience, demo.inside.audience)


def test_types_that_no_file_may_have_read_back_beside_their_audience(tmp_path):
    demo = read_sides(INSIDE, CUSTOMERS, OURS)
    types = Segment(("dealer",), np.zeros(60, dtype=np.int32))
    write_side(tmp_path / "c.csv", replace(demo.outside, segments={"type": types}), OURS)
    read = read_sides(INSIDE, tmp_path / "c.csv", OURS).outside
    assert given_values(read.segments["type"]) == ["dealer"] * 60
    np.testing.assert_array_equal(read.audience, demo.outside.audience)


def test_more_comments_than_respondents_are_refused(tmp_path):
    demo = read_sides(INSIDE, CUSTOMERS, OURS)
    too_many = tuple(Comment("OPEN_C1", "partner", f"text {n}") for n in range(19))
    with pytest.raises(ValueError, match="19 comments of 18 respondents"):
        write_side(tmp_path / "c.csv", replace(demo.outside, comments=too_many), OURS)
