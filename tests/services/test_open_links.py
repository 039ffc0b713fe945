"""Open links: withdrawn, restored, renewed."""

import pytest
import sqlalchemy as sa

from cultureassess.instruments.types import Audience, Side
from cultureassess.models import State, Wave
from cultureassess.services import links, open_links
from cultureassess.services.access_codes import set_access_code
from cultureassess.services.errors import LinkRevoked, WaveRefused
from tests import scene


def token(link):
    return links.open_link_token(link, secret_key=scene.SECRET_KEY)


def test_a_withdrawn_link_works_again_when_it_is_restored(session):
    wave = scene.open_wave(session)
    link = open_links.add_link(session, wave, Audience.CUSTOMER, secret_key=scene.SECRET_KEY)
    open_links.revoke_link(session, link)
    with pytest.raises(LinkRevoked):
        links.find_door(session, token(link))
    open_links.restore_link(session, link)
    assert links.find_door(session, token(link)).link is link


def test_a_renewed_link_has_another_address_and_the_same_code(session):
    wave = scene.open_wave(session)
    link = open_links.add_link(session, wave, Side.INSIDE, secret_key=scene.SECRET_KEY)
    set_access_code(link, "harbour")
    renewed = open_links.renew_link(session, link, secret_key=scene.SECRET_KEY)
    assert (link.revoked, renewed.revoked) == (True, False)
    assert token(renewed) != token(link)
    assert renewed.code_hash == link.code_hash


def test_a_door_has_one_link_that_works(session):
    wave = scene.open_wave(session)
    open_links.add_link(session, wave, Audience.CUSTOMER, secret_key=scene.SECRET_KEY)
    with pytest.raises(WaveRefused, match="such a link already"):
        open_links.add_link(session, wave, Audience.CUSTOMER, secret_key=scene.SECRET_KEY)


def test_audiences_that_take_no_part_have_no_door(session):
    definitions = {Audience.STAFF: "All.", Audience.CUSTOMER: "All."}
    wave = scene.draft_wave(session, definitions=definitions)
    assert open_links.doors_of(wave) == (Side.INSIDE, Audience.CUSTOMER)
    with pytest.raises(WaveRefused, match="does not ask"):
        open_links.add_link(session, wave, Audience.PARTNER, secret_key=scene.SECRET_KEY)


def test_missing_links_are_made_once(session):
    wave = scene.open_wave(session)
    for _ in range(2):
        open_links.add_missing_links(session, wave, secret_key=scene.SECRET_KEY)
    doors = [open_links.door_of(link) for link in open_links.all_links(session, wave)]
    assert doors == [Side.INSIDE, Audience.CUSTOMER, Audience.PARTNER]


def test_a_closed_wave_needs_no_links(session):
    wave = scene.open_wave(session)
    link = open_links.add_link(session, wave, Side.INSIDE, secret_key=scene.SECRET_KEY)
    session.execute(sa.update(Wave).values(state=State.CLOSED))
    session.expire_all()
    for action in (open_links.restore_link, lambda s, x: open_links.renew_link(s, x, secret_key="x" * 32)):
        with pytest.raises(WaveRefused, match="closed"):
            action(session, link)
