"""METHOD 6.2-6.3: what to do first, and RICE."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.priorities import (
    Candidate,
    RiceInputs,
    importance_rank,
    is_moonshot,
    priority,
    ranked,
    rice,
    suggested,
)
from cultureassess.scoring.verdicts import State
from tests.scoring.reference import case, near

RULES = case("c19_decision_rules")
VALID = {"reach": 100, "impact": 1, "confidence": 0.8, "effort": 1}


@pytest.mark.parametrize("row", RULES["priority"], ids=lambda row: row["index"])
def test_priority_of_the_reference(row):
    assert priority(weight=row["w"], customers=row["C"], gap=row["gap_used"]) == near(row["priority"])


def candidate(code, *, weight=0.1, customers=60.0, gap=20.0, state=State.CLEAR_GAP, **flags):
    return Candidate(code, weight, customers, gap, state, **flags)


def test_the_order_of_the_reference():
    rows = RULES["priority"]
    found = ranked([candidate(r["index"], weight=r["w"], customers=r["C"], gap=r["gap_used"]) for r in rows])
    assert [p.code for p in found] == [
        r["index"] for r in sorted(rows, key=lambda row: row["priority"], reverse=True)
    ]
    assert [p.rank for p in found] == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("state", "value"),
    [
        (State.CLEAR_GAP, 2.0),
        (State.SMALL_GAP, 2.0),
        (State.ALIGNED, 1.0),
        (State.INCONCLUSIVE, 1.0),
        (None, 1.0),
    ],
)
def test_only_an_established_gap_counts(state, value):
    assert ranked([candidate("CF", state=state)])[0].value == near(value)


def test_a_hidden_strength_and_a_lived_index_add_nothing():
    assert priority(weight=0.15, customers=85.0, gap=-20.0) == 0.0


def test_ties_go_to_the_headline_indices_then_to_the_given_order():
    found = ranked([candidate("RG"), candidate("CO"), candidate("CF", emphasised=True)])
    assert [p.code for p in found] == ["CF", "RG", "CO"]


def test_a_tie_does_not_hang_on_the_last_bit():
    found = ranked([candidate("RG", gap=0.3, customers=80.0), candidate("CF", gap=0.1 + 0.2, customers=80.0)])
    assert [p.code for p in found] == ["RG", "CF"]


def test_customers_are_heard_first_about_a_blind_spot():
    found = ranked([candidate("CF", blind_spot=True), candidate("EO", customers=70.0)])
    assert [p.talk_first for p in found] == [True, False]


def test_nothing_to_rank():
    assert ranked([]) == ()


@pytest.mark.parametrize("row", RULES["rice"], ids=lambda row: row["where"])
def test_rice_of_published_examples(row):
    inputs = {name: row[name] for name in VALID}
    assert rice(**inputs) == near(row["score"])


@pytest.mark.parametrize("wrong", RULES["rice_invalid"], ids=str)
def test_rice_refuses_what_the_reference_refuses(wrong):
    with pytest.raises(ValueError, match=f"(?i){next(iter(wrong))}"):
        rice(**{**VALID, **wrong})


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize("value", [math.nan, math.inf, -0.5])
def test_rice_refuses_numbers_that_are_none(name, value):
    with pytest.raises(ValueError, match=f"(?i){name}"):
        rice(**{**VALID, name: value})


def test_effort_is_half_a_month_at_least():
    assert rice(**{**VALID, "effort": 0.1}) == rice(**{**VALID, "effort": 0.5})


@pytest.mark.parametrize(("confidence", "moonshot"), [(0.49, True), (0.5, False)])
def test_below_half_confidence_is_a_moonshot(confidence, moonshot):
    assert is_moonshot(confidence) is moonshot


def suggestion(**changes):
    usual = {
        "customers": 2000,
        "unfavourable": 25.0,
        "importance_rank": 1,
        "customer_score": 49.9,
        "state": State.CLEAR_GAP,
        "answers": 100,
    }
    return suggested(**{**usual, **changes})


def test_suggested_inputs_of_a_blind_spot_that_matters():
    assert suggestion() == RiceInputs(reach=500.0, impact=3.0, confidence=1.0)


@pytest.mark.parametrize(
    ("rank", "score", "impact"),
    [(2, 49.9, 3.0), (2, 50.0, 2.0), (3, 20.0, 2.0), (4, 20.0, 2.0), (5, 20.0, 1.0), (None, 20.0, 1.0)],
)
def test_suggested_impact(rank, score, impact):
    assert suggestion(importance_rank=rank, customer_score=score).impact == impact


@pytest.mark.parametrize(
    ("state", "answers", "confidence"),
    [
        (State.CLEAR_GAP, 99, 0.8),
        (State.SMALL_GAP, 500, 0.8),
        (State.ALIGNED, 500, 0.5),
        (State.INCONCLUSIVE, 500, 0.5),
        (None, 500, 0.5),
    ],
)
def test_suggested_confidence(state, answers, confidence):
    assert suggestion(state=state, answers=answers).confidence == confidence


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.floats(0, 1), st.floats(0, 100), st.floats(-100, 100))
def test_a_priority_is_never_negative_nor_above_its_weight_in_points(weight, customers, gap):
    assert 0 <= priority(weight=weight, customers=customers, gap=gap) <= 90 * weight


@pytest.mark.parametrize(("name", "value", "score"), [("reach", 0.0, 0.0), ("confidence", 0.0, 0.0)])
def test_rice_may_be_nothing(name, value, score):
    assert rice(**{**VALID, name: value}) == score


@pytest.mark.parametrize("impact", [3.0, 2.0, 1.0, 0.5, 0.25])
def test_rice_grows_with_each_of_the_five_impacts(impact):
    assert rice(reach=100.0, impact=impact, confidence=1.0, effort=1.0) == 100 * impact


def test_equal_weights_share_the_better_place_and_what_has_none_is_not_ranked():
    weights = {"CF": 15.0, "EO": 15.0, "RG": 10.0}
    assert [importance_rank(code, weights) for code in ("CF", "EO", "RG", "IN")] == [1, 1, 3, None]
