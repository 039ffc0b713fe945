"""Clients and their waves until they open."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from cultureassess.instruments.types import Audience
from cultureassess.models import Anonymity, Chosen, Organisation, State, Wave
from cultureassess.services import fielding, setting_up
from cultureassess.services.errors import WaveRefused
from cultureassess.services.setting_up import FirstWave, NameDiffers
from tests import scene

DAY = dt.timedelta(days=1)
FIRST = FirstWave(
    opens_on=scene.TODAY + DAY,
    closes_on=scene.TODAY + 20 * DAY,
    people={Audience.MANAGEMENT: 20, Audience.STAFF: 180, Audience.CUSTOMER: 400},
    chosen=Chosen.ALL,
)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Nordlicht Logistics", "nordlicht-logistics"),
        ("Müller & Söhne GmbH", "mueller-soehne-gmbh"),
        ("L'Oréal", "l-oreal"),
        ("شركة نوردليشت", "client"),
        ("!", "client"),
        ("x" * 200, "x" * 48),
    ],
)
def test_a_slug_is_the_name_in_plain_letters(session, name, slug):
    assert setting_up.add_client(session, name).slug == slug


def test_a_taken_slug_gets_a_number(session):
    slugs = [setting_up.add_client(session, name).slug for name in ("Acme", "ACME", "acme!")]
    assert slugs == ["acme", "acme-2", "acme-3"]


def test_four_fields_make_a_draft(session):
    wave = setting_up.start_wave(session, setting_up.add_client(session, "Acme"), FIRST)
    assert (wave.state, wave.label, wave.chosen) == (State.DRAFT, "Culture check 2026", Chosen.ALL)
    assert {a: row.invited for a, row in wave.audiences.items()} == FIRST.people
    assert wave.segments == ("inside.function", "inside.contact", "outside.decider")
    assert (wave.k, wave.k_comments, wave.k_distribution) == (5, 10, 10)


@pytest.mark.parametrize(
    ("chosen", "mode", "customers_there_are"),
    [
        (Chosen.ALL, Anonymity.CONFIDENTIAL, 400),
        (Chosen.RANDOM, Anonymity.CONFIDENTIAL, None),
        (Chosen.PICKED, Anonymity.CONFIDENTIAL, None),
        (Chosen.OPEN, Anonymity.ANONYMOUS, None),
    ],
)
def test_whoever_was_chosen_from_a_list_gets_a_personal_link(session, chosen, mode, customers_there_are):
    organisation = setting_up.add_client(session, "Acme")
    wave = setting_up.start_wave(session, organisation, replace(FIRST, chosen=chosen))
    assert wave.anonymity is mode
    assert wave.audiences[Audience.CUSTOMER].population == customers_there_are
    assert wave.audiences[Audience.MANAGEMENT].population == 20


def test_a_second_wave_belongs_to_the_same_assessment_under_another_label(session):
    organisation = setting_up.add_client(session, "Acme")
    first, second = (setting_up.start_wave(session, organisation, FIRST) for _ in range(2))
    assert first.assessment is second.assessment
    assert [first.label, second.label] == ["Culture check 2026", "Culture check 2026 (2)"]


def test_a_draft_may_change_in_everything(session):
    wave = scene.draft_wave(session)
    wanted = replace(
        fielding.plan_of(wave),
        chosen=Chosen.PICKED,
        anonymity=Anonymity.ANONYMOUS,
        definitions={Audience.MANAGEMENT: "The board.", Audience.CUSTOMER: "Whoever buys."},
        segments=("inside.tenure",),
        languages=("de", "fr"),
    )
    setting_up.change_wave(session, wave, wanted, today=scene.TODAY)
    session.expire_all()
    assert fielding.plan_of(wave) == wanted


@pytest.mark.parametrize(
    "change",
    [
        {"chosen": Chosen.PICKED},
        {"period": "6 months"},
        {"segments": ()},
        {"accounts": True},
        {"definitions": {Audience.MANAGEMENT: "x", Audience.CUSTOMER: "y"}},
        {"opens_on": scene.TODAY + DAY},
        {"rules": fielding.Rules(k=6)},
    ],
)
def test_an_open_wave_keeps_what_people_were_asked(session, change):
    wave = scene.open_wave(session)
    with pytest.raises(WaveRefused, match="frozen"):
        setting_up.change_wave(session, wave, replace(fielding.plan_of(wave), **change), today=scene.TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"label": "Autumn"},
        {"closes_on": scene.TODAY + DAY},
        {"languages": ("de", "en")},
        {"informal": True},
        {"organisation_names": {"ar": ("شركة نوردليشت",)}},
        {"invited": {Audience.CUSTOMER: 500}},
        {"population": {Audience.CUSTOMER: 5000}},
    ],
)
def test_an_open_wave_may_change_in_what_is_free(session, change):
    wave = scene.open_wave(session)
    wanted = replace(fielding.plan_of(wave), **change)
    setting_up.change_wave(session, wave, wanted, today=scene.TODAY)
    session.expire_all()
    assert fielding.plan_of(wave) == wanted


def test_a_last_day_is_not_moved_into_the_past(session):
    wave = scene.open_wave(session, opens_on=scene.TODAY - 5 * DAY)
    wanted = replace(fielding.plan_of(wave), closes_on=scene.TODAY - DAY)
    with pytest.raises(WaveRefused, match="past"):
        setting_up.change_wave(session, wave, wanted, today=scene.TODAY)


@pytest.mark.parametrize("state", [State.CLOSED, State.REPORTED])
def test_nothing_of_a_closed_wave_changes(session, state):
    wave = scene.open_wave(session)
    session.execute(sa.update(Wave).values(state=state))
    session.refresh(wave)
    wanted = replace(fielding.plan_of(wave), label="Autumn")
    with pytest.raises(WaveRefused, match="closed"):
        setting_up.change_wave(session, wave, wanted, today=scene.TODAY)


def test_a_copy_asks_the_same_in_another_year(session):
    wave = scene.open_wave(session, closes_on=scene.TODAY + DAY)
    opens_on, closes_on = scene.TODAY + 364 * DAY, scene.TODAY + 380 * DAY
    copy = setting_up.copy_wave(session, wave, opens_on=opens_on, closes_on=closes_on)
    dates = {"label": "Culture check 2027", "opens_on": opens_on, "closes_on": closes_on}
    assert fielding.plan_of(copy) == replace(fielding.plan_of(wave), **dates)
    assert (copy.state, copy.assessment) == (State.DRAFT, wave.assessment)


def test_a_deletion_wants_the_name():
    setting_up.require_name(" nordlicht   LOGISTICS ", "Nordlicht Logistics")
    with pytest.raises(NameDiffers):
        setting_up.require_name("Nordlicht", "Nordlicht Logistics")


def test_only_a_draft_can_be_discarded(session):
    wave = scene.draft_wave(session)
    setting_up.require_draft(wave)
    fielding.open_wave(session, wave, today=scene.TODAY)
    with pytest.raises(WaveRefused, match="Only a draft"):
        setting_up.require_draft(wave)


def test_two_clients_of_one_name_stay_apart(session):
    first, second = (setting_up.add_client(session, "Acme") for _ in range(2))
    setting_up.start_wave(session, first, FIRST)
    assert [wave.id for assessment in second.assessments for wave in assessment.waves] == []
    assert session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 2
