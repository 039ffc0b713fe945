"""What managers expected beside what customers say: a distance with its range, or none."""

from msgspec.structs import replace

from cultureassess.report.document import document
from cultureassess.report.narrative.expectation import expectation_sentence
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import factory, scenes


def expecting(mean, half, count, n):
    """The headline with a forecast (mean, half-width) and a customers' share."""
    found = factory.headline()
    share = scenes.share(count, n)
    interval = t.Range(mean - half, mean + half) if half else None
    return factory.c17(
        headline=replace(
            found,
            forecast={"management": t.Estimate(n=18, mean=mean, interval=interval)},
            groups={**found.groups, "customer": share},
            calibration=mean - share.percent,
        )
    )


def test_an_expectation_s_distance_has_a_range(demo):
    assert expectation_sentence(demo, ENGLISH) == (
        "Managers expected 42 percentage points more than customers say (likely between 25 and 55): by about "
        "so much they misjudge their customers."
    )
    below = expectation_sentence(expecting(10.0, 4.0, 30, 60), ENGLISH)
    assert below.startswith("Managers expected 40 percentage points less than customers say (likely between")


def test_an_expectation_that_chance_could_explain_is_no_misjudgement():
    told = expectation_sentence(expecting(52.0, 9.0, 25, 50), ENGLISH)
    assert told.startswith("Managers’ expectation minus what customers say is +2 percentage points, but")


def test_without_a_range_no_distance_is_printed():
    told = expectation_sentence(expecting(60.0, None, 10, 50), ENGLISH)
    assert not any(letter.isdigit() for letter in told)


def test_a_distance_that_does_not_fit_the_printed_numbers_says_why():
    fits, differs = expecting(61.0, 5.0, 22, 100), expecting(60.6, 5.0, 224, 1000)
    why = "Computed before rounding."
    assert [expectation_sentence(one, ENGLISH).endswith(why) for one in (fits, differs)] == [False, True]


def test_the_three_numbers_are_all_counts():
    snapshot = scenes.with_gaps(20.0, state="clear gap", class_="overstated strength", n=(60, 900))
    numbers = document(snapshot).cover.numbers.numbers
    assert [(one.big, one.of) for one in numbers] == [("36", "of 60"), ("50", "of 100"), ("450", "of 900")]
