"""Sending an invitation, or showing its link once where there is no mail server."""

from __future__ import annotations

from flask import current_app, flash, url_for

from cultureassess import clock
from cultureassess.models import MemberInvitation, Organisation
from cultureassess.services import audit_log, member_invitations, member_mail
from cultureassess.services.member_invitations import Rights
from cultureassess.services.rights import Actor
from cultureassess.web import database
from cultureassess.web.account import signals
from cultureassess.web.i18n import gettext

LINK = "link"
"""Category of a message that is a link to pass on; the page shows it apart, and once."""


def invite(
    actor: Actor, *, name: str, email: str, rights: Rights, organisation: Organisation | None = None
) -> MemberInvitation:
    """Invite somebody and say what happens next. The caller commits.

    Raises:
        cultureassess.services.members.MemberRefused: nobody can be invited so.
    """
    opened, now = database.session(), clock.now()
    found, token = member_invitations.invite(
        opened, name=name, email=email, rights=rights, organisation=organisation, now=now
    )
    _note(actor, "invited a member", found)
    _pass_on(actor, found, token)
    return found


def withdraw(actor: Actor, invitation: MemberInvitation) -> None:
    """End an invitation. The caller commits."""
    member_invitations.withdraw(database.session(), invitation, now=clock.now())
    _note(actor, "withdrew an invitation", invitation)
    flash(gettext("The invitation of %(email)s is withdrawn.", email=invitation.email), "success")


def _pass_on(actor: Actor, invitation: MemberInvitation, token: str) -> None:
    settings = current_app.extensions["settings"]
    link = settings.base_url + url_for("joining.enter", token=token)
    if settings.mails:
        post = signals.post(settings)
        member_mail.send_invitation(
            database.session(), post, invitation, link, by=actor.name, now=clock.now()
        )
        flash(gettext("An invitation is on its way to %(email)s.", email=invitation.email), "success")
    else:
        flash(link, LINK)


def _note(actor: Actor, action: str, invitation: MemberInvitation) -> None:
    audit_log.record(
        database.session(),
        actor,
        action,
        now=clock.now(),
        organisation_id=invitation.organisation_id,
        kind="invitation",
        object_id=invitation.id,
        detail=f"{invitation.email}: {what(invitation)}",
    )


def what(invitation: MemberInvitation) -> str:
    """What somebody is invited to be."""
    if invitation.role is not None:
        return str(invitation.role.value)
    return "administrator" if invitation.administrator else "consultant"
