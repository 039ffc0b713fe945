import numpy as np

from cultureassess.disclosure.audit import combination
from cultureassess.disclosure.programme import rank
from cultureassess.disclosure.tableau import Tableau

from . import enumeration


def test_the_rank_is_exact():
    rng = np.random.default_rng(5)
    for _ in range(60):
        matrix = rng.integers(-3, 4, size=(6, 7)) @ rng.integers(-2, 3, size=(7, 7))
        matrix[3] = matrix[1] - 2 * matrix[0]
        assert rank(matrix) == enumeration.rank(matrix.tolist())


def test_in_basis_form_each_row_has_its_own_column():
    rng = np.random.default_rng(6)
    matrix = rng.integers(-9, 10, size=(5, 9))
    table = Tableau.of(matrix, np.ones(9, dtype=np.int64))
    assert (table.rows[:, table.basis] == table.scale * np.identity(5)).all()


def test_the_row_space_stays_the_same():
    rng = np.random.default_rng(7)
    matrix = rng.integers(-9, 10, size=(4, 9))
    table = Tableau.of(matrix, np.ones(9, dtype=np.int64))
    assert rank(np.vstack([matrix, table.rows.astype(np.int64)])) == 4


def test_heavy_columns_are_taken_first():
    matrix = np.array([[1, 1, 1], [0, 1, 1]])
    assert set(Tableau.of(matrix, np.array([1, 2, 3])).basis) == {0, 2}
    assert set(Tableau.of(matrix, np.array([3, 2, 1])).basis) == {0, 1}


def test_numbers_beyond_64_bits_are_not_rounded():
    matrix = np.array([[2**29, 2**28 + 1, 7], [2**28 - 1, 2**27 + 3, 5], [11, 2**28 + 13, 2**27 + 17]])
    table = Tableau.of(matrix, np.ones(3, dtype=np.int64))
    determinant = round(np.linalg.det(matrix / 2**20)) * 2**60
    assert len(table.rows) == enumeration.rank(matrix.tolist()) == 3
    assert abs(table.scale - abs(determinant)) < 2**61
    assert table.scale == abs(exact_determinant(matrix.tolist()))


def exact_determinant(m):
    (a, b, c), (d, e, f), (g, h, i) = m
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def test_a_combination_uses_the_earliest_rows():
    rows = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1], [1, 0, 0]])
    factors = combination(rows, np.array([1, 2]), np.array([0]))
    assert (np.flatnonzero(factors) == [0, 1, 2]).all()
    assert abs(factors @ rows).tolist() == [2, 0, 0]
