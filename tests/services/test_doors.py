"""What a token opens, read fast: always what the database holds, and never to be changed."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm.exc import DetachedInstanceError

from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Assessment, Invitation, OpenLink, Organisation, Wave
from cultureassess.services import links
from cultureassess.services.doors import read_door
from cultureassess.services.errors import LinkRevoked, LinkUnknown
from tests import scene


@pytest.fixture
def tokens(session):
    wave = scene.open_wave(session, languages=("de", "en"), organisation_names={"de": ("die Nordlicht",)})
    return {
        "open": scene.open_token(session, wave, Side.INSIDE),
        "personal": links.create_invitation(session, wave, Audience.CUSTOMER, account="A 7"),
    }


def values(thing):
    return {
        one.key: getattr(thing, one.key) for one in sa.inspect(type(thing)).column_attrs if not one.deferred
    }


@pytest.mark.parametrize("kind", ["open", "personal"])
def test_a_door_read_is_the_door_that_is_loaded(session, tokens, kind):
    session.expire_all()
    read, loaded = read_door(session, tokens[kind]), links.find_door(session, tokens[kind])
    assert (read.side, read.audience, read.personal) == (loaded.side, loaded.audience, loaded.personal)
    assert values(read.invitation or read.link) == values(loaded.invitation or loaded.link)
    assert values(read.wave) == values(loaded.wave)
    assert values(read.wave.assessment) == values(loaded.wave.assessment)
    assert values(read.wave.assessment.organisation) == values(loaded.wave.assessment.organisation)


@pytest.mark.parametrize("kind", ["open", "personal"])
def test_the_same_wave_is_made_once(session, tokens, kind):
    assert read_door(session, tokens[kind]).wave is read_door(session, tokens[kind]).wave


def test_every_change_is_seen_at_once(session, tokens):
    before = read_door(session, tokens["open"])
    session.execute(sa.update(Wave).values(stopped=True))
    session.execute(sa.update(Organisation).values(name="Südlicht"))
    session.execute(sa.update(Invitation).values(used=True))
    after = read_door(session, tokens["open"])
    assert (after.wave.stopped, after.wave.assessment.organisation.name) == (True, "Südlicht")
    assert (before.wave.stopped, before.wave.assessment.organisation.name) == (False, "Nordlicht Logistics")
    assert read_door(session, tokens["personal"]).invitation.used


@pytest.mark.parametrize(("kind", "table"), [("open", OpenLink), ("personal", Invitation)])
def test_a_withdrawn_link_opens_nothing(session, tokens, kind, table):
    session.execute(sa.update(table).values(revoked=True))
    with pytest.raises(LinkRevoked):
        read_door(session, tokens[kind])


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\x00"])
def test_an_unknown_token_opens_nothing(session, tokens, token):
    with pytest.raises(LinkUnknown):
        read_door(session, token)


def test_what_is_read_belongs_to_no_session(session, tokens):
    wave = read_door(session, tokens["open"]).wave
    assert wave not in session
    with pytest.raises(DetachedInstanceError):
        _ = wave.audiences
    with pytest.raises(DetachedInstanceError):
        _ = wave.assessment.organisation.logo
    with pytest.raises(InvalidRequestError):
        session.refresh(wave)
    assert session.scalars(sa.select(Assessment)).one() is not wave.assessment
