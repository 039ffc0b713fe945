"""The monthly meeting: three comments that may be shown, one figure, and what was agreed comes back."""

from __future__ import annotations

import datetime as dt

import pytest

from cultureassess.models import Better
from cultureassess.services import comment_screening
from cultureassess.services.actions import key_figures, meetings
from cultureassess.services.actions.meetings import MeetingRefused
from cultureassess.services.comment_screening import Decision, digest
from cultureassess.services.comments import read_with_comments
from tests import scene
from tests.actions import scenery

NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)


def record(session, organisation, month, agreement="Call back the same day.", **more):
    fields = {"owner": "Ada", "outcome": ""}
    return meetings.record_agreement(session, organisation, month, agreement=agreement, **{**fields, **more})


def heard(app, demo, wave, month):
    """What a leader is shown of the customers' comments."""
    key = app.config["SECRET_KEY"]
    return meetings.voices(demo, wave, month, leader=True, secret_key=key)


def test_what_was_agreed_on_comes_back_a_month_later_with_what_became_of_it(session):
    organisation = scene.draft_wave(session).assessment.organisation
    record(session, organisation, NOVEMBER)
    pack = meetings.pack(session, organisation, None, DECEMBER, leader=False, secret_key=scene.SECRET_KEY)
    assert (pack.last.agreement, pack.agreed) == ("Call back the same day.", None)
    record(session, organisation, DECEMBER, "One form.", outcome="Four of five calls.")
    assert [(one.agreement, one.outcome) for one in meetings.meetings_of(session, organisation)] == [
        ("One form.", ""),
        ("Call back the same day.", "Four of five calls."),
    ]


def test_a_month_has_one_meeting(session):
    organisation = scene.draft_wave(session).assessment.organisation
    record(session, organisation, NOVEMBER)
    record(session, organisation, dt.date(2026, 11, 30), "Something better.")
    assert [one.agreement for one in meetings.meetings_of(session, organisation)] == ["Something better."]


@pytest.mark.parametrize(
    ("field", "more"), [("agreement", {"agreement": " "}), ("outcome", {"outcome": "x" * 1001})]
)
def test_a_meeting_agrees_on_something(session, field, more):
    organisation = scene.draft_wave(session).assessment.organisation
    with pytest.raises(MeetingRefused) as refused:
        record(session, organisation, NOVEMBER, **more)
    assert refused.value.field == field


def test_figures_with_values_take_turns_month_by_month(session):
    organisation = scene.draft_wave(session).assessment.organisation
    for name in ("A", "B", "without a value"):
        key_figures.add_figure(
            session, organisation, name=name, unit="", better=Better.UP, decision="We act."
        )
    for figure in key_figures.figures_of(session, organisation)[:2]:
        key_figures.set_value(session, figure, NOVEMBER, 1)
    packs = [
        meetings.pack(session, organisation, None, month, leader=False, secret_key=scene.SECRET_KEY)
        for month in (NOVEMBER, DECEMBER)
    ]
    assert {pack.figure.name for pack in packs} == {"A", "B"}


def test_the_pack_holds_the_agreed_actions_alone(session):
    wave = scene.draft_wave(session)
    agreed = scenery.card(session, wave, agreed=True)
    scenery.card(session, wave, title="Only an idea")
    pack = meetings.pack(
        session, wave.assessment.organisation, wave, NOVEMBER, leader=False, secret_key=scene.SECRET_KEY
    )
    assert list(pack.cards) == [agreed]


def test_three_customers_speak_and_others_the_month_after(app, demo, wave):
    first = heard(app, demo, wave, NOVEMBER)
    second = heard(app, demo, wave, DECEMBER)
    written = {
        text
        for found in read_with_comments(demo, wave).comments
        if found.audience == "customer"
        for text in found.comments
    }
    assert len(first) == len(second) == 3
    assert {voice.text for voice in (*first, *second)} <= written
    assert not {voice.text for voice in first} & {voice.text for voice in second}
    assert heard(app, demo, wave, NOVEMBER) == first
    assert not any("{ORG}" in voice.question for voice in first)


def test_a_withheld_comment_is_in_no_pack(app, demo, wave):
    whole = read_with_comments(demo, wave)
    shown = heard(app, demo, wave, NOVEMBER)[0].text
    found = next(one for one in whole.comments if shown in one.comments and one.audience == "customer")
    key = app.config["SECRET_KEY"]
    name = digest(found, shown, secret_key=key)
    comment_screening.decide(demo, wave, whole, name, Decision(withheld=True), secret_key=key)
    months = (dt.date(2027, month, 1) for month in range(1, 13))
    told = {voice.text for month in months for voice in heard(app, demo, wave, month)}
    assert told
    assert shown not in told


def test_comments_that_nobody_has_read_to_the_end_are_in_no_pack(app, demo, wave):
    from cultureassess.models import Presentation

    assert heard(app, demo, wave, NOVEMBER) != ()
    demo.get_one(Presentation, wave.id).comments_read = b"x" * 32
    demo.flush()
    assert heard(app, demo, wave, NOVEMBER) == ()
