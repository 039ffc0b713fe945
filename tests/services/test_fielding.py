import datetime as dt

import pytest

from cultureassess.disclosure.minimums import Rules
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import State
from cultureassess.services import fielding
from cultureassess.services.errors import WaveNotOpen, WaveRefused
from tests import scene

DAY = dt.timedelta(days=1)


def test_a_new_wave_is_a_draft_with_the_methods_defaults(session, instrument):
    wave = scene.draft_wave(session)
    assert (wave.state, wave.k, wave.k_comments, wave.k_distribution) == (State.DRAFT, 5, 10, 10)
    assert wave.management_roles == ("executive", "middle manager", "frontline manager or supervisor")
    assert wave.segments == (
        "inside.function",
        "inside.contact",
        "outside.decider",
        "outside.segment",
        "outside.type",
    )
    assert (wave.period, wave.rated_items, wave.outcome_items) == ("12 months", 33, 4)
    assert set(wave.audiences) == set(Audience)


def test_thresholds_may_be_raised_before_launch(session):
    wave = scene.open_wave(session, rules=Rules(k=8, k_comments=12))
    assert (wave.k, wave.k_comments) == (8, 12)


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ({"segments": ("inside.shoe size",)}, "no segment 'inside.shoe size'"),
        ({"left_out": ("OV1",)}, "no optional outcome 'OV1'"),
        ({"management_roles": ("queen",)}, "no role 'queen'"),
        ({"segment_options": {}, "segments": ("outside.segment",)}, "needs the organisation's own values"),
        (
            {
                "segments": (
                    "outside.decider",
                    "outside.segment",
                    "outside.tenure",
                    "outside.contact",
                    "outside.type",
                )
            },
            "at most 4 segments",
        ),
    ],
)
def test_a_wave_that_cannot_be_asked_is_refused(session, plan, reason):
    with pytest.raises(WaveRefused, match=reason):
        scene.draft_wave(session, **plan)


def test_opening_sets_the_first_day_where_none_was_given(session):
    wave = scene.open_wave(session)
    assert (wave.state, wave.opens_on) == (State.OPEN, scene.TODAY)


def test_a_wave_opens_once(session):
    wave = scene.open_wave(session)
    with pytest.raises(WaveRefused, match="is open already"):
        fielding.open_wave(session, wave, today=scene.TODAY)


def test_a_wave_whose_last_day_has_passed_does_not_open(session):
    wave = scene.draft_wave(session, closes_on=scene.TODAY - DAY)
    with pytest.raises(WaveRefused, match="last day"):
        fielding.open_wave(session, wave, today=scene.TODAY)


def test_people_may_begin_on_the_first_and_the_last_day_only(session):
    wave = scene.open_wave(session, opens_on=scene.TODAY, closes_on=scene.TODAY + DAY)
    fielding.require_open(wave, today=scene.TODAY)
    fielding.require_open(wave, today=scene.TODAY + DAY)
    for day in (scene.TODAY - DAY, scene.TODAY + 2 * DAY):
        with pytest.raises(WaveNotOpen):
            fielding.require_open(wave, today=day)


def test_a_draft_takes_no_answers(session):
    with pytest.raises(WaveNotOpen):
        fielding.require_open(scene.draft_wave(session), today=scene.TODAY)


def test_answers_so_far_counts_what_waits_and_what_is_mixed(session):
    from cultureassess.services.intake import mix_intake

    wave = scene.open_wave(session)
    inside = scene.open_token(session, wave, Side.INSIDE)
    for place in range(6):
        scene.answer(session, inside, scene.everything(), audience=Audience.STAFF)
        if place == 4:
            mix_intake(session, wave)
    counts = fielding.answers_so_far(session, wave)
    assert counts == {
        Audience.MANAGEMENT: 0,
        Audience.STAFF: 6,
        Audience.CUSTOMER: 0,
        Audience.PARTNER: 0,
    }


def test_a_plan_read_back_from_a_wave_makes_the_same_wave(session, instrument):
    wave = scene.draft_wave(session, closes_on=scene.TODAY, languages=("de", "en"), left_out=("NPS",))
    again = fielding.create_wave(session, wave.assessment, instrument, fielding.plan_of(wave))
    assert fielding.plan_of(again) == fielding.plan_of(wave)


def test_a_wave_without_a_side_does_not_open(session):
    wave = scene.draft_wave(session, definitions={Audience.CUSTOMER: "Everybody who buys."})
    with pytest.raises(WaveRefused, match="two sides"):
        fielding.open_wave(session, wave, today=scene.TODAY)


def test_segments_of_an_audience_that_takes_no_part_are_not_asked_by_default(session):
    customers_only = {a: fielding.DEFINITIONS[a] for a in (Audience.MANAGEMENT, Audience.CUSTOMER)}
    wave = scene.draft_wave(session, definitions=customers_only)
    assert "outside.type" not in wave.segments


@pytest.mark.parametrize(
    ("zone", "hour", "local_day"),
    [
        ("UTC", 23, 5),
        ("Europe/Berlin", 21, 5),
        ("Europe/Berlin", 22, 6),
        ("Pacific/Auckland", 10, 5),
        ("Pacific/Auckland", 11, 6),
        ("America/Los_Angeles", 6, 4),
        ("Nowhere/Atlantis", 23, 5),
        ("../etc/passwd", 23, 5),
    ],
)
def test_a_day_is_the_organisations_own(session, zone, hour, local_day):
    wave = scene.draft_wave(session)
    wave.assessment.organisation.timezone = zone
    now = dt.datetime(2026, 10, 5, hour, 30, tzinfo=dt.UTC)
    assert fielding.today_at(wave, now) == dt.date(2026, 10, local_day)


def test_the_hour_of_grace_runs_from_the_organisations_midnight(session):
    wave = scene.open_wave(session, closes_on=scene.TODAY)
    wave.assessment.organisation.timezone = "Europe/Berlin"
    midnight = dt.datetime(2026, 10, 5, 22, 0, tzinfo=dt.UTC)
    fielding.require_going_on(wave, now=midnight + fielding.GRACE)
    with pytest.raises(WaveNotOpen):
        fielding.require_going_on(wave, now=midnight + fielding.GRACE + dt.timedelta(seconds=1))
