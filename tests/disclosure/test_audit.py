import time
from fractions import Fraction

import numpy as np
import pytest

from cultureassess.disclosure.audit import UNDECIDED, Exposure, combination, exposed
from cultureassess.disclosure.bounds import Bounds
from cultureassess.disclosure.programme import smallest_support

from .cases import K, cases, published_rows
from .enumeration import smallest_exposed


def random_release(seed):
    """Published rows and counts: sparse or dense, sums or weighted, with empty and with small atoms."""
    rng = np.random.default_rng(seed)
    shape = int(rng.integers(2, 8)), int(rng.integers(3, 12))
    rows = (rng.random(shape) < rng.choice([0.2, 0.4, 0.6])).astype(np.int64)
    if seed % 4 == 0:
        rows *= rng.integers(1, 4, size=shape)
    counts = rng.integers(seed % 3 == 0, int(rng.choice([3, 6, 12])) + 1, size=shape[1])
    return rows, counts, int(rng.choice([5, 5, 6, 8]))


def as_mappings(rows):
    return [{atom: int(weight) for atom, weight in enumerate(row) if weight} for row in rows]


@pytest.mark.parametrize("case", cases("audit"))
def test_a_release_is_judged_as_in_the_reference(case):
    found = exposed(published_rows(case), case["atoms"], K)
    expect = case["expect"]
    assert (found is None) is expect["safe"]
    if found is not None:
        assert (found.smallest_group, sorted(found.atoms)) == (expect["smallest_group"], expect["atoms"])


@pytest.mark.parametrize("block", range(6))
def test_the_audit_agrees_with_plain_enumeration(block):
    verdicts = set()
    for seed in range(50 * block, 50 * block + 50):
        rows, counts, k = random_release(seed)
        found = exposed(as_mappings(rows), dict(enumerate(counts.tolist())), k)
        size = None if found is None else found.smallest_group
        assert size == smallest_exposed(rows.tolist(), counts.tolist(), k), seed
        verdicts.add(size)
    assert {None, 1, 2} <= verdicts


def test_the_atoms_named_have_the_size_named_and_are_exposed():
    for seed in range(100):
        rows, counts, k = random_release(seed)
        found = exposed(as_mappings(rows), dict(enumerate(counts.tolist())), k)
        if found is not None:
            group = np.array(sorted(found.atoms))
            others = np.setdiff1d(np.flatnonzero(counts), group)
            factors = combination(rows, others, group)
            assert counts[group].sum() == found.smallest_group < k
            assert not (factors @ rows)[others].any()
            assert (factors @ rows)[group].any()


def test_the_search_and_the_integer_programme_agree():
    for seed in range(0, 120, 3):
        rows, counts, k = random_release(seed)
        rows, counts = rows[:, counts > 0], counts[counts > 0]
        found = smallest_support(rows, counts, k)
        size = None if found is None else counts[found].sum()
        assert size == smallest_exposed(rows.tolist(), counts.tolist(), k), seed


def test_nothing_published_exposes_nobody():
    assert exposed([], {"a": 1}, 5) is None
    assert exposed([{}], {"a": 1}, 5) is None
    assert smallest_support(np.zeros((1, 1), dtype=np.int64), np.ones(1, dtype=np.int64), 5) is None


def test_an_atom_without_respondents_neither_protects_nor_is_exposed():
    assert exposed([{"a": 1, "empty": 1}, {"b": 1}], {"a": 3, "b": 9, "empty": 0}, 5) == Exposure(
        3, frozenset("a")
    )
    assert exposed([{"a": 1, "b": 1, "empty": 1}, {"a": 1, "b": 1}], {"a": 3, "b": 9, "empty": 0}, 5) is None


def test_two_weightings_differ_by_exact_fractions():
    thirds = {"A": Fraction(1, 3), "B": Fraction(1, 10), "C": Fraction(1, 40)}
    n = {"A": 3, "B": 10, "C": 40}
    plain = dict.fromkeys("ABC", 1)
    assert exposed([thirds], n, 5) is None
    assert exposed([thirds, {"C": 1}], n, 5) is None
    assert exposed([thirds, plain, {"C": 1}], n, 5) == Exposure(3, frozenset("A"))


def test_weights_of_any_size_are_handled_exactly():
    """Rounded to doubles, both rows would be multiples of each other."""
    large = 10**30
    rows = [{"a": large, "b": large}, {"a": large, "b": large + 1}]
    assert exposed(rows, {"a": 3, "b": 50}, 5) == Exposure(3, frozenset("a"))
    assert exposed([rows[0], {"a": 2 * large, "b": 2 * large}], {"a": 3, "b": 50}, 5) is None


def test_an_unknown_atom_is_an_error():
    with pytest.raises(KeyError):
        exposed([{"a": 1, "typo": 1}], {"a": 4}, 5)


def tight_release(cells=11, atoms=18):
    """Single people and so many independent cells that no two bases are disjoint: the search branches.

    With weights this general, only groups of ``atoms - cells + 1`` people are exposed.
    """
    weights = np.random.default_rng(3).integers(1, 50, size=(cells, atoms))
    return as_mappings(weights), dict.fromkeys(range(atoms), 1)


def test_a_release_without_disjoint_bases_is_decided_by_branching():
    assert exposed(*tight_release(cells=11), 5) is None
    assert exposed(*tight_release(cells=14), 5) is None
    assert exposed(*tight_release(cells=15), 5).smallest_group == 4
    assert exposed(*tight_release(cells=17), 5).smallest_group == 2


@pytest.mark.parametrize("seed", range(30))
def test_a_group_hidden_in_a_sum_of_four_cells_is_found(seed):
    """With 7 general cells over 12 single people nothing below 6 is exposed, but for one planted group."""
    rng = np.random.default_rng(seed)
    cells = rng.integers(1, 50, size=(7, 12))
    group = rng.permutation(12)[:4]
    cells[0] = cells[1] + cells[2] + cells[3]
    cells[0, group] += rng.integers(1, 9, size=4)
    found = exposed(as_mappings(cells), dict.fromkeys(range(12), 1), 5)
    assert found == Exposure(4, frozenset(group.tolist()))


def test_the_programme_decides_when_the_search_gives_up():
    no_search = Bounds(pivots=0, seconds=20)
    assert exposed(*tight_release(cells=7, atoms=11), 5, no_search) is None
    assert exposed(*tight_release(cells=8, atoms=11), 5, no_search).smallest_group == 4


def test_without_any_proof_the_release_is_undecided_and_that_is_not_safe():
    found = exposed(*tight_release(cells=14), 5, Bounds(pivots=0, seconds=0))
    assert found is UNDECIDED
    assert found is not None


def test_the_worst_case_of_the_method_takes_milliseconds():
    """METHOD 4.4: 30 single-person atoms and 11 cells are 31,930 sets to enumerate. Printed only."""
    cells = (np.random.default_rng(11).random((11, 30)) < 0.5).astype(np.int64)
    started = time.perf_counter()
    found = exposed(as_mappings(cells), dict.fromkeys(range(30), 1), 5)
    print(f"30 atoms, 11 cells: {1000 * (time.perf_counter() - started):.1f} ms")
    assert found is None
