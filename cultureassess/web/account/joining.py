"""Accepting an invitation to become a member: a name, a password, and one is in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security.utils import hash_password

from cultureassess import clock
from cultureassess.models import Member, MemberInvitation
from cultureassess.services import audit_log, member_invitations, members, passwords
from cultureassess.services.rights import actor_of
from cultureassess.web import database
from cultureassess.web.account import rules
from cultureassess.web.account.pages import Problem, problems_from
from cultureassess.web.i18n import gettext

bp = Blueprint("joining", __name__, url_prefix="/account/invitation")

TOKEN = "member_invitation"  # noqa: S105  (a name, no password)
"""Entry of the cookie that the link is exchanged for, so that it leaves the address bar."""


@dataclass(frozen=True)
class Typed:
    """What somebody entered; empty passwords for a member who has one already."""

    name: str
    email: str
    password: str = ""
    again: str = ""


@bp.get("/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Exchange the link for a cookie. Opening it uses nothing up: mail programs open links as well."""
    session[TOKEN] = token
    return redirect(url_for(".form"), code=303)


@bp.get("")
def form() -> ResponseReturnValue:
    """The form; for a member of another organisation there is nothing to enter."""
    invitation = _current()
    return _page(invitation, Typed(name=invitation.name, email=invitation.email))


@bp.post("")
def accept() -> ResponseReturnValue:
    """Become a member, and go and sign in."""
    invitation = _current()
    name, email, password, again = (
        request.form.get(key, "") for key in ("name", "email", "password", "again")
    )
    typed = Typed(name, invitation.email or email, password, again)
    known = _known(invitation) is not None
    problems = () if known else _problems(invitation, typed)
    if problems:
        return _page(invitation, typed, problems), 422
    _accept(invitation, typed)
    database.session().commit()
    del session[TOKEN]
    flash(gettext("Accepted.") if known else gettext("Your account is ready: sign in with it."), "success")
    return redirect(url_for("security.login"), code=303)


def _current() -> MemberInvitation:
    token = session.get(TOKEN)
    return member_invitations.find(database.session(), str(token or ""), now=clock.now())


def _known(invitation: MemberInvitation) -> Member | None:
    """The member whom the invitation gives more rights, instead of making one."""
    found = members.find_member(database.session(), invitation.email)
    return found if found is not None and found.password is not None else None


def _problems(invitation: MemberInvitation, typed: Typed) -> tuple[Problem, ...]:
    words = [typed.name, typed.email]
    if invitation.organisation is not None:
        words.append(invitation.organisation.name)
    found = {"password": rules.objection(passwords.normalised(typed.password), tuple(words))}
    if typed.password != typed.again:
        found["again"] = "This is not the same as above."
    return problems_from(name=_refused_name(typed), email=_refused_address(typed), **found)


def _refused_name(typed: Typed) -> str | None:
    try:
        members.clean_name(typed.name)
    except members.MemberRefused as error:
        return str(error)
    return None


def _refused_address(typed: Typed) -> str | None:
    """What is wrong with an address that the person entered; one that the invitation names is right."""
    try:
        address = members.clean_address(typed.email)
    except members.MemberRefused as error:
        return str(error)
    taken = members.find_member(database.session(), address)
    return None if taken is None or taken.password is None else "This address has an account already."


def _accept(invitation: MemberInvitation, typed: Typed) -> None:
    hashed = None if _known(invitation) else hash_password(passwords.normalised(typed.password))
    opened, now = database.session(), clock.now()
    member = member_invitations.accept(
        opened, invitation, name=typed.name, email=typed.email, password=hashed, now=now
    )
    audit_log.record(
        opened,
        actor_of(member),
        "accepted an invitation",
        now=now,
        organisation_id=invitation.organisation_id,
        kind="member",
        object_id=member.id,
    )


def _page(invitation: MemberInvitation, typed: Typed, problems: tuple[Problem, ...] = ()) -> str:
    return render_template(
        "account/invitation.html",
        invitation=invitation,
        known=_known(invitation),
        typed=typed,
        problems=problems,
        wrong={problem.name: problem for problem in problems},
    )
