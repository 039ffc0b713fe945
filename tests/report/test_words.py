"""Numbers as they are printed."""

import pytest

from cultureassess.report.languages import words_in
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot.types import Range
from tests.report.parts import CUTS


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (49.576, "49.5"),
        (49.98, "49.9"),
        (64.5, "64.5"),
        (50.0, "50"),
        (49.4, "49"),
        (62.5, "63"),
        (79.99, "79.9"),
    ],
)
def test_a_score_is_never_printed_as_if_it_had_reached_a_cut(value, printed):
    assert ENGLISH.score(value, CUTS) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [(11.4, "+11"), (-5.2, "−5"), (0.4, "0"), (-0.4, "0"), (2.5, "+3")]
)
def test_a_difference_carries_its_sign(value, printed):
    assert ENGLISH.signed(value) == printed


def test_thousands_are_separated():
    assert ENGLISH.number(100000) == "100,000"


@pytest.mark.parametrize(
    ("value", "interval", "printed"),
    [
        (0.03, (-4.8, 4.8), "0.0 (−4.8 to +4.8)"),
        (9.6, (-1, 20.3), "+9.6 (−1.0 to +20.3)"),
        (0.03, (-5.4, 5.3), "0 (−5 to +5)"),
        (-1.2, (-5.2, 4.4), "−1 (−5 to +4)"),
    ],
)
def test_a_difference_has_as_many_decimals_as_the_range_beside_it(value, interval, printed):
    assert ENGLISH.points_and_range(value, Range(*interval)) == printed


def test_a_range_never_seems_to_have_no_width():
    assert ENGLISH.between(Range(56.8, 57.4)) == "56.8 to 57.4"
    assert ENGLISH.between(Range(57.0, 57.0)) == "57 to 57"


def test_a_narrow_column_has_signs_for_next_to_none_and_nearly_all():
    assert [ENGLISH.percent(value, narrow=True) for value in (0.25, 99.75, 42)] == ["<1%", ">99%", "42%"]


@pytest.mark.parametrize(
    ("language", "printed"),
    [("en", "30 October 2026"), ("de", "30. Oktober 2026"), ("fr", "30 octobre 2026")],
)
def test_a_date_is_written_as_in_its_language(language, printed):
    assert words_in(language).date("2026-10-30") == printed


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_no_line_ends_between_a_number_and_its_percent_sign(language):
    assert words_in(language).percent(27) == "27\N{NO-BREAK SPACE}%"


def test_a_range_of_differences_is_signed():
    assert ENGLISH.signed_between(Range(-5.2, 27.4)) == "−5 to +27"


def test_braces_in_a_name_stay_as_they_are():
    assert ENGLISH.gettext("At {name}", name="{org} {0}") == "At {org} {0}"


@pytest.mark.parametrize(("written", "printed"), [("2026-05-29", "29 May 2026"), ("spring", "spring")])
def test_dates_are_written_out(written, printed):
    assert ENGLISH.date(written) == printed


def test_lists_end_in_and():
    assert [ENGLISH.listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [
        (-0.3, 4.9, "−0.3 to +4.9"),
        (-4.83, 5.97, "−4.8 to +6.0"),
        (-4.1, -0.06, "−4.1 to −0.1"),
        (0.3, 9.97, "+0.3 to +9.9"),
        (12.0, 14.6, "+12 to +15"),
    ],
)
def test_both_ends_of_a_range_have_the_same_decimals(low, high, printed):
    assert ENGLISH.signed_between(Range(low, high)) == printed


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [(64.6, 75.2, "64.6 to 75.2"), (60.2, 75.2, "60 to 75"), (79.96, 101.0, "79.9 to 100.0")],
)
def test_a_range_of_scores_has_a_decimal_at_both_ends_or_at_none(low, high, printed):
    assert ENGLISH.between(Range(low, high), CUTS) == printed


def test_a_list_has_the_comma_of_its_language():
    assert words_in("ar").listed(["ألف", "باء", "جيم"]) == "ألف، باء وجيم"
