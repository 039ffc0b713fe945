"""RICE as METHOD 6.3 defines it: its checks, its refusals, and what a snapshot suggests."""

from __future__ import annotations

import math

import pytest
from msgspec.structs import replace

from cultureassess.services.actions.rice import EstimateRefused, Estimates, importance_place, suggest
from cultureassess.snapshot.types import Driver
from tests.report import factory


@pytest.mark.parametrize(
    ("reach", "impact", "confidence", "effort", "score"),
    [(2000, 2, 0.8, 3, 1066.7), (5000, 0.5, 1, 1, 2500), (10, 3, 1, 6, 5), (10000, 3, 1, 0.5, 60000)],
)
def test_the_checks_of_the_method(reach, impact, confidence, effort, score):
    assert Estimates(reach, impact, confidence, effort, "A. Jansen").score == pytest.approx(score, abs=0.05)


def test_less_than_half_a_month_counts_as_half_of_one():
    assert Estimates(100, 1, 1, 0.1, "A").score == Estimates(100, 1, 1, 0.5, "A").score == 200


def test_below_half_confidence_is_a_moonshot():
    assert Estimates(1, 1, 0.49, 1, "A").moonshot
    assert not Estimates(1, 1, 0.5, 1, "A").moonshot


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("effort", {"effort": 0}),
        ("effort", {"effort": -1}),
        ("effort", {"effort": math.nan}),
        ("impact", {"impact": 4}),
        ("impact", {"impact": 0}),
        ("impact", {"impact": math.nan}),
        ("confidence", {"confidence": 1.01}),
        ("confidence", {"confidence": -0.1}),
        ("confidence", {"confidence": math.nan}),
        ("reach", {"reach": -1}),
        ("estimated_by", {"by": " "}),
    ],
)
def test_what_rice_does_not_know_is_refused_by_its_field(field, values):
    usual = {"reach": 1, "impact": 1, "confidence": 1, "effort": 1, "by": "A"}
    assert Estimates(**usual).score == 1
    with pytest.raises(EstimateRefused) as refused:
        _ = Estimates(**(usual | values)).score
    assert refused.value.field == field


def snapshot(mean: float, state: str, n: int, *, weights: dict[str, float] | None = None):
    """c17 with one customers' mean, verdict and number of customers on every index."""
    base = factory.c17()
    indices = tuple(
        replace(
            index,
            groups=index.groups | {"customer": replace(index.groups["customer"], mean=mean, n=n)},
            gap=replace(index.gap, state=state),
        )
        for index in base.indices
    )
    given = weights or {index.code: 0.125 for index in indices}
    drivers = tuple(Driver(code, weight) for code, weight in given.items())
    return replace(base, indices=indices, importance=replace(base.importance, drivers=drivers))


@pytest.mark.parametrize(
    ("mean", "place", "impact"),
    [(49.9, 2, 3.0), (50.0, 2, 2.0), (49.9, 3, 2.0), (49.9, 4, 2.0), (49.9, 5, 1.0)],
)
def test_impact_comes_from_importance_and_how_low_customers_are(mean, place, impact):
    codes = [index.code for index in factory.c17().indices]
    weights = {code: 1.0 - 0.1 * rank for rank, code in enumerate(codes)}
    found = snapshot(mean, "clear gap", 100, weights=weights)
    assert importance_place(found, codes[place - 1]) == place
    assert suggest(found, codes[place - 1]).impact == impact


@pytest.mark.parametrize(
    ("state", "n", "confidence"),
    [
        ("clear gap", 100, 1.0),
        ("clear gap", 99, 0.8),
        ("small gap", 500, 0.8),
        ("aligned", 500, 0.5),
        ("inconclusive", 500, 0.5),
    ],
)
def test_confidence_comes_from_the_verdict_and_the_number_of_customers(state, n, confidence):
    assert suggest(snapshot(60, state, n), "CF").confidence == confidence


def test_reach_is_the_customers_who_disagree_with_the_weakest_statement():
    found = factory.c17()
    shown = {pair.id: pair.groups["customer"] for pair in found.pairs_of("CF") if "customer" in pair.groups}
    weakest = min(shown, key=lambda item: shown[item].mean)
    suggestion = suggest(found, "CF", customers=1000)
    assert suggestion.item == weakest
    assert suggestion.reach == math.floor(10 * shown[weakest].unfavourable + 0.5)


def test_what_the_snapshot_withholds_suggests_no_reach():
    base = factory.c17()
    pairs = tuple(
        replace(pair, groups={name: replace(f, unfavourable=None) for name, f in pair.groups.items()})
        for pair in base.pairs
    )
    assert suggest(replace(base, pairs=pairs), "CF", customers=1000).reach is None
