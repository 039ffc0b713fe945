"""The worker's part: take a mail, write it, hand it over, settle it; each step committed on its own."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parseaddr

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess import clock
from cultureassess.config import Settings
from cultureassess.db import sqlite, transaction
from cultureassess.models import Mail
from cultureassess.services import outbox
from cultureassess.services.mail.message import HeaderRefused, Letter, message_id, message_of
from cultureassess.services.mail.pacing import sent_today, take_turn
from cultureassess.services.mail.sealing import open_sealed
from cultureassess.services.mail.server import MailServer, Outcome

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds without attempts after the mail server could not be reached; doubled each time."""

Compose = Callable[[Session, Mail, Settings], Letter | str]
"""Writes an invitee's mail at the moment of sending, or says by a code why it is not needed any more."""


@dataclass
class Postman:
    """One worker's round. ``paused_until`` is a reading of the monotonic clock."""

    engine: sa.Engine
    settings: Settings
    compose: Compose
    server: MailServer
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    paused_until: float = 0.0
    pause: float = FIRST_PAUSE

    def deliver(self, *, until: Callable[[], bool] = lambda: False) -> Counter[str]:
        """Send what is due until nothing is, the mail server is away, or ``until()`` says stop.

        Returns:
            state that was reached -> mails.
        """
        done: Counter[str] = Counter()
        if self._anything_to_do():
            with transaction(self.engine) as session:
                outbox.expire(session, now=clock.now())
        while not until() and time.monotonic() >= self.paused_until and self._anything_to_do():
            reached = self._next()
            if not reached:
                break
            done[reached] += 1
        if not done:
            self.server.close()
        return done

    def _anything_to_do(self) -> bool:
        with sqlite.reading(), transaction(self.engine) as session:
            return outbox.anything_to_do(session, now=clock.now())

    def _next(self) -> str:
        """Deal with one mail; return what became of it, or nothing if none could be taken.

        A reminder to somebody who has answered takes its turn like one that is sent, and counts for the day:
        otherwise the pace of a mailing would tell who has.
        """
        with transaction(self.engine) as session:
            mail = outbox.claim(
                session, worker=self.name, now=clock.now(), urgent_only=self._day_is_full(session)
            )
            if mail is None:
                return ""
            letter = self._letter(session, mail)
            if isinstance(letter, str) and letter != outbox.ANSWERED:
                outbox.settle_dropped(session, mail, letter, today=clock.today())
                return "dropped"
            wait = take_turn(session, now=clock.now(), per_second=self.settings.smtp_per_second)
        time.sleep(wait)
        return self._pass_over(mail) if isinstance(letter, str) else self._send(mail, letter)

    def _pass_over(self, mail: Mail) -> str:
        with transaction(self.engine) as session:
            outbox.settle_dropped(session, mail, outbox.ANSWERED, today=clock.today())
        return "dropped"

    def _day_is_full(self, session: Session) -> bool:
        limit = self.settings.smtp_per_day
        return bool(limit) and sent_today(session, today=clock.today()) >= limit

    def _letter(self, session: Session, mail: Mail) -> Letter | str:
        if mail.sealed is None or mail.address is None:
            return self.compose(session, mail, self.settings)
        text = open_sealed(mail.sealed, secret_key=self.settings.secret_key)
        return "unreadable" if text is None else Letter(mail.address, text.subject, text.body)

    def _send(self, mail: Mail, letter: Letter) -> str:
        number = message_id(mail.id, host=self.settings.host, secret_key=self.settings.secret_key)
        try:
            message = message_of(
                letter, sender=self.settings.smtp_from, message_id=number, now=clock.now()
            ).as_bytes()
        except HeaderRefused:
            return self._settle(mail, Outcome.REFUSED, "malformed")
        sender = parseaddr(self.settings.smtp_from)[1]
        outcome = self.server.send(
            message, sender=sender, recipient=letter.to, may_begin=lambda: self._may_begin(mail)
        )
        self._watch(outcome)
        return self._settle(mail, outcome, "refused")

    def _may_begin(self, mail: Mail) -> bool:
        with transaction(self.engine) as session:
            return outbox.begin_talking(session, mail, now=clock.now())

    def _watch(self, outcome: Outcome) -> None:
        """Leave a mail server that is away alone for a while, instead of trying it with every mail."""
        if outcome is not Outcome.UNREACHABLE:
            self.pause = FIRST_PAUSE
            return
        self.paused_until = time.monotonic() + self.pause
        self.pause = min(2 * self.pause, LONGEST_PAUSE)

    def _settle(self, mail: Mail, outcome: Outcome, reason: str) -> str:
        now = clock.now()
        with transaction(self.engine) as session:
            return _settle(session, mail, outcome, reason, now=now)


def _settle(session: Session, mail: Mail, outcome: Outcome, reason: str, *, now: dt.datetime) -> str:
    today = now.date()
    if outcome is Outcome.SENT:
        outbox.settle_sent(session, mail, today=today)
        return "sent"
    if outcome is Outcome.AMBIGUOUS:
        outbox.settle_unknown(session, mail)
        return "unknown"
    if outcome is Outcome.LATER and outbox.try_later(session, mail, now=now):
        return "put off"
    if outcome in (Outcome.LATER, Outcome.REFUSED):
        outbox.settle_bounced(session, mail, reason, today=today)
        return "bounced"
    if outcome is Outcome.UNREACHABLE:
        outbox.put_back(session, mail, now=now)
    return "put off"
