"""Which member this browser is signed in as, looked up anew at every request."""

from __future__ import annotations

import datetime as dt

from flask import g, session
from sqlalchemy.exc import OperationalError

from cultureassess import clock
from cultureassess.models import Member, MemberSession
from cultureassess.services import member_sessions
from cultureassess.web import database

TOKEN = "sid"  # noqa: S105  (a name, no password)
"""Entry of the signed cookie that holds the secret of the server's session."""


def member() -> Member | None:
    """The member who is signed in here and still may be; None otherwise."""
    if "presence" not in g:
        g.presence = _find()
    found: MemberSession | None = g.presence
    return None if found is None else found.member


def begin(who: Member) -> None:
    """Sign a member in: a new secret in a new cookie, so that an old one is worth nothing."""
    kept = {name: session[name] for name in ("_user_id", "_fresh") if name in session}
    session.clear()
    g.pop("csrf_token", None)
    session.update(kept)
    session[TOKEN] = member_sessions.start(database.session(), who, now=clock.now())
    g.pop("presence", None)
    g.pop("actor", None)


def end() -> None:
    """Sign out here, in this cookie and on the server."""
    if secret := session.pop(TOKEN, None):
        member_sessions.end(database.session(), secret)
    g.pop("presence", None)
    g.pop("actor", None)


def token() -> str | None:
    """The secret of this browser's session."""
    found: str | None = session.get(TOKEN)
    return found


def number() -> int | None:
    """What the account page calls this browser's session; None where nobody is signed in."""
    found = None if member() is None else g.presence
    return None if found is None else int(found.number)


def _find() -> MemberSession | None:
    secret = session.get(TOKEN)
    if not isinstance(secret, str):
        return None
    now = clock.now()
    found = member_sessions.find(database.session(), secret, now=now)
    if found is not None and member_sessions.is_stale(found, now=now):
        _touch(found, now)
    return found


def _touch(found: MemberSession, now: dt.datetime) -> None:
    """Note the visit. Nothing was written before: this is the first thing that a request does.

    What was read is committed first, because a transaction that has read cannot always begin to write. A
    database that is busy may miss the note: the page must not fail for it.
    """
    opened = database.session()
    opened.commit()
    try:
        member_sessions.touch(opened, found, now=now)
        opened.commit()
    except OperationalError:
        opened.rollback()
