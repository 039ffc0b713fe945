"""What follows when somebody signs in or out, or changes how: the server's session, the audit log, a mail."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Flask, Response, after_this_request, current_app, url_for
from flask_login import user_logged_in, user_logged_out
from flask_security import (
    password_changed,
    password_reset,
    reset_password_instructions_sent,
    tf_disabled,
    tf_profile_changed,
)

from cultureassess import clock
from cultureassess.config import Settings
from cultureassess.db import transaction
from cultureassess.models import Member
from cultureassess.services import audit_log, member_mail, member_sessions
from cultureassess.services.errors import DomainError
from cultureassess.services.member_mail import Post
from cultureassess.services.rights import actor_of
from cultureassess.web import database
from cultureassess.web.account import guards, presence


def connect(app: Flask) -> None:
    """Listen to the library."""
    user_logged_in.connect(signed_in, app)
    user_logged_out.connect(signed_out, app)
    password_changed.connect(changed_password, app)
    password_reset.connect(chose_new_password, app)
    reset_password_instructions_sent.connect(asked_for_reset, app)
    tf_profile_changed.connect(set_up_authenticator, app)
    tf_disabled.connect(gave_up_authenticator, app)


def signed_in(_app: Flask, user: Member, **_more: Any) -> None:  # noqa: ANN401
    """Begin the server's session. The library commits."""
    presence.begin(user)
    guards.forgive_sign_in(user)
    note(user, "signed in")


def signed_out(_app: Flask, user: Member, **_more: Any) -> None:  # noqa: ANN401
    """End the server's session."""
    presence.end()
    if isinstance(user, Member):
        note(user, "signed out")
    database.session().commit()


def changed_password(_app: Flask, user: Member, **_more: Any) -> None:  # noqa: ANN401
    """Every other browser is signed out, and the member is told."""
    member_sessions.end_all(database.session(), user, but=presence.token())
    note(user, "changed the password")
    tell(user, "Your password was changed.")


def chose_new_password(_app: Flask, user: Member, **_more: Any) -> None:  # noqa: ANN401
    """Every browser is signed out, and the member is told."""
    member_sessions.end_all(database.session(), user)
    note(user, "chose a new password by a reset link")
    tell(user, "A new password was chosen by a link that was sent to you.")


def set_up_authenticator(_app: Flask, user: Member, **_more: Any) -> None:  # noqa: ANN401
    """Codes of an older app are worth nothing now, and the member is told."""
    note(user, "set up an authenticator app")
    tell(user, "An authenticator app was set up for signing in.")


def gave_up_authenticator(_app: Flask, user: Member, **_more: Any) -> None:  # noqa: ANN401
    """The recovery codes go with the app, and the member is told."""
    user.mf_recovery_codes = ()
    note(user, "gave up the authenticator app")
    tell(user, "Signing in asks for your password alone from now on.")


def asked_for_reset(app: Flask, user: Member, reset_token: str, **_more: Any) -> None:  # noqa: ANN401
    """Send the link, once the answer is on its way: it takes as long for an address that nobody has."""
    settings: Settings = app.extensions["settings"]
    if not settings.mails:
        return
    link = settings.base_url + url_for("security.reset_password", token=reset_token)
    engine, email, now = database.engine(), user.email, clock.now()

    def send() -> None:
        with suppress(DomainError), transaction(engine) as apart:
            member_mail.send_reset_link(apart, post(settings), email, link, now=now)

    @after_this_request
    def later(response: Response) -> Response:
        response.call_on_close(send)
        return response


def note(member: Member, action: str) -> None:
    """Note in the audit log what a member did with the own account."""
    actor = actor_of(member)
    audit_log.record(database.session(), actor, action, now=clock.now(), kind="member", object_id=member.id)


def tell(member: Member, what: str) -> None:
    """Write to a member about a change of the account, where there is a mail server."""
    settings: Settings = current_app.extensions["settings"]
    if settings.mails:
        member_mail.tell(database.session(), post(settings), member, what, now=clock.now())


def post(settings: Settings) -> Post:
    """What the mails need to know of the settings."""
    return Post(settings.base_url, settings.secret_key)
