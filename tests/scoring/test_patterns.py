"""Patterns of answers: the same respondents, told by what they answered together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cultureassess.scoring.answers import DONT_KNOW
from cultureassess.scoring.covariance import covariance, pairwise_covariance
from cultureassess.scoring.indices import index_scores, pattern_scores
from cultureassess.scoring.items import item_counts_by_group, pattern_tallies
from cultureassess.scoring.patterns import MOST, fits, patterns

quick = settings(max_examples=60, deadline=None, derandomize=True)
DK = DONT_KNOW


def sheets(items):
    """Answers on a scale of three points."""
    cells = st.sampled_from([0, 1, 2, 3, DK])
    return hnp.arrays(np.uint8, st.tuples(st.integers(0, 25), items), elements=cells)


@quick
@given(sheets(st.integers(1, 9)))
def test_the_pattern_of_a_respondent_is_what_they_answered(points):
    found = patterns(points, scale_points=3)
    np.testing.assert_array_equal(found.rows[found.codes], points)


def test_every_combination_of_few_items_has_a_number_of_two_bytes():
    found = patterns(np.array([[0, 1], [DK, 5]], dtype=np.uint8), scale_points=5)
    assert (found.rows.shape, found.codes.dtype) == ((49, 2), np.uint16)
    assert found.codes.tolist() == [1, 47]
    assert found.rows[-1].tolist() == [DK, DK]


def test_of_many_items_only_the_patterns_that_somebody_has_are_kept():
    points = np.array([[1] * 12, [5] * 12, [1] * 12], dtype=np.uint8)
    assert MOST < 7**12
    found = patterns(points, scale_points=5)
    assert found.rows.tolist() == [[1] * 12, [5] * 12]
    assert found.codes.tolist() == [0, 1, 0]


def test_combinations_fit_up_to_two_bytes():
    assert fits([256, 256])
    assert not fits([256, 257])


def test_a_point_above_the_scale_is_refused():
    with pytest.raises(ValueError, match="answer 4 is above the scale's 3 points"):
        patterns(np.array([[3, 4]], dtype=np.uint8), scale_points=3)


@quick
@given(sheets(st.integers(1, 4)), st.randoms())
def test_counts_by_group_give_the_tally_of_every_item(points, random):
    groups = np.array([random.randint(-1, 1) for _ in points], dtype=np.int8)
    found = patterns(points, scale_points=3)
    counts = found.counts(groups, 2)
    assert counts.sum() == (groups >= 0).sum()
    for item, column in enumerate(points.T):
        assert pattern_tallies(found.rows[:, item], counts, scale_points=3) == item_counts_by_group(
            column, groups, 2, scale_points=3
        )


@quick
@given(sheets(st.just(4)))
def test_scores_of_patterns_are_the_scores_of_the_respondents(points):
    found = patterns(points, scale_points=3)
    scores = pattern_scores(found, [0, 2, 3], scale_points=3, reverse=[False, True, False])
    alone = index_scores(points[:, [0, 2, 3]], scale_points=3, reverse=[False, True, False])
    np.testing.assert_array_equal(scores.array(), alone.array())
    assert scores.values.tolist() == alone.values.tolist()


@quick
@given(sheets(st.integers(1, 4)))
def test_covariances_of_patterns_are_those_of_the_respondents(points):
    found = patterns(points, scale_points=3)
    counts = found.counts(np.zeros(len(points), dtype=np.int8), 1)[0]
    for compute in (covariance, pairwise_covariance):
        whole, once = compute(points), compute(found.rows, counts)
        assert whole.n == once.n
        np.testing.assert_array_equal(whole.means, once.means)
        np.testing.assert_array_equal(whole.matrix, once.matrix)
