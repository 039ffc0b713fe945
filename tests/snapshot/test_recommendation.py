"""Promoters and detractors of a group of one mind are everybody's answer (METHOD 4.3 X)."""

from dataclasses import replace

import pytest

from cultureassess.disclosure.reasons import Reason
from tests.snapshot.waves import INSTRUMENT, inside, outside, snapshot

ENPS = next(place for place, outcome in enumerate(INSTRUMENT.outcomes) if outcome.id == "ENPS")


def enps(numbers):
    """The insiders' result where these are their answers, 0 to 10."""
    people = inside(0, len(numbers))
    outcomes = people.outcomes.copy()
    outcomes[:, ENPS] = numbers
    found = snapshot(replace(people, outcomes=outcomes), outside(20)).recommendations
    return next(one for one in found if one.id == "ENPS")


@pytest.mark.parametrize(
    "numbers",
    [
        [0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4],
        [9, 10] * 6,
        [7, 8] * 6,
        [2, 7, 8] * 4,
        [7, 9, 10] * 4,
        [7] * 40,
    ],
    ids=["all detract", "all promote", "all between", "none promotes", "none detracts", "all the same"],
)
def test_a_group_too_much_alike_has_neither_score_nor_counts(numbers):
    found = enps(numbers)
    assert found.withheld is Reason.PROTECTS
    assert (found.n, found.score, found.promoters, found.passives, found.detractors) == (None,) * 5


def test_a_mixed_group_has_both():
    found = enps([2, 8, 9] * 4)
    assert (found.n, found.score, found.promoters, found.detractors) == (12, 0, 4, 4)


def test_from_twenty_answers_on_nobody_promoting_may_be_told():
    found = enps([2, 8] * 10)
    assert (found.score, found.promoters, found.detractors) == (-50, 0, 10)
