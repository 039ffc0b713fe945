import datetime as dt

import pytest

from cultureassess.instruments.types import Side
from cultureassess.models import OpenLink
from cultureassess.services import links
from cultureassess.services.access_codes import TRIES, WINDOW, check_access_code, set_access_code
from cultureassess.services.errors import CodeLocked, CodeWrong, LinkUnknown, WaveRefused
from tests import scene

NOW = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


@pytest.fixture
def link(session) -> OpenLink:
    made = links.create_open_link(session, scene.open_wave(session), Side.INSIDE, secret_key=scene.SECRET_KEY)
    set_access_code(made, "Nordlicht 2026")
    session.flush()
    return made


def guess(session, link: OpenLink, code: str, *, after: int = 0) -> None:
    check_access_code(session, link, code, now=NOW + dt.timedelta(seconds=after))
    session.refresh(link)


def fail(session, link: OpenLink, times: int, *, after: int = 0) -> None:
    for _ in range(times):
        with pytest.raises(CodeWrong):
            guess(session, link, "wrong", after=after)
        session.refresh(link)


@pytest.mark.parametrize("typed", ["Nordlicht 2026", "nordlicht2026", " NORDLICHT-2026 ", "ｎordlicht 2026"])
def test_case_blanks_and_hyphens_make_no_difference(session, link, typed):
    guess(session, link, typed)


@pytest.mark.parametrize("typed", ["", "Nordlicht", "Nordlicht 2027", "x" * 100_000])
def test_another_code_is_refused(session, link, typed):
    with pytest.raises(CodeWrong):
        guess(session, link, typed)


def test_the_code_is_stored_as_a_password_hash_only(link):
    assert link.code_hash.startswith("scrypt:")
    assert "nordlicht" not in link.code_hash.casefold()


def test_after_ten_wrong_codes_even_the_right_one_waits(session, link):
    fail(session, link, TRIES)
    with pytest.raises(CodeLocked) as locked:
        guess(session, link, "Nordlicht 2026", after=60)
    assert locked.value.minutes == 14
    guess(session, link, "Nordlicht 2026", after=WINDOW)


def test_wrong_codes_of_the_quarter_before_are_forgotten(session, link):
    fail(session, link, TRIES - 1)
    fail(session, link, 1, after=WINDOW)
    guess(session, link, "Nordlicht 2026", after=WINDOW + 1)
    assert link.wrong_codes == 1


@pytest.mark.parametrize("code", ["", "abc", "- - -", "x" * 65])
def test_a_code_too_short_or_too_long_is_refused(link, code):
    with pytest.raises(WaveRefused):
        set_access_code(link, code)


def test_a_code_can_be_taken_away(session, link):
    set_access_code(link, None)
    session.flush()
    guess(session, link, "anything")


def test_a_short_code_opens_its_link_however_it_is_typed(session, link):
    code = links.short_code(link, secret_key=scene.SECRET_KEY)
    assert len(code) == 9
    misread = code.replace("0", "o").replace("1", "l")
    for typed in (code, code.replace("-", ""), code.lower(), f" {code} ", misread):
        assert links.find_short(session, typed, secret_key=scene.SECRET_KEY) is link


@pytest.mark.parametrize("typed", ["", "0000-0000", "1234567", "123456789", "UUUU-UUUU", "é" * 8, "'; --"])
def test_what_is_no_short_code_opens_nothing(session, link, typed):
    with pytest.raises(LinkUnknown):
        links.find_short(session, typed, secret_key=scene.SECRET_KEY)


def test_the_database_alone_does_not_tell_the_short_code(session, link):
    code = links.short_code(link, secret_key=scene.SECRET_KEY)
    with pytest.raises(LinkUnknown):
        links.find_short(session, code, secret_key="another installation's secret key")
