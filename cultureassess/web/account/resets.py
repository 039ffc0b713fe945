"""Reset links that an administrator makes for somebody."""

from __future__ import annotations

from flask import current_app, url_for
from flask_security.recoverable import generate_reset_password_token

from cultureassess import clock
from cultureassess.models import Member
from cultureassess.services import member_mail
from cultureassess.web import database
from cultureassess.web.account import signals


def send_or_show(member: Member) -> str | None:
    """Mail a member a reset link, or return it where there is no mail server. The caller commits."""
    settings = current_app.extensions["settings"]
    token = generate_reset_password_token(member)  # type: ignore[no-untyped-call]
    link: str = settings.base_url + url_for("security.reset_password", token=token)
    if not settings.mails:
        return link
    post = signals.post(settings)
    member_mail.send_reset_link(database.session(), post, member.email, link, now=clock.now())
    return None
