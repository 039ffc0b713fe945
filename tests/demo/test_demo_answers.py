from collections import Counter

import numpy as np
import pytest

from cultureassess import instruments
from cultureassess.scoring.answers import DONT_KNOW, NOT_GIVEN, SKIPPED
from cultureassess.services.demo.generate import wave_answers
from cultureassess.services.demo.profile import nordlicht
from cultureassess.services.demo.sitting import cut_to_points

INSTRUMENT = instruments.by_code("customer_culture_v1")
YEARS = pytest.mark.parametrize("year", ["last", "this"])


def counts_of(side, attribute):
    segment = side.segments[attribute]
    return Counter(segment.values[code] if code != NOT_GIVEN else None for code in segment.codes.tolist())


def arrays_of(side):
    return [
        side.points,
        side.outcomes,
        side.audience,
        side.seconds,
        side.late,
        *(segment.codes for segment in side.segments.values()),
    ]


def outcome_of(side, audience, outcome):
    column = [one.id for one in INSTRUMENT.outcomes].index(outcome)
    return side.outcomes[side.audience == side.audiences.index(audience), column]


@YEARS
def test_as_many_answer_as_the_story_says(year):
    inside, outside = wave_answers(INSTRUMENT, year=year)

    assert Counter(inside.audiences[place] for place in inside.audience.tolist()) == {
        "management": 45,
        "staff": 180,
    }
    assert Counter(outside.audiences[place] for place in outside.audience.tolist()) == {
        "customer": 240,
        "partner": 30,
    }
    assert {audience: cast.invited for audience, cast in nordlicht().casts.items()} == {
        "management": 50,
        "staff": 260,
        "customer": 900,
        "partner": None,
    }


@YEARS
def test_six_executives_and_a_function_of_three(year):
    inside, _ = wave_answers(INSTRUMENT, year=year)

    assert counts_of(inside, "role")["executive"] == 6
    assert counts_of(inside, "role")["no people responsibility"] == 180
    assert [value for value, count in counts_of(inside, "function").items() if count < 5] == ["HR"]
    assert counts_of(inside, "function")["HR"] == 3


@YEARS
def test_every_other_value_is_large_enough_to_show(year):
    for side in wave_answers(INSTRUMENT, year=year):
        for attribute, segment in side.segments.items():
            small = {value for value, count in counts_of(side, attribute).items() if count < 5}
            assert small <= {"HR"}, (attribute, segment)


def test_every_insider_gives_every_attribute():
    inside, _ = wave_answers(INSTRUMENT, year="this")

    assert set(inside.segments) == {"role", "function", "tenure", "contact"}
    assert [code for code, segment in inside.segments.items() if (segment.codes == NOT_GIVEN).any()] == []


def test_segments_are_given_by_those_who_are_asked():
    _, outside = wave_answers(INSTRUMENT, year="this")
    customers = outside.audience == outside.audiences.index("customer")

    assert set(outside.segments) == {"segment", "decider", "contact", "type"}
    assert outside.segments["segment"].values == ("Large customers", "Regional business", "Small business")
    assert (outside.segments["segment"].codes[customers] != NOT_GIVEN).all()
    assert (outside.segments["segment"].codes[~customers] == NOT_GIVEN).all()
    assert (outside.segments["type"].codes[customers] == NOT_GIVEN).all()
    assert counts_of(outside, "type") == {None: 240, "partner": 17, "supplier": 13}


def test_the_same_seed_gives_the_same_bytes():
    first, second = (wave_answers(INSTRUMENT, year="this", seed=4) for _ in range(2))

    for one, other in zip(first, second, strict=True):
        assert [array.tobytes() for array in arrays_of(one)] == [
            array.tobytes() for array in arrays_of(other)
        ]
        assert one.comments == other.comments


def test_another_seed_or_year_gives_other_answers():
    shown = wave_answers(INSTRUMENT, year="this", seed=4)[0].points.tobytes()

    assert wave_answers(INSTRUMENT, year="this", seed=5)[0].points.tobytes() != shown
    assert wave_answers(INSTRUMENT, year="last", seed=4)[0].points.tobytes() != shown


@YEARS
def test_answers_are_points_of_the_scale_and_only_where_asked(year):
    for side, answers in zip(("inside", "customer"), wave_answers(INSTRUMENT, year=year), strict=True):
        asked = np.array([getattr(item, side) is not None for item in INSTRUMENT.rated])

        assert set(np.unique(answers.points[:, asked])) == {SKIPPED, 1, 2, 3, 4, 5, DONT_KNOW}
        assert (answers.points[:, ~asked] == SKIPPED).all()


def test_customers_cannot_judge_pride_but_can_judge_a_kept_promise():
    _, outside = wave_answers(INSTRUMENT, year="this")
    no_view = (outside.points[outside.audience == 0] == DONT_KNOW).mean(axis=0)

    assert 0.30 <= no_view[INSTRUMENT.position["CM2"]] < 0.5
    assert no_view[INSTRUMENT.position["RG1"]] < 0.06


def test_outcomes_are_answered_by_those_who_are_asked():
    inside, outside = wave_answers(INSTRUMENT, year="this")

    assert (outcome_of(outside, "customer", "OV2") == NOT_GIVEN).all()
    assert (outcome_of(outside, "partner", "NPS") == NOT_GIVEN).all()
    assert (outcome_of(inside, "staff", "NPS") == NOT_GIVEN).all()
    assert set(outcome_of(inside, "management", "OV2").tolist()) <= set(range(0, 101, 5))
    assert set(outcome_of(outside, "customer", "NPS").tolist()) <= {NOT_GIVEN, *range(11)}
    assert set(outcome_of(outside, "partner", "OV1").tolist()) <= {1, 2, 3, 4, 5}


def test_times_are_plausible_and_a_quarter_came_late():
    for side, asked in zip(wave_answers(INSTRUMENT, year="this"), (33, 20), strict=True):
        assert 6 * asked < np.median(side.seconds) < 12 * asked
        assert (side.seconds == np.round(side.seconds)).all()
        assert side.late.mean() == pytest.approx(0.25, abs=0.01)


def test_only_its_own_instrument_is_answered():
    class Other:
        code = "team_climate"

    with pytest.raises(ValueError, match="the demo answers 'customer_culture_v1', not 'team_climate'"):
        wave_answers(Other(), year="this")


def test_points_meet_the_level_asked_for_among_those_who_answered():
    stands = np.linspace(-40, 40, 200)[:, None] + np.zeros(2)
    answered = np.ones((200, 2), dtype=bool)
    answered[:60, 1] = False

    points = cut_to_points(stands, answered, np.array([30.0, 70.0]), scale_points=5)

    means = [(points[answered[:, item], item] - 1).mean() * 25 for item in (0, 1)]
    assert means == pytest.approx([30.0, 70.0], abs=0.3)
    assert set(np.unique(points)) <= {1, 2, 3, 4, 5}
