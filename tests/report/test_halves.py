"""Lists in two columns are cut where the taller one is lowest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cultureassess.report.document.halves import halves, rows_of
from cultureassess.report.document.tables import Table, text


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([1, 1, 1, 1], ((1, 1), (1, 1))),
        ([1, 1, 1], ((1, 1), (1,))),
        ([5, 1, 1, 1], ((5,), (1, 1, 1))),
        ([1, 1, 5], ((1, 1), (5,))),
        ([3], ((3,),)),
        ([], ()),
    ],
)
def test_the_taller_half_is_as_low_as_it_can_be(heights, expected):
    assert halves(heights, float) == expected


@given(st.lists(st.integers(1, 9), max_size=30))
def test_nothing_is_lost_and_the_order_stays(heights):
    assert [height for half in halves(heights, float) for height in half] == heights


def test_a_table_is_as_tall_as_its_rows_with_caption_heads_and_note():
    table = Table("Steps", ("Index", "Points"), tuple((text(str(row)),) for row in range(16)), note="x" * 100)
    assert rows_of(table) == 21
