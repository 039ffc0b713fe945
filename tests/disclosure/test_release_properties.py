"""METHOD 4.5: for random cross-tables, every release passes the audit by plain enumeration."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.disclosure.reasons import Reason
from cultureassess.disclosure.release import TOTAL, Breakdown, Cell, Plan
from cultureassess.disclosure.suppression import one_way

from .enumeration import smallest_exposed

K = 5
VALUES = "abc"


@st.composite
def cross_tables(draw):
    """Counts of a table with two attributes of three values and "not given", and a breakdown within one."""
    sizes = st.one_of(st.integers(0, 3), st.integers(0, 3), st.integers(4, 12))
    return np.array(draw(st.lists(sizes, min_size=16, max_size=16))).reshape(4, 4)


def plan_of(order=(0, 1)):
    place = np.arange(16).reshape(4, 4)
    rows = Breakdown("rows", TOTAL, {value: place[line] for line, value in enumerate(VALUES)})
    columns = Breakdown("columns", TOTAL, {value: place[:, line] for line, value in enumerate(VALUES)})
    within = Breakdown(
        "within a", Cell("rows", "a"), {value: place[0, [line]] for line, value in enumerate(VALUES)}
    )
    return Plan(16, [rows, columns, within], K)


def members(cell):
    place = np.arange(16).reshape(4, 4)
    if cell == TOTAL:
        return place.ravel()
    line = VALUES.index(cell.value)
    return {"rows": place[line], "columns": place[:, line], "within a": place[0, [line]]}[cell.breakdown]


def row(cell):
    return np.isin(np.arange(16), members(cell)).astype(int).tolist()


def enumerated(cells, counts):
    return smallest_exposed([row(cell) for cell in cells], counts.tolist(), K)


@settings(max_examples=60, deadline=None)
@given(table=cross_tables())
def test_every_release_passes_the_audit_by_enumeration(table):
    counts = table.ravel()
    shown = plan_of().release(counts).shown
    assert not shown or enumerated(shown, counts) is None


@settings(max_examples=25, deadline=None)
@given(table=cross_tables())
def test_every_release_is_the_one_that_the_method_describes(table):
    counts = table.ravel()
    assert list(plan_of().release(counts).shown) == as_the_method_says(counts)


def as_the_method_says(counts):
    """Rules P and C, then cell by cell: enter unless the audit fails or the parent is not shown."""
    if counts.sum() < K:
        return []
    shown = [TOTAL]
    parents = {"rows": TOTAL, "columns": TOTAL, "within a": Cell("rows", "a")}
    candidates = [TOTAL]
    for name, parent in parents.items():
        if parent in candidates:
            n = {value: int(counts[members(Cell(name, value))].sum()) for value in VALUES}
            unshown = int(counts[members(parent)].sum()) - sum(n.values())
            visible = one_way(n, K, unshown=unshown).visible
            candidates += [Cell(name, value) for value in sorted(visible, key=lambda v: (-n[v], v))]
    for cell in candidates[1:]:
        if parents[cell.breakdown] in shown and enumerated([*shown, cell], counts) is None:
            shown.append(cell)
    return shown


@settings(max_examples=60, deadline=None)
@given(table=cross_tables())
def test_reasons_tell_small_groups_from_protecting_ones_and_nothing_more(table):
    counts = table.ravel()
    for cell, reason in plan_of().release(counts).withheld.items():
        assert reason is (Reason.FEW if counts[members(cell)].sum() < K else Reason.PROTECTS)


@settings(max_examples=60, deadline=None)
@given(table=cross_tables(), added=st.integers(5, 50))
def test_atoms_of_at_least_k_hide_nothing_that_has_k(table, added):
    counts = table.ravel()
    large = np.where(counts > 0, counts + added, 0)
    release = plan_of().release(large)
    assert all(large[members(cell)].sum() == 0 for cell in release.withheld)
