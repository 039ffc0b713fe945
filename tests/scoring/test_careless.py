import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cultureassess.scoring.answers import DONT_KNOW
from cultureassess.scoring.careless import (
    careless_flags,
    longest_run,
    rushed,
    straight_lined,
    usable,
    within_person_sd,
)
from tests.scoring.reference import expected, near, points, rows

quick = settings(max_examples=100, deadline=None, derandomize=True)
DK = DONT_KNOW
sheets = hnp.arrays(
    np.uint8,
    st.tuples(st.integers(0, 8), st.integers(1, 12)),
    elements=st.sampled_from([0, 3, 3, 3, 4, DK]),
)


def sheet(*respondents):
    return np.array(respondents, dtype=np.uint8)


@pytest.fixture(scope="module")
def simulated():
    table = rows("c16_careless.csv")
    return points(table, list(table[0]))


def test_longest_runs_equal_the_reference_c16(simulated):
    assert simulated.shape == (200, 50)
    assert longest_run(simulated).tolist() == expected("c16_careless")["longstring"]


def test_within_person_spread_equals_the_reference_c16(simulated):
    assert within_person_sd(simulated).tolist() == near(expected("c16_careless")["irv"])


def test_only_the_respondent_with_one_run_over_all_items_is_a_straight_liner_c16(simulated):
    assert np.flatnonzero(straight_lined(simulated)).tolist() == [
        place for place, run in enumerate(expected("c16_careless")["longstring"]) if run == 50
    ]


def test_a_missing_answer_ends_a_run():
    assert longest_run(sheet([3, 3, 0, 3, 3], [DK, DK, DK, DK, 4], [0] * 5, [5] * 5)).tolist() == [2, 1, 0, 5]


def test_spread_needs_two_points_and_leaves_missing_answers_out():
    spread = within_person_sd(sheet([3, 0, DK], [2, 4, DK], [3, 3, 3]))
    np.testing.assert_allclose(spread, [np.nan, np.sqrt(2), 0])


def test_a_straight_line_is_one_point_throughout():
    assert straight_lined(sheet([4] * 10, [4] * 9 + [3], [1] * 10)).tolist() == [True, False, True]


@pytest.mark.parametrize(("items", "needed"), [(20, 18), (33, 30), (10, 9)])
def test_a_straight_line_needs_a_point_on_nine_of_ten_items(items, needed):
    enough = [4] * needed + [0] * (items - needed)
    too_few = [4] * (needed - 1) + [DK] * (items - needed + 1)
    assert straight_lined(sheet(enough, too_few)).tolist() == [True, False]


def test_all_dont_know_is_no_straight_line():
    assert straight_lined(sheet([DK] * 10, [0] * 10)).tolist() == [False, False]


def test_less_than_two_seconds_per_item_is_rushed():
    assert rushed(np.array([39.9, 40, np.nan, 0]), 4, 20).tolist() == [True, False, False, True]


def test_without_timings_nobody_is_rushed_or_excluded():
    flags = careless_flags(sheet([4] * 10), None)
    assert (flags.straight.tolist(), flags.fast.tolist(), flags.excluded.tolist()) == (
        [True],
        [False],
        [False],
    )


def test_the_flag_that_was_kept_counts_instead_of_the_timings():
    flags = careless_flags(sheet([4] * 10, [4] * 10), np.array([5.0, 500.0]), np.array([False, True]))
    assert (flags.fast.tolist(), flags.excluded.tolist()) == ([False, True], [False, True])


def test_only_both_flags_exclude():
    flags = careless_flags(sheet([4] * 10, [4] * 10, [3, 4] * 5), np.array([5.0, 500, 5]))
    assert flags.straight.tolist() == [True, True, False]
    assert flags.fast.tolist() == [True, False, True]
    assert flags.excluded.tolist() == [True, False, False]


def test_half_of_the_items_make_an_answer_usable_and_a_dont_know_counts():
    assert usable(sheet([4, DK, 0, 0], [4, 0, 0, 0], [DK] * 4, [0] * 4)).tolist() == [
        True,
        False,
        True,
        False,
    ]
    assert usable(sheet([4, 4, 0, 0, 0], [4, 4, DK, 0, 0])).tolist() == [False, True]


def test_a_form_without_items_makes_nobody_usable_or_careless():
    empty = np.empty((2, 0), dtype=np.uint8)
    assert usable(empty).tolist() == [False, False]
    assert careless_flags(empty, np.array([0.0, 9])).straight.tolist() == [False, False]


def test_nobody_gives_empty_arrays():
    nobody = np.empty((0, 5), dtype=np.uint8)
    assert usable(nobody).tolist() == []
    assert longest_run(nobody).tolist() == []
    assert careless_flags(nobody, None).excluded.tolist() == []


@quick
@given(sheets)
def test_flags_agree_with_the_rules_written_out(answers):
    for row, straight, counts in zip(answers.tolist(), straight_lined(answers), usable(answers), strict=True):
        given_points = [point for point in row if point not in (0, DK)]
        assert straight == (len(given_points) >= 0.9 * len(row) and len(set(given_points)) == 1)
        assert counts == (sum(point != 0 for point in row) >= len(row) / 2)


@quick
@given(sheets, st.randoms())
def test_permuting_respondents_permutes_their_flags(answers, random):
    order = random.sample(range(len(answers)), len(answers))
    assert straight_lined(answers)[order].tolist() == straight_lined(answers[order]).tolist()
    assert longest_run(answers)[order].tolist() == longest_run(answers[order]).tolist()


@pytest.mark.parametrize("items", [254, 255, 256, 500])
def test_a_form_may_have_more_items_than_a_byte_can_count(items):
    answers = np.full((2, items), 4, dtype=np.uint8)
    answers[1, : items // 2 + 1] = 0
    assert usable(answers).tolist() == [True, False]
    assert straight_lined(answers).tolist() == [True, False]
