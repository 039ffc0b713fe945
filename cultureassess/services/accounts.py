"""Business accounts as numbers that mean nothing outside one wave (METHOD 4.2)."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.db.conflicts import insert
from cultureassess.models import AccountNumber, Wave

NUMBERS = 2**31
"""Numbers are drawn below this; with 10,000 accounts two meet once in 40 waves, and are drawn again."""


def account_number(session: Session, wave: Wave, name: str) -> str:
    """The number that stands for an account in this wave's responses, drawn at its first answer."""
    known = sa.select(AccountNumber.number).filter_by(wave_id=wave.id, name=name)
    while (number := session.scalar(known)) is None:
        row = insert(session, AccountNumber).values(wave_id=wave.id, name=name, number=random_number())
        session.execute(row.on_conflict_do_nothing())
    return str(number)


def random_number() -> int:
    """A number for an account, or as an example of one."""
    return secrets.randbelow(NUMBERS)


def forget_accounts(session: Session, wave: Wave) -> None:
    """Delete the table that tells which number is which account; at the close."""
    session.execute(sa.delete(AccountNumber).where(AccountNumber.wave_id == wave.id))
