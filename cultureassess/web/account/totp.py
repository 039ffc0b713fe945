"""One-time codes of authenticator apps: each works once, and the picture comes from segno."""

from __future__ import annotations

import sqlalchemy as sa
from flask_security import Totp
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch

from cultureassess.models import Member
from cultureassess.web import database, qr

WINDOW = 30
"""Seconds that a clock may be wrong: one code before and one after the present one."""


class OneTimeCodes(Totp):
    """The library's codes, with a memory for the last one used (RELIABILITY section 6, 6.5.1)."""

    def get_last_counter(self, user: Member) -> int | None:  # type: ignore[override]
        """The time step of the last code that was taken."""
        return user.tf_counter

    def set_last_counter(self, user: Member, tmatch: TotpMatch) -> None:  # type: ignore[override]
        """Note a code as used, in one statement: of two requests at once the second is refused.

        Raises:
            UsedTokenError: this code or a later one was used already.
        """
        newer = sa.or_(Member.tf_counter.is_(None), Member.tf_counter < tmatch.counter)
        used = sa.update(Member).where(Member.id == user.id, newer).values(tf_counter=tmatch.counter)
        if database.session().scalar(used.returning(Member.id)) is None:
            raise UsedTokenError(expire_time=tmatch.expire_time)

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The set-up link as an SVG element. It never leaves this page, so it is drawn in place."""
        return qr.svg(self.get_totp_uri(username, totp))
