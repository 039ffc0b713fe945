import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cultureassess.scoring.answers import DONT_KNOW
from cultureassess.scoring.indices import (
    answers_needed,
    composite_scores,
    index_scores,
    indices_needed,
    within_difference,
)
from cultureassess.scoring.scores import Scores

quick = settings(max_examples=100, deadline=None, derandomize=True)
DK = DONT_KNOW
NAN = math.nan


def scores_of(*rows, scale_points=5, reverse=()):
    points = np.array(rows, dtype=np.uint8)
    return index_scores(points, scale_points=scale_points, reverse=reverse).array().tolist()


@st.composite
def answer_sheets(draw):
    scale_points = draw(st.integers(2, 9))
    shape = draw(st.tuples(st.integers(0, 12), st.integers(1, 6)))
    answers = st.sampled_from([0, DK, *range(1, scale_points + 1)])
    points = draw(hnp.arrays(np.uint8, shape, elements=answers))
    flags = draw(st.lists(st.booleans(), min_size=shape[1], max_size=shape[1]))
    return points, scale_points, flags


def test_points_are_rescaled_to_0_to_100():
    assert scores_of([1], [2], [3], [4], [5]) == [0, 25, 50, 75, 100]
    assert scores_of([1], [4], [7], scale_points=7) == [0, 50, 100]
    assert scores_of([1], [2], scale_points=2) == [0, 100]


def test_a_score_is_the_mean_of_the_answered_items_rounded_to_6_decimals():
    assert scores_of([5, 4, 4], [5, 5, DK]) == [83.333333, 100]


def test_half_of_the_items_must_be_answered_rounded_up():
    assert [answers_needed(items) for items in (1, 2, 3, 4, 5)] == [1, 1, 2, 2, 3]
    assert np.isnan(scores_of([5, 0, DK])).tolist() == [True]
    assert scores_of([5, 3, 0]) == [75]
    assert scores_of([5, DK]) == [100]
    assert scores_of([5, 5, 0, 0]) == [100]
    assert np.isnan(scores_of([5, 5, 0, 0, 0])).tolist() == [True]


def test_all_dont_know_and_all_skipped_have_no_score():
    assert np.isnan(scores_of([DK, DK], [0, 0], [0, DK])).all()


def test_reversed_items_are_turned_round_and_missing_stays_missing():
    assert scores_of([5, 1], [1, 5], [DK, 2], [0, 4], reverse=(False, True)) == [100, 0, 75, 25]
    assert scores_of([6, 1], scale_points=6, reverse=(True, True)) == [50]


def test_a_point_above_the_scale_is_refused():
    with pytest.raises(ValueError, match="answer 6 is above the scale's 5 points"):
        scores_of([1, 6])


def test_flags_that_do_not_fit_the_items_are_refused():
    with pytest.raises(ValueError, match="1 reverse flags for 2 items"):
        scores_of([1, 2], reverse=(True,))


def test_nobody_and_no_items_give_no_scores():
    assert index_scores(np.empty((0, 3), dtype=np.uint8), scale_points=5).array().tolist() == []
    without_items = index_scores(np.empty((2, 0), dtype=np.uint8), scale_points=5)
    assert without_items.present.tolist() == [False, False]


def plain_index_score(row, scale_points, flags):
    steps = [
        scale_points - x if flipped else x - 1
        for x, flipped in zip(row, flags, strict=True)
        if x not in (0, DK)
    ]
    if len(steps) < answers_needed(len(row)):
        return NAN
    return round(sum(step / (scale_points - 1) * 100 for step in steps) / len(steps), 6)


@quick
@given(answer_sheets())
def test_index_scores_agree_with_the_rule_written_out(sheet):
    points, scale_points, flags = sheet
    scores = index_scores(points, scale_points=scale_points, reverse=flags).array()
    plain = [plain_index_score(row, scale_points, flags) for row in points.tolist()]
    np.testing.assert_allclose(scores, np.array(plain), atol=1.1e-6)
    assert ((scores[~np.isnan(scores)] >= 0) & (scores[~np.isnan(scores)] <= 100)).all()


@quick
@given(answer_sheets())
def test_turning_every_item_round_mirrors_the_score(sheet):
    points, scale_points, flags = sheet
    scores = index_scores(points, scale_points=scale_points, reverse=flags).array()
    mirrored = index_scores(points, scale_points=scale_points, reverse=[not f for f in flags]).array()
    np.testing.assert_allclose(mirrored, 100 - scores, atol=1.1e-6)


def test_a_composite_needs_three_quarters_of_its_indices():
    assert [indices_needed(indices) for indices in (1, 2, 3, 4, 8)] == [1, 2, 3, 3, 6]
    indices = [Scores.of(column) for column in ([80, 80], [60, 60], [40, NAN], [NAN, NAN])]
    np.testing.assert_array_equal(composite_scores(indices).array(), [60, np.nan])
    np.testing.assert_array_equal(composite_scores(indices, needed=2).array(), [60, 70])


def test_nobody_has_a_composite_of_nothing():
    nothing = Scores.of([NAN, NAN])
    assert composite_scores([nothing, nothing], needed=0).present.tolist() == [False, False]
    with pytest.raises(ValueError, match="at least one index"):
        composite_scores([])


def test_composites_tie_exactly_whatever_order_their_indices_come_in():
    thirds = [33.333333, 66.666667, 8.333333, 91.666667]
    forward = composite_scores([Scores.of([value]) for value in thirds])
    backward = composite_scores([Scores.of([value]) for value in reversed(thirds)])
    assert forward.values.tolist() == backward.values.tolist() == [50]


def test_a_composite_of_one_index_is_that_index():
    index = Scores.of([25, NAN, 66.666667])
    np.testing.assert_array_equal(composite_scores([index]).array(), index.array())


@quick
@given(
    hnp.arrays(
        float,
        st.tuples(st.integers(0, 15), st.integers(1, 8)),
        elements=st.sampled_from([NAN, 0, 8.333333, 12.5, 33.333333, 66.666667, 100]),
    )
)
def test_composites_agree_with_a_plain_mean(table):
    composite = composite_scores([Scores.of(column) for column in table.T]).array()
    for row, score in zip(table, composite, strict=True):
        present = row[~np.isnan(row)]
        if len(present) < indices_needed(len(row)):
            assert np.isnan(score)
        else:
            assert score == pytest.approx(present.mean(), abs=1.1e-6)
            assert 0 <= score <= 100


def test_a_difference_within_respondents_is_missing_where_one_side_is():
    difference = within_difference(Scores.of([80, NAN, 20, 50]), Scores.of([60, 10, NAN, 50]))
    np.testing.assert_array_equal(difference.array(), [20, np.nan, np.nan, 0])
    assert difference.tally().mean == 10


def test_an_index_may_be_longer_than_a_byte_can_add_up():
    assert scores_of([5] * 64, [1] * 64, [3] * 64) == [100, 0, 50]


def test_many_indices_with_many_scores_each_have_the_plain_mean():
    random = np.random.default_rng(5)
    table = random.integers(0, 10_001, size=(120, 8)) / 100
    table[random.random(table.shape) < 0.2] = NAN
    composite = composite_scores([Scores.of(column) for column in table.T]).array()
    enough = (~np.isnan(table)).sum(axis=1) >= 6
    assert 0 < enough.sum() < len(table)
    np.testing.assert_allclose(composite[enough], np.nanmean(table[enough], axis=1), atol=1e-6)
    assert np.isnan(composite[~enough]).all()


def test_one_index_may_have_more_scores_than_two_bytes_can_number():
    index = Scores.of(np.arange(70_000) / 1000)
    np.testing.assert_array_equal(composite_scores([index]).array(), index.array())
