"""A language tells nobody apart after the close, neither on an answer nor beside a name."""

import pytest
import sqlalchemy as sa

from cultureassess.config import load
from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Invitee, Response, Wave
from cultureassess.services.closing import OTHER_LANGUAGE, rare_languages
from cultureassess.services.inviting import token_from

from ..invitations.scenery import invite
from ..scene import answer, everything
from .inspection import broken
from .scenery import close

HEADER = ("Name", "E-Mail", "Language")


@pytest.mark.parametrize(
    ("counts", "rare"),
    [
        ({"en": 12, "de": 8}, []),
        ({"en": 12, "de": 8, "fr": 2, "es": 3}, ["fr", "es"]),
        ({"en": 12, "de": 8, "fr": 1}, ["fr", "de"]),  # one "other" would still be one person
        ({"en": 3}, ["en"]),
        ({}, []),
    ],
)
def test_rare_languages_share_a_name_with_k_people(counts, rare):
    assert rare_languages(counts, k=5) == rare


def test_the_only_manager_who_speaks_german_is_not_known_by_it(engine, tmp_path):
    settings = load({"INSTANCE": str(tmp_path)})
    people = [(f"Manager {n}", f"m{n}@nordlicht.example", "de" if n == 3 else "en") for n in range(12)]
    wave_id = invite(engine, settings, people, audience=Audience.MANAGEMENT, header=HEADER)
    with transaction(engine) as session:
        invited = list(session.scalars(sa.select(Invitee)))
        for person in invited:
            token = token_from(person.invitation.seed, secret_key=settings.secret_key)
            answers = everything()
            answers.language = person.language
            answer(session, token, answers)
    close(engine, wave_id)
    with transaction(engine) as session:
        assert set(session.scalars(sa.select(Response.language))) == {OTHER_LANGUAGE}
        assert len(set(session.scalars(sa.select(Invitee.language)))) == 1
        assert session.get_one(Wave, wave_id).languages == ("en", "de")
    assert broken(engine) == {}


def test_languages_left_beside_names_are_found(engine, tmp_path):
    settings = load({"INSTANCE": str(tmp_path)})
    people = [(f"Kunde {n}", f"k{n}@kunde.example", "en") for n in range(6)]
    wave_id = invite(engine, settings, people, header=HEADER)
    close(engine, wave_id)
    with transaction(engine) as session:
        first = session.scalars(sa.select(Invitee).limit(1)).one()
        first.language = "de"
    assert broken(engine)["Rare languages end at the close"] == f"wave {wave_id}: 2 languages beside names"
