"""Where names and addresses stand, and that they stand nowhere else (RELIABILITY R4, R11, T.6)."""

from __future__ import annotations

import re

import sqlalchemy as sa

from cultureassess.models import Invitee, Mail, MailRun, MailState, RateCount, RunKind
from cultureassess.services.outbox import LAST
from cultureassess.services.privacy_audit.finding import ENDED, Scope

HASH_BYTES = 32
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_NETWORK = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b")
_FOR_ADDRESSES = frozenset(
    {("invitee", "address"), ("invitee", "folded"), ("mail", "address"), ("mail_plan", "reply_to")}
    | {("member", "email"), ("member_invitation", "email"), ("organisation", "contact")}
    | {("consultancy", "contact")}
)
_OWN_WORDS = frozenset(
    {("comment", "text"), ("intake_comment", "text"), ("comment_screening", "masked")}
    | {("mail_text", "body"), ("mail_text", "subject"), ("consultant_note", "text")}
    | {("presentation", "signature"), ("wave_audience", "definition")}
)
"""What respondents wrote, and what staff wrote for others to read: an address of theirs, perhaps."""


def cut_people(scope: Scope) -> tuple[bool, str]:
    """The close forgets which link was whose, so that nobody can tell any more who has answered."""
    waves = scope.ids(*ENDED)
    joined = sa.select(sa.func.count()).select_from(Invitee)
    found = scope.count(joined.where(Invitee.wave_id.in_(waves), Invitee.invitation_id.is_not(None)))
    return (
        not found,
        f"{found} people still lead to their links" if found else f"in {len(waves)} closed waves",
    )


def no_settled_mail(scope: Scope) -> tuple[bool, str]:
    """A mail that is sent, bounced or dropped has no text, and no address unless the address was wrong; of a
    reminder nothing is left, because only those got one who had not answered."""
    settled = sa.select(sa.func.count()).select_from(Mail).where(Mail.state.in_(LAST))
    reminders = sa.select(MailRun.id).where(MailRun.kind == RunKind.REMINDER)
    left = {
        "texts": settled.where(Mail.sealed.is_not(None)),
        "addresses": settled.where(Mail.address.is_not(None), Mail.state != MailState.BOUNCED),
        "reminders": settled.where(Mail.run_id.in_(reminders)),
    }
    found = [f"{number} {what}" for what, wanted in left.items() if (number := scope.count(wanted))]
    return not found, ", ".join(found) or f"{scope.count(settled)} settled mails"


def no_address_elsewhere(scope: Scope) -> tuple[bool, str]:
    """E-mail addresses stand where they are needed, network addresses nowhere."""
    found, searched = [], 0
    for table in scope.inspector.get_table_names():
        for column in scope.inspector.get_columns(table):
            place = table, column["name"]
            if not isinstance(column["type"], sa.String) or place in _OWN_WORDS:
                continue
            searched += 1
            texts = _texts(scope, *place)
            if place not in _FOR_ADDRESSES and any(_MAIL.search(text) for text in texts):
                found.append(f"{table}.{column['name']} holds an e-mail address")
            if any(_NETWORK.search(text) for text in texts):
                found.append(f"{table}.{column['name']} holds a network address")
    return not found, "; ".join(found) or f"{searched} text columns searched"


def _texts(scope: Scope, table: str, name: str) -> list[str]:
    likely = " OR ".join(f"replace(\"{name}\", '{mark}', '') <> \"{name}\"" for mark in "@.:")
    return scope.values(table, name, likely)


def hashed_counts(scope: Scope) -> tuple[bool, str]:
    """Attempts are counted under keyed hashes."""
    keys = scope.session.scalars(sa.select(RateCount.key)).all()
    wrong = sum(len(bytes(key)) != HASH_BYTES for key in keys)
    return not wrong, f"{wrong} keys are no hashes" if wrong else f"{len(keys)} counts"
