"""R8 in small form: nobody can solve what is published for a group of fewer than k people."""

import os
import time
from fractions import Fraction

import numpy as np
import pytest

from cultureassess.disclosure.release import TOTAL

from .adversary import Leak, Published, attack
from .cases import K, cases
from .organisation import random_organisation

ORGANISATIONS = 50
TORTURED = int(os.environ.get("TORTURE_ORGANISATIONS", "20000"))
"""How many the long run attacks; fewer to fit a time."""


def answers_of(organisation, seed):
    return np.random.default_rng(seed + 10_000).integers(0, 101, size=len(organisation.atom_of))


def attack_releases(seed):
    """Attack two statistics of one organisation: all answers, and an item with don't-knows."""
    organisation = random_organisation(seed)
    answers = answers_of(organisation, seed)
    for valid in (answers >= 0, answers >= 10):
        shown = organisation.plan.release(organisation.counts(valid)).shown
        leak = attack(organisation.publish(shown, answers, valid), organisation.n(valid), K)
        assert leak is None, (seed, leak)
        yield len(shown)


def run(seeds):
    started = time.perf_counter()
    shown = [size for seed in seeds for size in attack_releases(seed)]
    print(f"{len(shown)} releases, {np.mean(shown):.1f} cells each, {time.perf_counter() - started:.1f} s")
    return shown


def test_no_release_of_a_random_organisation_can_be_solved():
    shown = run(range(ORGANISATIONS))
    assert np.mean(shown) > 5


@pytest.mark.torture
@pytest.mark.timeout(0)
def test_no_release_of_twenty_thousand_organisations_can_be_solved():
    run(range(ORGANISATIONS, TORTURED))


def test_the_attacker_finds_a_planted_leak_and_the_hidden_value():
    """Showing every cell of at least five people is what naive thresholds do."""
    leaks = []
    for seed in range(ORGANISATIONS):
        organisation = random_organisation(seed)
        answers = answers_of(organisation, seed)
        n, sums = organisation.n(), organisation.sums(answers)
        above_k = [c for c, atoms in organisation.members.items() if sum(n[a] for a in atoms) >= K]
        leak = attack(organisation.publish(above_k, answers), n, K)
        if leak:
            assert leak.value == sum(weight * sums[atom] for atom, weight in leak.weights.items())
            assert leak.n == sum(n[atom] for atom, weight in leak.weights.items() if weight) < K
            leaks.append(leak)
    assert len(leaks) > ORGANISATIONS / 2


def test_one_cell_too_many_is_a_leak():
    """A total of 13 beside the 9 in Technology gives away the 4 in Sales, mean 25."""
    published = [
        Published("all", frozenset({"Sales", "Technology"}), 13, Fraction(1000, 13)),
        Published("Technology", frozenset({"Technology"}), 9, Fraction(100)),
    ]
    leak = attack(published, {"Sales": 4, "Technology": 9}, 5)
    assert leak == Leak(4, {"Sales": Fraction(1)}, Fraction(100))
    assert leak.value / leak.n == 25
    assert attack(published[:1], {"Sales": 4, "Technology": 9}, 5) is None


@pytest.mark.parametrize(
    "case", [c for c in cases("audit") if all("atoms" in r for r in c.values[0]["release"])]
)
def test_the_attacker_agrees_with_the_reference(case):
    n = case["atoms"]
    published = [
        Published(c["name"], frozenset(c["atoms"]), sum(n[a] for a in c["atoms"]), Fraction(0))
        for c in case["release"]
    ]
    leak = attack(published, n, K)
    assert (leak.n if leak else None) == case["expect"]["smallest_group"]


def test_the_total_alone_is_always_published_from_k_on():
    for seed in range(ORGANISATIONS):
        organisation = random_organisation(seed)
        release = organisation.plan.release(organisation.counts())
        assert release.shown[:1] == (TOTAL,)
