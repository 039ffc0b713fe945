from dataclasses import replace

import numpy as np
import pytest
import sqlalchemy as sa

from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Response
from cultureassess.scoring.answers import Comment, Segment, SideAnswers
from cultureassess.services import links
from cultureassess.services.drafts import Answers
from cultureassess.services.errors import WaveRefused
from cultureassess.services.intake import mix_intake
from cultureassess.services.reading import MOST_VALUES, read_side, read_wave
from cultureassess.services.storing import store_side
from tests import scene

ROLES = ("executive", "middle manager", "frontline manager or supervisor", "no people responsibility")


def insiders(instrument, number: int, seed: int = 1) -> SideAnswers:
    """Invented answers in which every kind of value occurs."""
    rng = np.random.default_rng(seed)
    functions = ("HR", "IT", "prefer not to say")
    return SideAnswers(
        points=rng.choice(np.array([0, 1, 2, 3, 4, 5, 20], np.uint8), (number, len(instrument.rated))),
        outcomes=rng.integers(-1, 101, (number, len(instrument.outcomes))).astype(np.int16),
        audiences=("management", "staff"),
        audience=rng.integers(0, 2, number),
        segments={
            "role": Segment(ROLES, rng.integers(-1, 4, number)),
            "function": Segment(functions, rng.integers(-1, 3, number)),
        },
        seconds=np.where(rng.random(number) < 0.2, np.nan, rng.integers(60, 600, number)),
        late=rng.random(number) < 0.25,
        comments=(
            Comment("OPEN_I1", "staff", "Zu viele Formulare."),
            Comment("OPEN_I2", "management", "書類"),
        ),
    )


def people(side: SideAnswers) -> list[tuple[object, ...]]:
    """One tuple per respondent, sorted: the same people in any order are equal."""
    segments = {
        code: [segment.values[c] if c >= 0 else "" for c in segment.codes.tolist()]
        for code, segment in sorted(side.segments.items())
        if (segment.codes >= 0).any()
    }
    seconds = [-1.0] * len(side) if side.seconds is None else np.nan_to_num(side.seconds, nan=-1).tolist()
    late = [None] * len(side) if side.late is None else side.late.tolist()
    return sorted(
        (
            side.points[row].tobytes(),
            tuple(side.outcomes[row].tolist()),
            side.audiences[side.audience[row]],
            tuple((code, values[row]) for code, values in segments.items()),
            seconds[row],
            late[row],
        )
        for row in range(len(side))
    )


def test_what_is_stored_is_read_back(session, instrument):
    wave, side = scene.open_wave(session), insiders(instrument, 60)
    assert store_side(session, wave, side, instrument) == 60
    inside, outside = read_wave(session, wave, instrument)
    assert people(inside) == people(side)
    assert sorted(inside.comments, key=str) == sorted(side.comments, key=str)
    assert len(outside) == 0


def test_an_empty_wave_reads_as_two_empty_sides(session, instrument):
    inside, outside = read_wave(session, scene.open_wave(session), instrument)
    assert (inside.points.shape, outside.outcomes.shape) == ((0, 33), (0, 4))
    assert (inside.seconds, inside.late, outside.comments) == (None, None, ())
    assert set(outside.segments) == {"decider", "segment", "type"}


def test_sent_answers_are_read_as_they_were_given(session, instrument):
    wave = scene.open_wave(session)
    token = scene.open_token(session, wave, Side.INSIDE)
    answers = Answers(
        role="executive",
        points={"CF1": "5", "EO3": "D"},
        outcomes={"OV2": 100},
        segments={"contact": "daily"},
    )
    scene.answer(session, token, answers, audience=Audience.MANAGEMENT)
    mix_intake(session, wave, everything=True)
    side = read_side(session, wave, instrument, Side.INSIDE)
    position = instrument.position
    assert side.points[0, [position["CF1"], position["EO3"], position["CF2"]]].tolist() == [5, 20, 0]
    assert side.outcomes.tolist() == [[-1, 100, -1, -1]]
    assert side.audiences[side.audience[0]] == "management"
    assert side.segments["role"].values[side.segments["role"].codes[0]] == "executive"
    assert side.segments["contact"].values[side.segments["contact"].codes[0]] == "daily"
    assert side.segments["function"].codes.tolist() == [-1]


def test_the_two_sides_do_not_mix(session, instrument):
    wave = scene.open_wave(session)
    for audience, point in ((Audience.CUSTOMER, "1"), (Audience.PARTNER, "2"), (Audience.STAFF, "3")):
        scene.answer(session, links.create_invitation(session, wave, audience), scene.everything(point))
    mix_intake(session, wave, everything=True)
    inside, outside = read_wave(session, wave, instrument)
    assert inside.points[:, 0].tolist() == [3]
    named = dict(
        zip((outside.audiences[a] for a in outside.audience), outside.points[:, 0].tolist(), strict=True)
    )
    assert named == {"customer": 1, "partner": 2}


def test_answers_of_one_account_have_one_number(session, instrument):
    wave = scene.open_wave(session, accounts=True)
    for account, point in (("Zeta", "1"), ("Alpha", "2"), (None, "3"), ("Zeta", "4")):
        token = links.create_invitation(session, wave, Audience.CUSTOMER, account=account)
        scene.answer(session, token, scene.everything(point))
    mix_intake(session, wave, everything=True)
    side = read_side(session, wave, instrument, Side.OUTSIDE)
    assert side.account is not None
    number = dict(zip(side.points[:, 0].tolist(), side.account.tolist(), strict=True))
    assert number[1] == number[4] != number[2]
    assert {number[1], number[2]} == {0, 1}
    assert number[3] == -1


def test_answers_that_wait_are_not_read(session, instrument):
    wave = scene.open_wave(session)
    scene.answer(session, scene.open_token(session, wave, Audience.CUSTOMER), scene.everything())
    assert [len(side) for side in read_wave(session, wave, instrument)] == [0, 0]


def test_a_value_that_the_wave_does_not_offer_is_not_stored(session, instrument):
    wave, side = scene.open_wave(session), insiders(instrument, 3)
    side.segments["function"] = Segment(("Space travel",), np.zeros(3, np.int8))
    with pytest.raises(WaveRefused, match="'Space travel' is not a value of function"):
        store_side(session, wave, side, instrument)


def test_a_segment_that_the_wave_does_not_ask_is_not_stored(session, instrument):
    wave, side = scene.open_wave(session, segments=()), insiders(instrument, 3)
    with pytest.raises(WaveRefused, match="does not ask inside for function"):
        store_side(session, wave, side, instrument)


def test_a_strange_stored_value_is_noticed(session, instrument):
    wave = scene.open_wave(session)
    store_side(session, wave, insiders(instrument, 3), instrument)
    session.execute(sa.update(Response).values(segment_1="Space travel"))
    with pytest.raises(ValueError, match="segment value that it does not offer"):
        read_wave(session, wave, instrument)


def test_another_instrument_is_refused(session, instrument):
    wave = scene.draft_wave(session)
    wave.rated_items = 20
    with pytest.raises(ValueError, match="was not asked with"):
        read_wave(session, wave, instrument)


MANY = tuple(f"Branch {number}" for number in range(MOST_VALUES))


def test_as_many_values_as_a_segment_may_have_are_all_read_back(session, instrument):
    wave = scene.open_wave(session, segments=("outside.segment",), segment_options={"outside.segment": MANY})
    customers = replace(
        customers_of(instrument, len(MANY)),
        segments={"segment": Segment(MANY, np.arange(len(MANY), dtype=np.int32))},
    )
    store_side(session, wave, customers, instrument)
    read = read_side(session, wave, instrument, Side.OUTSIDE).segments["segment"]
    assert sorted(read.codes.tolist()) == list(range(len(MANY)))
    assert read.values == MANY


def customers_of(instrument, number):
    asked = [item.customer is not None for item in instrument.rated]
    return SideAnswers(
        points=np.where(asked, 4, 0).astype(np.uint8).repeat(number).reshape(len(asked), number).T,
        outcomes=np.full((number, len(instrument.outcomes)), -1, np.int16),
        audiences=("customer", "partner"),
        audience=np.zeros(number, np.int8),
    )


def test_a_wave_that_could_never_be_closed_for_its_many_values_is_not_planned(session):
    with pytest.raises(WaveRefused, match=r"outside\.segment has 98 values; there is room for 97"):
        scene.draft_wave(
            session,
            segments=("outside.segment",),
            segment_options={"outside.segment": (*MANY, "One branch more")},
        )


def test_an_attribute_may_have_97_values_and_not_more(session, instrument):
    wave = scene.draft_wave(session)
    wave.segment_options = {"inside.function": tuple(f"unit {place}" for place in range(97))}
    assert len(read_side(session, wave, instrument, Side.INSIDE).segments["function"].values) == 97
    wave.segment_options = {"inside.function": tuple(f"unit {place}" for place in range(98))}
    with pytest.raises(ValueError, match="at most 97 values; this one has 98"):
        read_side(session, wave, instrument, Side.INSIDE)
