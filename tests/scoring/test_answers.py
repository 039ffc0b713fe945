"""The arrays that scoring starts from."""

import numpy as np

from cultureassess.scoring.answers import DONT_KNOW, NOT_GIVEN, SKIPPED, SideAnswers


def test_a_side_has_as_many_respondents_as_rows():
    empty = SideAnswers(
        points=np.zeros((3, 28), dtype=np.uint8),
        outcomes=np.full((3, 4), NOT_GIVEN, dtype=np.int16),
        audiences=("customer",),
        audience=np.zeros(3, dtype=np.int8),
    )
    assert len(empty) == 3


def test_the_codes_are_the_stored_characters_less_that_of_zero():
    assert (ord("0") - 48, ord("D") - 48) == (SKIPPED, DONT_KNOW)


def test_what_was_not_given_is_the_place_before_the_first():
    values = ("sales", "technology")
    places = [(*values, None).index(given) for given in ("technology", "sales")]
    assert (places, NOT_GIVEN) == ([1, 0], -1)
