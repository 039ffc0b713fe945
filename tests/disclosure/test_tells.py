"""Whether a withheld cell can be calculated from the published ones: the quick answer is the exact one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cultureassess.disclosure.audit import Audit, combination


def can_be_combined(rows, cell):
    """Whether the row of a cell is a combination of the rows, by elimination of both together."""
    marked = np.column_stack([np.vstack([rows, cell]), [0] * len(rows) + [1]])
    columns = np.arange(marked.shape[1])
    try:
        return combination(marked, columns[:-1], columns[-1:]).any()
    except LookupError:
        return False


def test_the_rest_of_a_total_can_be_calculated():
    audit = Audit(np.array([[1, 1, 1], [1, 0, 0]]), np.array([9, 5, 6]))
    assert audit.tells(np.array([0, 1, 1]), np.array([9, 5, 6]))
    assert not audit.tells(np.array([0, 1, 0]), np.array([9, 5, 6]))


def test_those_who_are_not_there_hide_nobody():
    audit = Audit(np.array([[1, 1, 1], [1, 0, 0]]), np.array([9, 5, 6]))
    assert audit.tells(np.array([0, 1, 0]), np.array([9, 5, 0]))


def test_large_weights_are_calculated_exactly():
    large = 2**40
    audit = Audit(np.array([[large, large + 1, 0], [0, 1, large]]), np.array([5, 5, 5]))
    assert not audit.tells(np.array([1, 1, 0]), np.array([5, 5, 5]))
    assert audit.tells(np.array([1, 0, 0]), np.array([5, 0, 5]))


entries = st.integers(0, 2)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    hnp.arrays(np.int64, (4, 6), elements=entries),
    hnp.arrays(np.int64, 6, elements=st.integers(0, 1)),
    hnp.arrays(np.int64, 6, elements=st.integers(0, 9)),
    hnp.arrays(np.int64, 6, elements=st.integers(1, 9)),
)
def test_the_answer_is_that_of_elimination(rows, cell, counts, typical):
    there = counts > 0
    if cell[there].any():
        assert Audit(rows, typical).tells(cell, counts) == can_be_combined(rows[:, there], cell[there])
