"""What remains of a shown group without others is never a group that answered alike (METHOD 4.3 X)."""

import numpy as np
import pytest

from cultureassess.instruments.types import Side
from cultureassess.scoring.answers import Segment, SideAnswers
from cultureassess.snapshot.build import build_snapshot

from .waves import SETTINGS, side_of

SEGMENTS = ("Key accounts", "Regional business", "Small business")
CONTACT = ("weekly or more", "a few times a year")


@pytest.fixture
def snapshot_of(instrument):
    """A snapshot of a wave whose customers have these segments, some of them all giving one answer."""

    def build(segment, contact, alike, answer):
        rng = np.random.default_rng(3)
        mixed = side_of(instrument, Side.OUTSIDE, rng, len(segment))
        points = rng.integers(2, 6, size=(len(segment), len(instrument.rated))).astype(np.uint8)
        points[alike] = answer
        asked = {item.id for item in instrument.rated_on(Side.OUTSIDE)}
        points[:, [item.id not in asked for item in instrument.rated]] = 0
        segments = {
            "segment": Segment(SEGMENTS, np.array(segment, dtype=np.int32)),
            "contact": Segment(CONTACT, np.array(contact, dtype=np.int32)),
        }
        audience = np.zeros(len(segment), dtype=np.int64)
        outside = SideAnswers(points, mixed.outcomes, ("customer", "partner"), audience, segments)
        inside = side_of(instrument, Side.INSIDE, rng, 20)
        return build_snapshot(instrument, inside, outside, SETTINGS)

    return build


def shown(snapshot, attribute, value):
    """The indices of which a unit's mean is shown."""
    cells = [cell for rows in snapshot.breakdowns if rows.attribute == attribute for cell in rows.cells]
    (cell,) = [cell for cell in cells if cell.value == value]
    return {code for code, figures in cell.indices.items() if figures.mean is not None}


@pytest.mark.parametrize("answer", [5, 3])
def test_two_hidden_segments_that_agree_on_everything_hide_the_one_that_would_tell_them(snapshot_of, answer):
    told = snapshot_of([0] * 12 + [1] * 2 + [2] * 3, [0] * 17, slice(12, 17), answer)
    assert shown(told, "segment", "Key accounts") == set()
    assert told.indices[0].groups["customer"].mean is not None


def test_hidden_segments_that_differ_hide_nothing_else(snapshot_of, instrument):
    told = snapshot_of([0] * 12 + [1] * 2 + [2] * 3, [0] * 17, slice(0, 0), 0)
    assert shown(told, "segment", "Key accounts") == {index.code for index in instrument.indices}


def test_a_segment_within_a_group_is_hidden_if_the_rest_of_the_group_agrees(snapshot_of):
    told = snapshot_of([0] * 7 + [1] * 14, [0] * 12 + [1] * 9, slice(7, 12), 5)
    assert shown(told, "segment", "Key accounts") == set()
    assert shown(told, "contact", "weekly or more")
