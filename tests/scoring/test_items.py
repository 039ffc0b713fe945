"""What is told of one item: counts, shares and the limits of "can't judge"."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cultureassess.scoring.answers import DONT_KNOW
from cultureassess.scoring.items import ItemTally, item_counts, item_counts_by_group
from tests.scoring.reference import tally

quick = settings(max_examples=100, deadline=None, derandomize=True)
DK = DONT_KNOW
ANSWERS = np.array([1, 2, 3, 4, 4, 5, 5, 5, DK, DK, 0], dtype=np.uint8)


def test_item_statistics_of_five_points():
    item = item_counts(ANSWERS, scale_points=5)
    assert item == ItemTally(points=(1, 1, 1, 2, 3), dont_know=2, skipped=1)
    assert (item.n, item.favourable_count, item.unfavourable_count) == (8, 5, 2)
    assert (item.favourable, item.neutral, item.unfavourable) == (62.5, 12.5, 25)
    assert item.mean == (0 + 25 + 50 + 75 * 2 + 100 * 3) / 8
    assert item.dk_share == 20


def test_a_reversed_item_is_counted_turned_round():
    item = item_counts(ANSWERS, scale_points=5, reverse=True)
    assert item == ItemTally(points=(3, 2, 1, 1, 1), dont_know=2, skipped=1)


def test_members_restrict_the_count():
    members = np.arange(len(ANSWERS)) < 2
    assert item_counts(ANSWERS, scale_points=5, members=members) == ItemTally((1, 1, 0, 0, 0), 0, 0)


def test_dont_know_share_counts_skips_on_neither_side():
    assert ItemTally((0, 0, 0, 0, 3), dont_know=1, skipped=96).dk_share == 25


def test_an_item_without_valid_answers_has_no_percentages():
    item = ItemTally((0, 0, 0, 0, 0), dont_know=0, skipped=7)
    assert (item.n, item.mean, item.favourable, item.neutral, item.unfavourable) == (
        0,
        None,
        None,
        None,
        None,
    )
    assert (item.dk_share, item.hard_to_see, item.unseen, item.scores.n) == (None, False, False, 0)
    assert ItemTally((0, 0, 0, 0, 0), dont_know=3, skipped=0).dk_share == 100


@pytest.mark.parametrize(
    ("points", "favourable", "neutral"),
    [
        ((1, 1), 1, 0),
        ((1, 1, 1), 1, 1),
        ((1, 1, 1, 1), 2, 0),
        ((1, 1, 1, 1, 1), 2, 1),
        ((1, 1, 1, 1, 1, 1), 3, 0),
        ((1, 1, 1, 1, 1, 1, 1), 3, 1),
        ((1,) * 9, 4, 1),
    ],
)
def test_favourable_is_above_the_midpoint_on_every_scale(points, favourable, neutral):
    item = ItemTally(points, 0, 0)
    assert (item.favourable_count, item.unfavourable_count) == (favourable, favourable)
    assert item.neutral == 100 * neutral / len(points)


def test_dont_know_limits_are_inclusive():
    def seen(valid, dont_know):
        item = ItemTally((0, 0, 0, 0, valid), dont_know, 0)
        return item.hard_to_see, item.unseen

    assert [seen(71, 29), seen(70, 30), seen(51, 49), seen(50, 50)] == [
        (False, False),
        (True, False),
        (True, False),
        (True, True),
    ]
    assert seen(0, 4) == (True, True)


def test_the_scores_behind_an_item_give_its_mean_and_spread():
    item = item_counts(ANSWERS, scale_points=5)
    assert item.scores.mean == item.mean
    assert item.scores.repeated().tolist() == tally(0, 25, 50, 75, 75, 100, 100, 100).repeated().tolist()


def test_a_point_above_the_scale_is_refused():
    with pytest.raises(ValueError, match="answer 6 is above the scale's 5 points"):
        item_counts(np.array([6], dtype=np.uint8), scale_points=5)


@quick
@given(hnp.arrays(np.uint8, st.integers(0, 30), elements=st.sampled_from([0, 1, 2, 3, DK])), st.randoms())
def test_counting_by_group_equals_counting_one_group_after_the_other(column, random):
    groups = np.array([random.randint(-1, 2) for _ in column], dtype=np.int16)
    for group, counted in enumerate(item_counts_by_group(column, groups, 3, scale_points=3)):
        assert counted == item_counts(column, scale_points=3, members=groups == group)
        answers = column[groups == group].tolist()
        assert counted.points == tuple(answers.count(point) for point in (1, 2, 3))
        assert (counted.dont_know, counted.skipped) == (answers.count(DK), answers.count(0))


def test_one_respondent_who_cannot_judge_is_enough_for_both_limits():
    item = ItemTally((0, 0, 0, 0, 0), dont_know=1, skipped=0)
    assert (item.hard_to_see, item.unseen) == (True, True)


def test_points_that_nobody_chose_are_no_scores():
    scores = ItemTally((0, 0, 2, 0, 1), dont_know=0, skipped=0).scores
    assert (scores.values.tolist(), scores.counts.tolist()) == ([50, 100], [2, 1])


def test_counts_are_skips_then_points_then_dont_knows():
    counts = np.array([1, 2, 3, 4])
    assert ItemTally.of(counts) == ItemTally((2, 3), dont_know=4, skipped=1)
    assert ItemTally.of(counts, reverse=True) == ItemTally((3, 2), dont_know=4, skipped=1)
