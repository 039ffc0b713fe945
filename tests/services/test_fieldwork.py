"""Field work at a glance: counted in steps, with nobody to be watched."""

import datetime as dt
import random
from collections import Counter

import pytest

from cultureassess.instruments.types import Audience, Side
from cultureassess.models.people import Invitee
from cultureassess.services import drafts, fieldwork, intake, links
from cultureassess.services.drafts import Answers
from cultureassess.services.fieldwork import Day
from tests import scene

DAY = dt.timedelta(days=1)


def let_answer(session, wave, who, number, *, day=scene.TODAY, audience=None, segments=None):
    token = scene.open_token(session, wave, who)
    door = links.find_door(session, token)
    answers = Answers(points=scene.everything().points, segments=segments or {})
    for _ in range(number):
        keys = drafts.derive(links.new_token())
        instrument = scene.instruments.by_code(wave.assessment.instrument)
        intake.submit_response(session, door, audience or who, answers, keys, instrument, today=day)


def customers(session, wave):
    return {row.audience: row for row in fieldwork.progress(session, wave)}[Audience.CUSTOMER]


@pytest.mark.parametrize(("answers", "shown"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10), (14, 10)])
def test_answers_are_shown_from_k_on_in_steps_of_k(session, answers, shown):
    wave = scene.open_wave(session, invited={Audience.CUSTOMER: 20})
    let_answer(session, wave, Audience.CUSTOMER, answers)
    assert customers(session, wave).answered == shown


def test_a_higher_k_makes_larger_steps(session):
    wave = scene.open_wave(session, rules=scene.fielding.Rules(k=8))
    let_answer(session, wave, Audience.CUSTOMER, 15)
    assert customers(session, wave).answered == 8


def test_rate_and_margin_are_those_of_the_number_shown(session):
    wave = scene.open_wave(session, invited={Audience.CUSTOMER: 40}, population={Audience.CUSTOMER: 40})
    let_answer(session, wave, Audience.CUSTOMER, 13)
    row = customers(session, wave)
    assert row.rate == 25.0
    assert row.margin == pytest.approx(100 * 1.959964 * (0.25 / 10 * 30 / 39) ** 0.5, rel=1e-4)


def test_bounced_invitations_do_not_count_as_asked(session):
    wave = scene.open_wave(session, invited={Audience.CUSTOMER: 25})
    let_answer(session, wave, Audience.CUSTOMER, 10)
    for place in range(8):
        session.add(Invitee(wave_id=wave.id, audience=Audience.CUSTOMER, language="en", bounced=place < 5))
    session.flush()
    row = customers(session, wave)
    assert (row.asked, row.bounced, row.rate, row.aim) == (25, 5, 50.0, 20)


def test_more_answers_than_people_asked_have_no_rate(session):
    wave = scene.open_wave(session, invited={Audience.CUSTOMER: 5})
    let_answer(session, wave, Audience.CUSTOMER, 11)
    assert customers(session, wave).rate is None


def test_personal_links_are_the_number_asked(session):
    wave = scene.open_wave(session, invited={Audience.CUSTOMER: 400})
    for _ in range(7):
        links.create_invitation(session, wave, Audience.CUSTOMER)
    assert customers(session, wave).asked == 7


@pytest.mark.parametrize(
    ("audience", "reached", "aim"),
    [
        (Audience.MANAGEMENT, 20, 20),
        (Audience.MANAGEMENT, None, 0),
        (Audience.STAFF, 200, 30),
        (Audience.STAFF, 12, 12),
        (Audience.CUSTOMER, None, 100),
        (Audience.CUSTOMER, 60, 60),
        (Audience.PARTNER, None, 10),
    ],
)
def test_the_aim_is_the_methods_minimum_or_everybody(audience, reached, aim):
    assert fieldwork.aim_of(audience, reached) == aim


@pytest.mark.parametrize(
    ("answered", "asked", "wanted"),
    [(0, None, 10), (35, None, 100), (35, 60, None), (100, 900, 200), (400, None, None)],
)
def test_the_next_milestone_can_be_reached(answered, asked, wanted):
    assert fieldwork.next_milestone(answered, asked) == wanted


def test_a_day_shows_only_the_steps_that_it_completed(session):
    wave = scene.open_wave(session)
    for place, number in enumerate((4, 3, 0, 9)):
        let_answer(session, wave, Audience.CUSTOMER, number, day=scene.TODAY + place * DAY)
    let_answer(session, wave, Side.INSIDE, 4, audience=Audience.STAFF)
    assert fieldwork.days(session, wave) == (
        Day(scene.TODAY + DAY, 5),
        Day(scene.TODAY + 2 * DAY, 0),
        Day(scene.TODAY + 3 * DAY, 10),
    )


def test_audiences_do_not_fill_each_others_steps(session):
    wave = scene.open_wave(session)
    let_answer(session, wave, Side.INSIDE, 4, audience=Audience.STAFF)
    let_answer(session, wave, Side.INSIDE, 4, audience=Audience.MANAGEMENT)
    assert fieldwork.days(session, wave) == ()


def test_mixing_changes_nothing_of_what_is_shown(session, instrument):
    wave = scene.open_wave(session)
    let_answer(session, wave, Audience.CUSTOMER, 12, segments={"decider": "decides"})
    before = page(session, wave, instrument)
    intake.mix_intake(session, wave)
    assert page(session, wave, instrument) == before


def page(session, wave, instrument):
    """All that the page of field work shows of answers."""
    return (
        fieldwork.progress(session, wave),
        fieldwork.days(session, wave),
        fieldwork.segments(session, wave, instrument),
    )


def shown_values(page):
    return {(one.key, value) for one in page[2] for value, number in one.values.items() if number is not None}


def decider(session, wave, instrument):
    found = {one.key: one.values for one in fieldwork.segments(session, wave, instrument)}
    return found["outside.decider"]


def test_a_question_is_shown_once_each_of_its_values_has_k_answers(session, instrument):
    wave = scene.open_wave(session)
    for value, number in (("decides", 12), ("uses", 7), ("both", 4)):
        let_answer(session, wave, Audience.CUSTOMER, number, segments={"decider": value})
    assert decider(session, wave, instrument) == {"decides": None, "uses": None, "both": None}
    let_answer(session, wave, Audience.CUSTOMER, 1, segments={"decider": "both"})
    assert decider(session, wave, instrument) == {"decides": 10, "uses": 5, "both": 5}


def test_the_first_answer_of_a_segment_changes_nothing(session, instrument):
    wave = scene.open_wave(session)
    for value in ("decides", "uses"):
        let_answer(session, wave, Audience.CUSTOMER, 8, segments={"decider": value})
    before = page(session, wave, instrument)
    let_answer(session, wave, Audience.CUSTOMER, 1, segments={"decider": "both"})
    assert page(session, wave, instrument) == before


def test_one_who_does_not_say_changes_nothing(session, instrument):
    wave = scene.open_wave(session)
    for value, number in (("decides", 6), ("uses", 8), ("both", 7)):
        let_answer(session, wave, Audience.CUSTOMER, number, segments={"decider": value})
    before = page(session, wave, instrument)
    let_answer(session, wave, Audience.CUSTOMER, 1)
    assert page(session, wave, instrument) == before


@pytest.mark.parametrize("seed", range(3))
def test_whoever_looks_after_every_answer_sees_a_change_only_where_a_number_passes_k(
    session, instrument, seed
):
    """The page of field work, watched after each of 45 answers; some do not say which segment is theirs."""
    chance = random.Random(seed)  # noqa: S311
    wave = scene.open_wave(session)
    total, values, before = 0, Counter(), page(session, wave, instrument)
    for _ in range(45):
        value = chance.choice(("decides", "decides", "uses", "both", None))
        segments = {} if value is None else {"decider": value}
        let_answer(session, wave, Audience.CUSTOMER, 1, segments=segments)
        total, values[value] = total + 1, values[value] + 1
        after = page(session, wave, instrument)
        passed = total % wave.k == 0 or (value is not None and values[value] % wave.k == 0)
        assert passed or after == before
        assert shown_values(before) <= shown_values(after)
        before = after
    assert shown_values(before)


@pytest.mark.parametrize(("closes_in", "left"), [(-1, 0), (0, 1), (10, 11)])
def test_days_left_count_today(session, closes_in, left):
    wave = scene.draft_wave(session, closes_on=scene.TODAY + closes_in * DAY)
    assert fieldwork.days_left(wave, today=scene.TODAY) == left


def test_the_close_counts_who_got_a_link_where_nobody_could_come_by_an_open_one(session):
    wave = scene.open_wave(session, invited={Audience.CUSTOMER: 150, Audience.STAFF: 120})
    for _ in range(7):
        links.create_invitation(session, wave, Audience.CUSTOMER)
        links.create_invitation(session, wave, Audience.STAFF)
    scene.open_token(session, wave, Side.INSIDE)
    fieldwork.settle_asked(session, wave)
    asked = {audience: row.invited for audience, row in wave.audiences.items()}
    assert (asked[Audience.CUSTOMER], asked[Audience.STAFF]) == (7, 120)
