"""Action cards: three at most, owned and dated, with a history that tells everything."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from cultureassess.models import ActionCard, CardState, Moves, State
from cultureassess.practices import CardKind, PlannedCard
from cultureassess.services.actions import cards
from cultureassess.services.actions.cards import CardRefused
from cultureassess.services.actions.plan import action_plan
from cultureassess.services.actions.rice import Estimates
from cultureassess.services.erasure import erase_organisation
from tests import scene
from tests.actions import scenery


def test_a_wave_has_three_agreed_actions_and_no_fourth(session):
    wave = scene.draft_wave(session)
    first, *_ = [scenery.card(session, wave, agreed=True, title=f"Action {n}") for n in range(3)]
    fourth = scenery.card(session, wave, title="One more")
    with pytest.raises(CardRefused, match="Three actions are agreed on already"):
        cards.agree(session, fourth, by="Kim", today=scene.TODAY)
    cards.settle_card(session, first, CardState.DONE, by="Kim", today=scene.TODAY)
    cards.agree(session, fourth, by="Kim", today=scene.TODAY)
    assert len(action_plan(session, wave).cards) == 3


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("owner", {"owner": " "}),
        ("first_step", {"first_step": ""}),
        ("first_step_by", {"first_step_by": None}),
        ("due", {"due": None}),
    ],
)
def test_nothing_is_agreed_on_without_owner_step_and_days(session, field, changes):
    idea = scenery.card(session, scene.draft_wave(session), **changes)
    with pytest.raises(CardRefused) as refused:
        cards.agree(session, idea, by="Kim", today=scene.TODAY)
    assert (refused.value.field, idea.state) == (field, CardState.IDEA)


def test_an_agreed_card_keeps_what_made_it_agreed(session):
    card = scenery.card(session, scene.draft_wave(session), agreed=True)
    with pytest.raises(CardRefused, match="Name the owner"):
        cards.write_card(session, card, scenery.text(owner=""))
    assert card.owner == "Ada"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": " "}),
        ("first_step", {"first_step": "x" * 1001}),
        ("owner_email", {"owner_email": "ada@"}),
        ("owner_email", {"owner_email": "a@b.example\r\nBcc: c@d.example"}),
        ("key_figure_id", {"moves": Moves.KEY_FIGURE}),
    ],
)
def test_a_card_that_cannot_be_is_refused_by_its_field(session, field, changes):
    with pytest.raises(CardRefused) as refused:
        scenery.card(session, scene.draft_wave(session), **changes)
    assert refused.value.field == field


def test_the_history_tells_every_change_of_state(session):
    card = scenery.card(session, scene.draft_wave(session), agreed=True)
    cards.note(session, card, "Two teams are in.", by="Ada", today=scene.TODAY)
    cards.settle_card(session, card, CardState.DROPPED, by="Kim", today=scene.TODAY)
    session.expire(card)
    assert [(note.who, note.text) for note in card.notes] == [
        ("Kim", "Thought of."),
        ("Kim", "Agreed on."),
        ("Ada", "Two teams are in."),
        ("Kim", "Dropped."),
    ]


def test_ideas_are_ranked_by_rice_and_those_without_estimates_stand_last(session):
    wave = scene.draft_wave(session)
    small, large, none = (scenery.card(session, wave, title=name) for name in ("small", "large", "none"))
    cards.estimate(session, small, Estimates(10, 3, 1, 6, "Ada"))
    cards.estimate(session, large, Estimates(2000, 2, 0.8, 3, "Ada"))
    found = cards.ranking([none, small, large])
    assert [(one.card.title, one.score and round(one.score, 1)) for one in found] == [
        ("large", 1066.7),
        ("small", 5.0),
        ("none", None),
    ]


def test_leaders_find_agreed_actions_of_released_waves_alone(session):
    wave = scene.open_wave(session)
    organisation = wave.assessment.organisation
    scenery.card(session, wave, agreed=True)
    scenery.card(session, wave, title="Only an idea")
    assert len(cards.cards_of(session, organisation, leader=False)) == 2
    assert cards.cards_of(session, organisation, leader=True) == []
    for state in (State.CLOSED, State.REPORTED):
        wave.state = state
        session.flush()
    found = cards.cards_of(session, organisation, leader=True)
    assert [card.title for card in found] == ["Stop asking for a signature"]


def test_the_database_refuses_an_agreement_without_an_owner(session):
    card = scenery.card(session, scene.draft_wave(session), agreed=True)
    with pytest.raises(sa.exc.IntegrityError):
        session.execute(sa.update(ActionCard).where(ActionCard.id == card.id).values(owner=" "))


def test_everything_goes_with_the_organisation(session):
    wave = scene.draft_wave(session)
    scenery.card(session, wave, agreed=True)
    erase_organisation(session, wave.assessment.organisation)
    session.flush()
    assert session.scalars(sa.select(ActionCard)).all() == []


def test_the_plan_of_a_wave_is_a_pure_object(session):
    wave = scene.draft_wave(session)
    scenery.card(session, wave, agreed=True, target=65.0)
    assert action_plan(session, wave).cards == (
        PlannedCard(
            kind=CardKind.STOP,
            title="Stop asking for a signature",
            index="CF",
            practice="",
            owner="Ada",
            first_step="List the claims of last week.",
            first_step_by="2026-11-01",
            moves="customers",
            figure="",
            target="65",
            due="2027-05-01",
        ),
    )
