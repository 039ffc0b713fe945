"""METHOD 4: what is withheld reaches no output, because every output reads the snapshot and nothing else."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import sqlalchemy as sa

from cultureassess.instruments.types import Side
from cultureassess.models import Comment, Response
from cultureassess.report.pdf.render import render_html
from cultureassess.scoring.answers import Segment
from cultureassess.snapshot.build import assemble
from cultureassess.snapshot.context import Context
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.wave import measure_wave

from ..web import showcase
from .waves import INSIDE, SETTINGS, side_of

MARK = "0" * 64
SIZES = {"HR": 3, "finance": 3, "sales": 12, "IT": 14}
ONE_SIZE = ("tenure", "role")


def snapshot_of(instrument, inside, outside):
    """As ``build_snapshot``, with the same fingerprint and seed whatever was answered."""
    return assemble(Context(measure_wave(instrument, inside, outside), SETTINGS, seed=0), MARK)


@pytest.fixture
def wave(instrument):
    """Two functions of three people, both withheld; everybody inside has the same role and tenure."""
    rng = np.random.default_rng(8)
    people = sum(SIZES.values())
    inside = side_of(instrument, Side.INSIDE, rng, people)
    names = [name for name, size in SIZES.items() for _ in range(size)]
    functions = np.array([INSIDE["function"].index(name) for name in names])
    segments = {name: Segment(INSIDE[name], np.full(people, 3)) for name in ONE_SIZE}
    segments["function"] = Segment(INSIDE["function"], functions)
    staff = replace(inside, segments=segments, audience=np.ones(people, dtype=np.int64))
    staff.points[staff.points == 0] = 3
    return staff, side_of(instrument, Side.OUTSIDE, rng, 40)


def exchanged(side, first, second):
    """The same side, but two people have given each other's answers."""
    order = np.arange(len(side))
    order[[first, second]] = order[[second, first]]
    return replace(side, points=side.points[order], outcomes=side.outcomes[order])


def test_exchanging_two_people_of_withheld_groups_changes_nothing(instrument, wave):
    inside, outside = wave
    other = exchanged(inside, 0, 3)
    assert not np.array_equal(inside.points[:3], other.points[:3])
    before, after = snapshot_of(instrument, inside, outside), snapshot_of(instrument, other, outside)
    shown = {c.value: c.n for b in before.breakdowns if b.attribute == "function" for c in b.cells}
    assert (shown["HR"], shown["finance"], shown["sales"]) == (None, None, 12)
    assert to_json(after) == to_json(before)


def test_exchanging_two_people_of_shown_groups_changes_what_is_shown(instrument, wave):
    inside, outside = wave
    other = exchanged(inside, 7, 20)
    assert to_json(snapshot_of(instrument, other, outside)) != to_json(
        snapshot_of(instrument, inside, outside)
    )


@pytest.fixture
def demo(tmp_path):
    return showcase.make(tmp_path)


OUTPUTS = ("/results/1", "/results/1/snapshot.json", "/results/1/gap-report.pdf", "/")


def test_outputs_do_not_read_the_answers(demo):
    """With every answer deleted, page, data and report are the same to the byte."""
    client = demo.test_client()
    before = {path: client.get(path) for path in OUTPUTS}
    with demo.extensions["engine"].begin() as connection:
        for table in (Response, Comment):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) > 50
            connection.execute(sa.delete(table))
    for file in demo.extensions["settings"].instance.rglob("*.pdf"):
        file.unlink()
    for path, answer in before.items():
        assert answer.status_code == 200
        assert _settled(client.get(path).data) == _settled(answer.data), path


def _settled(content):
    """Without the form's token, which differs from page to page."""
    return re.sub(rb'name="csrf_token" value="[^"]+"', b"", content)


NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w])")


def numbers_of(html):
    """Every number that a reader sees, signs left out."""
    text = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return set(NUMBER.findall(re.sub(r"<[^>]+>", " ", text)))


def numbers_in(value):
    """Every number of a snapshot, as it may be printed: rounded to 0, 1 or 2 decimals."""
    if isinstance(value, dict):
        return set().union(*map(numbers_in, value.values()), *map(numbers_in, value)) if value else set()
    if isinstance(value, list):
        return set().union(*map(numbers_in, value)) if value else set()
    if isinstance(value, str):
        return set(NUMBER.findall(value))
    if value is None or isinstance(value, bool):
        return set()
    return {f"{abs(value):.{places}f}" for places in (0, 1, 2)}


STATIC = {"08", "100", "2005", "2007", "362", "417"}
"""Numbers of the wording itself: years and figures of sources, "out of 100"."""


def test_every_number_of_page_and_report_stands_in_the_snapshot(demo):
    snapshot = showcase.snapshot(demo)
    known = numbers_in(json.loads(to_json(snapshot))) | STATIC
    page = numbers_of(demo.test_client().get("/results/1").text)
    report = numbers_of(render_html(snapshot))
    assert len(page) > 50
    assert len(report) > 100
    assert page - known == report - known == set()


def test_a_number_that_is_not_in_the_snapshot_is_noticed():
    assert numbers_of("<td>Legal</td><td>61.37</td><style>p {width: 7px}</style>") == {"61.37"}
    assert numbers_in({"mean": 61.374, "what": "of 3"}) == {"61", "61.4", "61.37", "3"}
