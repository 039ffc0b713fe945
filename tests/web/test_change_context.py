"""What the page on changes says beside the indices: recommendation, and who answered."""

from __future__ import annotations

from cultureassess.report.words import ENGLISH
from cultureassess.scoring.describe import Interval
from cultureassess.scoring.waves import Change
from cultureassess.services.comparing_mix import Shift
from cultureassess.services.comparing_waves import Movement
from cultureassess.snapshot.types import Range
from cultureassess.web.results.cells import Setting
from cultureassess.web.results.change_context import recommendation, shifted
from tests.report import factory

SETTING = Setting(factory.c17(), ENGLISH)
WITHOUT_THE_SHIFT = Change(1.6, 2.1, 80.0, 0.76, 0.45, Interval(-2.6, 5.8))


def test_a_recommendation_score_is_told_with_its_range():
    moved = Movement("NPS", "customer", -8.95, 0.91, change=9.86, interval=Range(3.5, 16.2))
    assert recommendation(SETTING, moved, "has risen") == (
        "Recommendation (NPS) by customers: from −9 to +1 (+10, likely +4 to +16): has risen."
    )


def test_a_recommendation_score_that_cannot_be_compared_says_why():
    hidden = Movement("ENPS", "inside", 12.0, None)
    assert recommendation(SETTING, hidden, "too few answers in one of the waves") == (
        "Recommendation as a place to work (eNPS): too few answers in one of the waves."
    )


def test_a_shift_is_told_with_the_change_that_is_left_without_it():
    shift = Shift("inside", "function", "inside", 9.4, WITHOUT_THE_SHIFT)
    warning, left = (
        shifted(SETTING, (shift,)).split(". ", 1)[0],
        shifted(SETTING, (shift,)).rsplit(". ", 1)[1],
    )
    assert warning.startswith("The mix of those who answered has shifted by more than 10 points (")
    assert "would have moved by +2 points (likely −3 to +6) instead of +9 on" in left


def test_a_shift_that_cannot_be_taken_out_is_told_alone():
    found = shifted(SETTING, (Shift("inside", "function", "inside"),))
    assert found.endswith("not from what they think.")
    assert shifted(SETTING, ()) is None
