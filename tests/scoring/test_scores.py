import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cultureassess.scoring.scores import BLOCK, MILLION, Scores, Tally, column_blocks, pooled
from tests.scoring.reference import tally

quick = settings(max_examples=100, deadline=None, derandomize=True)
score = st.one_of(st.just(math.nan), st.floats(0, 100))
many_scores = st.lists(score, max_size=40).map(np.array)


def by_group(scores, groups, count):
    return [scores.tally_of(row) for row in scores.table(groups, count)]


def test_a_tally_holds_each_value_once_and_how_often_it_occurs():
    counted = Tally.of([50, 25, math.nan, 50, 100])
    assert counted.values.tolist() == [25, 50, 100]
    assert counted.counts.tolist() == [1, 2, 1]
    assert counted.n == 4
    assert counted.repeated().tolist() == [25, 50, 50, 100]


def test_values_that_differ_beyond_the_sixth_decimal_are_the_same():
    assert Tally.of([33.3333331, 33.3333332]).values.tolist() == [33.333333]


def test_minus_zero_is_zero():
    assert [math.copysign(1, value) for value in Tally.of([-0.0, -1e-9]).values] == [1.0]


def test_an_empty_tally_has_no_mean_and_no_spread():
    empty = Tally.of([])
    assert (empty.n, empty.constant) == (0, False)
    assert all(math.isnan(value) for value in (empty.mean, empty.variance, empty.sd, empty.se))


def test_one_respondent_has_a_mean_and_no_spread():
    single = tally(40)
    assert (single.n, single.mean, single.constant) == (1, 40, True)
    assert all(math.isnan(value) for value in (single.variance, single.sd, single.se))


def test_equal_scores_have_spread_zero():
    alike = tally(70, 70, 70)
    assert (alike.mean, alike.sd, alike.se, alike.constant) == (70, 0, 0, True)


@quick
@given(st.lists(st.floats(0, 100), min_size=2, max_size=60))
def test_a_tally_agrees_with_numpy(numbers):
    rounded, counted = np.round(numbers, 6), Tally.of(numbers)
    assert counted.n == len(numbers)
    assert counted.mean == pytest.approx(rounded.mean())
    assert counted.sd == pytest.approx(rounded.std(ddof=1), abs=1e-9)
    assert counted.se == pytest.approx(rounded.std(ddof=1) / math.sqrt(len(numbers)), abs=1e-9)
    assert counted.repeated().tolist() == sorted(rounded)


def test_scores_keep_places_and_give_numbers_back():
    scores = Scores.of([50, math.nan, 25, 50])
    assert scores.values.tolist() == [25, 50]
    assert scores.codes.tolist() == [1, -1, 0, 1]
    assert scores.present.tolist() == [True, False, True, True]
    assert len(scores) == 4
    np.testing.assert_array_equal(scores.array(), [50, np.nan, 25, 50])


def test_values_that_nobody_has_are_pruned():
    scores = Scores.from_table(np.array([2, 0, 2]), np.array([10.0, 20.0, 30.0, np.nan]))
    assert scores.values.tolist() == [10, 30]


def test_more_values_than_a_short_integer_holds_are_kept_apart():
    scores = Scores.of(np.arange(40_000))
    assert scores.codes.dtype == np.int32
    assert scores.codes.tolist() == list(range(40_000))


@quick
@given(many_scores)
def test_scores_and_their_array_say_the_same(numbers):
    np.testing.assert_array_equal(Scores.of(numbers).array(), np.round(numbers, 6) + 0.0)


def test_the_tally_of_a_group_counts_its_members_only():
    scores = Scores.of([50, 25, math.nan, 100])
    members = np.array([True, False, True, True])
    assert scores.tally(members).values.tolist() == [50, 100]


def test_a_group_without_members_gives_an_empty_tally():
    assert Scores.of([50]).tally(np.array([False])).n == 0
    assert [group.n for group in by_group(Scores.of([]), np.array([], dtype=int), 2)] == [0, 0]


def test_groups_are_counted_and_those_of_no_group_left_out():
    scores = Scores.of([50, 25, math.nan, 100, 0])
    groups = by_group(scores, np.array([0, 2, 2, 0, -1]), 3)
    assert [group.repeated().tolist() for group in groups] == [[50, 100], [], [25]]


@quick
@given(st.lists(st.tuples(score, st.integers(-1, 5)), max_size=40))
def test_a_row_of_the_table_is_the_tally_of_a_group(respondents):
    scores = Scores.of([score for score, _ in respondents])
    groups = np.array([group for _, group in respondents], dtype=np.int32)
    for number, group in enumerate(by_group(scores, groups, 6)):
        alone = scores.tally(groups == number)
        assert group.values.tolist() == alone.values.tolist()
        assert group.counts.tolist() == alone.counts.tolist()


def test_a_table_has_one_row_a_group_and_one_column_a_value():
    scores = Scores.of([50, 25, math.nan, 100])
    assert scores.table(np.array([0, 2, 2, -1]), 3).tolist() == [[0, 1, 0], [0, 0, 0], [1, 0, 0]]


def test_a_score_is_a_whole_number_of_millionths():
    assert np.rint(tally(33.333333).values * MILLION).tolist() == [33_333_333]


@quick
@given(hnp.arrays(float, st.integers(1, 60), elements=st.floats(0, 100)), st.randoms())
def test_permuting_respondents_changes_no_bit(numbers, random):
    shuffled = numbers.tolist()
    random.shuffle(shuffled)
    first, second = Tally.of(numbers), Tally.of(shuffled)
    assert (first.mean, repr(first.sd)) == (second.mean, repr(second.sd))


@quick
@given(many_scores, st.floats(0, 100))
def test_a_respondent_added_to_one_group_changes_no_bit_of_another(numbers, added):
    groups = np.zeros(len(numbers), dtype=int)
    before = by_group(Scores.of(numbers), groups, 2)[0]
    after = by_group(Scores.of(np.append(numbers, added)), np.append(groups, 1), 2)[0]
    assert (before.n, repr(before.mean), repr(before.sd)) == (after.n, repr(after.mean), repr(after.sd))


def test_pooling_adds_the_counts():
    whole = pooled([tally(25, 50), tally(50, 75), Tally.of([])])
    assert whole.repeated().tolist() == [25, 50, 50, 75]


def test_pooling_nothing_is_empty():
    nobody = pooled([])
    assert (nobody.values.tolist(), nobody.counts.tolist(), nobody.n) == ([], [], 0)


def test_blocks_cover_every_respondent_once_with_contiguous_columns():
    points = np.arange(2 * (BLOCK + 1), dtype=np.uint64).astype(np.uint8).reshape(-1, 2)
    blocks = list(column_blocks(points))
    assert [columns.shape for _, columns in blocks] == [(2, BLOCK), (2, 1)]
    np.testing.assert_array_equal(np.hstack([columns for _, columns in blocks]).T, points)
    assert all(columns.flags.c_contiguous for _, columns in blocks)
