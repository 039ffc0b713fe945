"""The access code of an open link: set, checked, and protected against guessing.

A poster in a public place may carry a link that only colleagues should use; they are told a code apart
from it. Ten wrong codes within a quarter of an hour make the link wait until the quarter is over.
"""

from __future__ import annotations

import datetime as dt
import math

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from cultureassess.models import OpenLink
from cultureassess.services import typed
from cultureassess.services.errors import CodeLocked, CodeWrong, WaveRefused

SHORTEST, LONGEST = 4, 64
TRIES = 10
WINDOW = 15 * 60
"""Seconds in which at most ``TRIES`` wrong codes are taken at one link."""


def set_access_code(link: OpenLink, code: str | None) -> None:
    """Give an open link an access code, or take it away; only a password hash (scrypt) is stored.

    Raises:
        WaveRefused: shorter than ``SHORTEST`` or longer than ``LONGEST`` characters, blanks and hyphens
            not counted.
    """
    if code is None:
        link.code_hash = None
        return
    plain = _plain(code)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise WaveRefused(f"An access code has {SHORTEST} to {LONGEST} letters or digits.")
    link.code_hash = generate_password_hash(plain)


def check_access_code(session: Session, link: OpenLink, code: str, *, now: dt.datetime) -> None:
    """See that the code is the link's. A wrong one is counted: the caller commits either way.

    Args:
        now: timezone-aware.

    Raises:
        CodeWrong: it is another one.
        CodeLocked: too many wrong ones of late; the code was not looked at.
    """
    second = int(now.timestamp())
    if link.wrong_codes >= TRIES and second < link.wrong_since + WINDOW:
        raise CodeLocked(math.ceil((link.wrong_since + WINDOW - second) / 60))
    plain = _plain(code)
    known = link.code_hash is None or (len(plain) <= LONGEST and check_password_hash(link.code_hash, plain))
    if not known:
        _count(session, link, second)
        raise CodeWrong


def _count(session: Session, link: OpenLink, second: int) -> None:
    """One more wrong code, or the first of a new window; in one statement, so that none is missed."""
    recent = OpenLink.wrong_since > second - WINDOW
    counted = sa.update(OpenLink).where(OpenLink.id == link.id)
    session.execute(
        counted.values(
            wrong_codes=sa.case((recent, OpenLink.wrong_codes + 1), else_=1),
            wrong_since=sa.case((recent, OpenLink.wrong_since), else_=second),
        )
    )


def _plain(code: str) -> str:
    """The code as it is compared: in any case, otherwise as :func:`cultureassess.services.typed.code`."""
    return typed.code(code).casefold()
