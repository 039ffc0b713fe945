"""A value that nobody was offered is named only if enough people gave it (METHOD 4.2)."""

from dataclasses import replace

import msgspec
import numpy as np

from cultureassess.scoring.answers import Segment
from cultureassess.snapshot.rare_values import fold
from tests.snapshot.waves import inside, outside, snapshot, with_segment

OFFERED = ("sales", "finance", "none")


def column(*groups, offered=3):
    """A segment as a file gives it: (value, how many) for those beyond the offered ones too."""
    given = dict(groups)
    values = (*OFFERED[:offered], *sorted(given.keys() - set(OFFERED[:offered])))
    codes = [place for place, value in enumerate(values) for _ in range(given.get(value, 0))]
    return Segment(values, np.array([*codes, -1], dtype=np.int32), offered=offered)


def sizes(segment):
    return {value: int((segment.codes == place).sum()) for place, value in enumerate(segment.values)}


def test_one_person_in_a_place_of_their_own_is_named_nowhere():
    own = with_segment(inside(20, 40), "function", [*OFFERED, "Office of the CEO"], [0] * 40 + [1] * 19 + [3])
    given = replace(own.segments["function"], offered=3)
    told = msgspec.json.encode(snapshot(replace(own, segments={"function": given}), outside(60))).decode()
    assert "sales" in told
    assert "Office of the CEO" not in told


def test_a_wave_in_which_one_person_has_a_value_of_their_own_lists_what_one_without_lists():
    with_one, without = column(("sales", 9), ("CEO", 1)), column(("sales", 9))
    assert fold(with_one, 5).values == fold(without, 5).values == OFFERED


def test_what_everybody_was_offered_is_named_even_if_nobody_gave_it():
    assert sizes(fold(column(("sales", 9), ("finance", 2)), 5)) == {"sales": 9, "finance": 2, "none": 0}


def test_rare_values_are_joined_if_together_they_are_enough():
    found = fold(column(("sales", 9), ("north", 3), ("south", 2)), 5)
    assert sizes(found) == {"sales": 9, "finance": 0, "none": 0, "other": 5}


def test_a_column_in_words_of_ones_own_names_its_frequent_values_only():
    found = fold(column(("sales", 2), ("north", 9), ("south", 6), ("west", 4)), 5)
    assert sizes(found) == {"north": 9, "south": 6, "other": 6}


def test_a_column_of_rare_values_alone_is_not_there():
    own = with_segment(inside(20, 40), "desk", [f"desk {n}" for n in range(4)], [0, 1, 2, 3] + [-1] * 56)
    given = replace(own.segments["desk"], offered=0)
    assert snapshot(replace(own, segments={"desk": given}), outside(60)).breakdowns == ()


def test_what_a_wave_offers_is_never_joined():
    segment = replace(column(("sales", 1), ("finance", 9)), offered=None)
    assert fold(segment, 5) is segment


def test_a_value_that_is_weighted_is_declared_and_therefore_named():
    found = fold(column(("north", 9), ("south", 2), ("west", 1), offered=0), 5, declared=("north", "south"))
    assert sizes(found) == {"north": 9, "south": 2}
