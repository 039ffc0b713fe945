import pytest

from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Anonymity, Invitation, OpenLink
from cultureassess.services import links
from cultureassess.services.errors import LinkRevoked, LinkUnknown, WaveRefused
from tests import scene

TOKEN = "aB3-_" + "x" * 38


def test_a_personal_link_opens_the_door_of_its_audience(session):
    wave = scene.open_wave(session)
    door = links.find_door(
        session, links.create_invitation(session, wave, Audience.MANAGEMENT, role="executive")
    )
    assert (door.wave, door.side, door.audience, door.personal) == (
        wave,
        Side.INSIDE,
        Audience.MANAGEMENT,
        True,
    )
    assert door.invitation is not None
    assert door.invitation.role == "executive"


@pytest.mark.parametrize(
    ("who", "side", "audience"),
    [
        (Side.INSIDE, Side.INSIDE, None),
        (Audience.CUSTOMER, Side.OUTSIDE, Audience.CUSTOMER),
        (Audience.PARTNER, Side.OUTSIDE, Audience.PARTNER),
    ],
)
def test_an_open_link_knows_its_side_and_outside_its_audience(session, who, side, audience):
    wave = scene.open_wave(session)
    door = links.find_door(session, scene.open_token(session, wave, who))
    assert (door.side, door.audience, door.personal) == (side, audience, False)


@pytest.mark.parametrize("who", [Side.OUTSIDE, Audience.MANAGEMENT, Audience.STAFF])
def test_an_open_link_that_would_name_managers_is_refused(session, who):
    with pytest.raises(WaveRefused):
        scene.open_token(session, scene.open_wave(session), who)


def test_an_anonymous_wave_has_no_personal_links(session):
    wave = scene.open_wave(session, anonymity=Anonymity.ANONYMOUS)
    with pytest.raises(WaveRefused, match="confidential"):
        links.create_invitation(session, wave, Audience.CUSTOMER)


def test_the_token_of_an_open_link_can_be_had_again_with_the_secret_key_only(session):
    wave = scene.open_wave(session)
    link = links.create_open_link(session, wave, Side.INSIDE, secret_key=scene.SECRET_KEY)
    assert links.open_link_token(link, secret_key=scene.SECRET_KEY) == scene.links.open_link_token(
        link, secret_key=scene.SECRET_KEY
    )
    with pytest.raises(LinkUnknown):
        links.find_door(session, links.open_link_token(link, secret_key="another installation's secret key"))


@pytest.mark.parametrize(
    "damage",
    [
        "{}.",
        "<{}>",
        "{},",
        "({}).",
        "3D{}",
        '"{}"',
    ],
)
def test_a_link_survives_what_mail_programs_do_to_it(damage):
    assert links.clean_token(damage.format(TOKEN)) == TOKEN


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        TOKEN[:-1],
        TOKEN + "x",
        TOKEN + "\n",
        TOKEN + "\0",
        "é" + TOKEN[1:],
        TOKEN.replace("x", "/"),
        "../../etc/passwd",
    ],
)
def test_what_is_no_token_is_not_taken_for_one(text):
    assert links.clean_token(text) is None


def test_every_flipped_character_makes_a_token_unknown(session):
    token = scene.open_token(session, scene.open_wave(session), Side.INSIDE)
    for place, character in enumerate(token):
        other = "A" if character != "A" else "B"
        with pytest.raises(LinkUnknown):
            links.find_door(session, token[:place] + other + token[place + 1 :])


def test_a_revoked_link_opens_nothing_and_says_so(session):
    wave = scene.open_wave(session)
    tokens = [
        scene.open_token(session, wave, Side.INSIDE),
        links.create_invitation(session, wave, Audience.STAFF),
    ]
    for table in (OpenLink, Invitation):
        session.query(table).update({"revoked": True})
    for token in tokens:
        with pytest.raises(LinkRevoked):
            links.find_door(session, token)


def test_open_links_lists_the_ones_that_work(session):
    wave = scene.open_wave(session)
    for who in (Audience.PARTNER, Side.INSIDE, Audience.CUSTOMER):
        scene.open_token(session, wave, who)
    session.query(OpenLink).filter_by(audience=Audience.PARTNER).update({"revoked": True})
    assert [(link.side, link.audience) for link in links.open_links(session, wave)] == [
        (Side.INSIDE, None),
        (Side.OUTSIDE, Audience.CUSTOMER),
    ]
