import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.describe import Z
from cultureassess.scoring.recommendation import Recommendation, from_answers, from_counts
from tests.scoring.reference import column, expected, near

quick = settings(max_examples=100, deadline=None, derandomize=True)
CASES = expected("c07_nps")


def mobi():
    return from_answers(column("c07_mobi.csv", "CUSL3").astype(np.int16))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("talkstats", Recommendation(291, 476, 395)),
        ("whuber_324", Recommendation(162, 108, 54)),
        ("all_promoters_10", Recommendation(10, 0, 0)),
        ("one_passive", Recommendation(0, 1, 0)),
    ],
)
def test_score_and_standard_error_equal_the_reference_c07(name, given):
    assert (given.n, given.score, given.se) == near([CASES[name][key] for key in ("n", "nps", "se")])
    assert Z * given.se == near(CASES[name]["moe95"])


def test_real_answers_give_the_reference_c07():
    wanted = CASES["mobi_CUSL3"]
    assert (mobi().n, mobi().score, mobi().se) == near((wanted["n"], wanted["nps"], wanted["se"]))
    assert mobi().interval == near(CASES["adjusted_wald_nps_lo_hi"]["mobi"][1:])


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("talkstats", Recommendation(291, 476, 395)),
        ("all_promoters_10", Recommendation(10, 0, 0)),
        ("one_passive", Recommendation(0, 1, 0)),
    ],
)
def test_the_adjusted_interval_is_returned_unclipped_c07(name, given):
    assert given.interval == near(CASES["adjusted_wald_nps_lo_hi"][name][1:])


def test_the_printed_interval_is_clipped():
    ten = Recommendation(10, 0, 0)
    assert ten.interval.high > 100
    assert ten.printed_interval == near((47.50355154479023, 100))
    assert Recommendation(0, 0, 10).printed_interval == near((-100, -47.50355154479023))


def test_nobody_answered():
    nobody = Recommendation(0, 0, 0)
    assert (nobody.n, nobody.score, nobody.se) == (0, None, None)
    assert (nobody.interval, nobody.printed_interval) == (None, None)


def test_detractors_end_at_6_and_promoters_start_at_9():
    assert from_counts([1] * 11) == Recommendation(promoters=2, passives=2, detractors=7)
    assert from_answers(np.array([6, 7, 8, 9])) == Recommendation(1, 2, 1)


def test_missing_answers_and_other_groups_do_not_count():
    answers = np.array([10, -1, 0, 9, -1])
    assert from_answers(answers) == Recommendation(2, 0, 1)
    assert from_answers(answers, np.array([True, True, True, False, False])) == Recommendation(1, 0, 1)
    assert from_answers(np.array([-1, -1])) == Recommendation(0, 0, 0)


def test_an_answer_above_ten_is_refused():
    with pytest.raises(ValueError, match="12 counts for the numbers 0 to 10"):
        from_answers(np.array([11]))


@quick
@given(st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any))
def test_the_score_lies_in_its_bounds_and_mirrors(counts):
    forward, mirrored = Recommendation(*counts), Recommendation(*reversed(counts))
    assert -100 <= forward.score <= 100
    assert mirrored.score == -forward.score
    assert mirrored.se == pytest.approx(forward.se, abs=1e-9)
    assert forward.interval.half_width > 0
