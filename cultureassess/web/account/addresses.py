"""Proof that a new address is the member's: a signed link, for an hour and for this member alone."""

from __future__ import annotations

from contextlib import suppress

from flask import abort, current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from cultureassess import clock
from cultureassess.models import Member
from cultureassess.services import member_mail
from cultureassess.services.errors import DomainError
from cultureassess.web import database

SECONDS = 3600


def sign(member: Member, email: str) -> str:
    """The token of a link for a member who wants this address."""
    return _serializer().dumps([member.id, member.email, email])


def wanted(member: Member, token: str) -> str:
    """The address that a link is about; 404 if it is not this member's, too old, or used."""
    try:
        number, before, email = _serializer().loads(token, max_age=SECONDS)
    except (BadData, ValueError, TypeError):
        abort(404)
    if (number, before) != (member.id, member.email):
        abort(404)
    return str(email)


def tell_old(email: str) -> None:
    """Tell the old address that it does not sign in any more, where there is a mail server."""
    settings = current_app.extensions["settings"]
    if settings.mails:
        post = member_mail.Post(settings.base_url, settings.secret_key)
        with suppress(DomainError):
            member_mail.tell_address(database.session(), post, email, now=clock.now())


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="new address")
