"""Who could be picked out of an export by what they said about themselves."""

import numpy as np

from cultureassess.services.singling_out import singled_out
from tests.snapshot.waves import inside, with_segment


def test_those_alone_with_their_combination_are_counted():
    """Four in sales, two of them new; one in finance."""
    side = with_segment(inside(0, 5), "function", ["sales", "finance"], [0, 0, 0, 0, 1])
    side = with_segment(side, "tenure", ["new", "old"], [0, 0, 1, 1, 1])
    assert singled_out(side) == 1
    assert singled_out(with_segment(side, "contact", ["a", "b", "c", "d", "e"], np.arange(5))) == 5


def test_nobody_is_picked_out_where_nothing_was_said():
    assert singled_out(inside(0, 5)) == 0
    assert singled_out(inside(0, 0)) == 0
