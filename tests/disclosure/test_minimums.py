import numpy as np
import pytest

from cultureassess.disclosure.minimums import Rules, Statistic, enough, enough_accounts, minimum, shortfall
from cultureassess.disclosure.reasons import Reason

TABLE = {
    Statistic.SCORE: 5,
    Statistic.GAP: 5,
    Statistic.FAVOURABLE: 5,
    Statistic.DONT_KNOW_SHARE: 5,
    Statistic.INTERVAL: 10,
    Statistic.SPREAD: 10,
    Statistic.HISTOGRAM: 10,
    Statistic.LEVEL: 10,
    Statistic.VERDICT: 10,
    Statistic.RECOMMENDATION: 10,
    Statistic.AGREEMENT: 10,
    Statistic.COMMENTS: 10,
    Statistic.RELIABILITY: 30,
    Statistic.SEGMENT_GAP: 30,
    Statistic.DRIVERS: 100,
}


def test_the_table_of_method_2_0_covers_every_statistic():
    assert {statistic: minimum(statistic) for statistic in Statistic} == TABLE


def test_a_statistic_is_shown_from_its_minimum_on():
    shown = {n: {s for s in Statistic if enough(s, n)} for n in (4, 5, 9, 10, 29, 30, 99, 100)}
    assert shown[4] == set()
    assert shown[5] == shown[9] == {s for s in Statistic if TABLE[s] == 5}
    assert shown[10] == shown[29] == {s for s in Statistic if TABLE[s] <= 10}
    assert shown[30] == shown[99] == set(Statistic) - {Statistic.DRIVERS}
    assert shown[100] == set(Statistic)


def test_no_minimum_stays_below_a_raised_k():
    rules = Rules(k=40)
    assert {s: minimum(s, rules) for s in Statistic} == {s: max(40, n) for s, n in TABLE.items()}


@pytest.mark.parametrize(
    "loosened",
    [
        {"k": 4},
        {"k_comments": 9},
        {"k_distribution": 9},
        {"accounts_min": 2},
        {"account_share_max": 0.61},
        {"account_share_max": 0.0},
    ],
)
def test_a_parameter_can_not_be_loosened(loosened):
    with pytest.raises(ValueError):
        Rules(**loosened)


def test_every_parameter_can_be_tightened():
    rules = Rules(k=7, k_comments=12, k_distribution=15, accounts_min=4, account_share_max=0.5)
    minimums = [minimum(s, rules) for s in (Statistic.SCORE, Statistic.COMMENTS, Statistic.SPREAD)]
    assert minimums == [7, 12, 15]


def test_the_reason_tells_too_few_from_too_thin():
    reasons = [shortfall(Statistic.SPREAD, n) for n in (0, 1, 4, 5, 9, 10)]
    assert reasons == [Reason.FEW, Reason.FEW, Reason.FEW, Reason.THIN, Reason.THIN, None]


@pytest.mark.parametrize(
    ("accounts", "allowed"),
    [
        pytest.param([1] * 6 + [2] * 2 + [3] * 2, True, id="three accounts, the largest exactly 60%"),
        pytest.param([1] * 7 + [2] * 2 + [3] * 2, False, id="one account above 60%"),
        pytest.param([1] * 5 + [2] * 5, False, id="two accounts"),
        pytest.param([-1] * 9, True, id="nine private customers are nine accounts"),
        pytest.param([1] * 5 + [-1, -1, -1, -1], True, id="one firm among private customers"),
        pytest.param([1] * 9 + [-1, -1], False, id="one firm dominates private customers"),
        pytest.param([], False, id="nobody"),
    ],
)
def test_a_business_group_needs_three_accounts_and_no_dominant_one(accounts, allowed):
    assert enough_accounts(np.array(accounts, dtype=int)) is allowed
