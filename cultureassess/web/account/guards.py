"""What happens before a page of the account: limits on guessing, and who must have an authenticator app."""

from __future__ import annotations

from flask import Flask, abort, current_app, redirect, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.models import Member, Role
from cultureassess.services import members, rates
from cultureassess.services.rates import Rule, TooOften
from cultureassess.web import database
from cultureassess.web.account import presence

BLUEPRINTS = ("security", "account", "joining")
"""What the demo does not have: in it nobody signs in."""

UNUSED = ("security.two_factor_rescue", "security.tf_select")
"""Pages of the library for ways to sign in that we do not offer."""

HALFWAY = ("security.two_factor_token_validation", "security.mf_recovery")
"""Pages between the password and being in; the library would sign out whoever opens them later."""


def init_app(app: Flask) -> None:
    """Look at every request to the account's pages before the library does."""
    app.before_request(_guard)


def needs_second_factor(member: Member | None) -> bool:
    """Whether this member must use an authenticator app here (setting REQUIRE_TOTP)."""
    if member is None:
        return False
    duty = current_app.extensions["settings"].totp_duty
    runs = any(held.role is Role.CONSULTANT for held in member.memberships)
    return duty == "all" or (duty == "consultants" and (member.administrator or member.consultant or runs))


def lacks_second_factor(member: Member) -> bool:
    """Whether this member must set up an authenticator app before going on."""
    return member.tf_totp_secret is None and needs_second_factor(member)


def spend(rule: Rule, *names: str, address: bool = False) -> None:
    """Count one try of something, in a transaction of its own; 429 if there were too many.

    To be called before the request has written anything.

    Args:
        names: what is counted: an e-mail address, a member's number.
        address: count for the network address that asks, instead.
    """
    now = clock.now()
    database.session().commit()  # it has only read; SQLite counts once its lock is free
    with transaction(database.engine()) as apart:
        key = _address(apart) if address else _key(*names)
        try:
            rates.count(apart, rule, key, now=now)
        except TooOften as error:
            late: TooOften | None = error
        else:
            late = None
    if late is not None:
        raise TooManyRequests(str(late), retry_after=late.seconds)


def forgive_sign_in(member: Member) -> None:
    """A right password is no guess: take the try back, in this request's own transaction."""
    rates.forgive(database.session(), rates.SIGN_IN, _key(member.email))
    rates.forgive(database.session(), rates.SIGN_IN_ADDRESS, _address(database.session()))


def _guard() -> None:
    if request.blueprint not in BLUEPRINTS:
        return
    if current_app.config["DEMO"]:
        abort(404)
    if request.endpoint in UNUSED:
        abort(404)
    if request.is_json:
        abort(415)
    if request.endpoint in HALFWAY and presence.member() is not None:
        abort(redirect(url_for("account.start"), code=303))
    if request.method == "POST":
        _limit()


def _limit() -> None:
    """Count guesses at passwords and codes, and requests for mails."""
    endpoint = request.endpoint
    if endpoint == "security.login":
        spend(rates.SIGN_IN_ADDRESS, address=True)
        spend(rates.SIGN_IN, members.folded(request.form.get("email", "")[:300]))
    elif endpoint in HALFWAY and "tf_user_id" in session:
        spend(rates.SIGN_IN, f"code {session.get('tf_user_id')}")
    elif endpoint == "security.forgot_password":
        spend(rates.RESET_ADDRESS, address=True)
        spend(rates.RESET, members.folded(request.form.get("email", "")[:300]))
    elif endpoint in ("security.verify", "security.change_password"):
        member = presence.member()
        if member is not None:
            spend(rates.SIGN_IN, f"again {member.id}")


def _key(*names: str) -> bytes:
    return rates.key_of(" ".join(names), secret_key=current_app.config["SECRET_KEY"])


def _address(apart: Session) -> bytes:
    return rates.address_key(apart, request.remote_addr or "", today=clock.today())
