"""The administrator's pages: who may sign in, and what each may do."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import Member, Organisation, Role
from cultureassess.services import audit_log, mails_in_doubt, member_invitations, members
from cultureassess.services.rights import Actor, Capability
from cultureassess.web import access, database
from cultureassess.web.account import resets
from cultureassess.web.i18n import gettext
from cultureassess.web.members import forms, invitations

bp = Blueprint("members", __name__, url_prefix="/members")


@bp.get("")
def overview() -> ResponseReturnValue:
    """Everybody who may sign in, and who is invited."""
    access.administrator()
    return render_template(
        "members/overview.html",
        members=members.members(database.session()),
        invitations=member_invitations.pending(database.session(), now=clock.now()),
        what=invitations.what,
        in_doubt=sum(mails_in_doubt.numbers(database.session()).values()),
    )


@bp.route("/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """Invite somebody: to administer, to consult, or into one organisation."""
    actor = access.fresh_administrator()
    organisations = access.organisations(Capability.READ_RESULTS)
    form = forms.InviteForm.typed(request.form, organisations)
    if request.method == "GET" or not form.valid:
        return _invite_page(form)
    try:
        invitations.invite(
            actor, name=form.name, email=form.email, rights=form.rights, organisation=form.organisation
        )
    except members.MemberRefused as error:
        return _invite_page(form.refused(error))
    database.session().commit()
    return redirect(url_for(".overview"), code=303)


@bp.post("/invitations/<int:invitation_id>/withdraw")
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """End an invitation."""
    actor = access.administrator()
    invitations.withdraw(actor, access.member_invitation(invitation_id))
    database.session().commit()
    return redirect(url_for(".overview"), code=303)


@bp.get("/<int:member_id>")
def member(member_id: int) -> ResponseReturnValue:
    """One member: rights, roles, sessions."""
    found = access.any_member(member_id)
    held = {membership.organisation_id for membership in found.memberships}
    free = [one for one in access.organisations(Capability.READ_RESULTS) if one.id not in held]
    mails = current_app.extensions["settings"].mails
    return render_template("members/member.html", member=found, free=free, roles=list(Role), mails=mails)


@bp.post("/<int:member_id>/rights")
def set_rights(member_id: int) -> ResponseReturnValue:
    """Decide what a member is in the whole installation."""
    found = access.any_member(member_id, fresh=True)
    administrator, consultant = "administrator" in request.form, "consultant" in request.form
    members.set_rights(database.session(), found, administrator=administrator, consultant=consultant)
    words = [word for word, is_so in (("administrator", administrator), ("consultant", consultant)) if is_so]
    return _done(found, "changed rights", " and ".join(words) or "none in the installation")


@bp.post("/<int:member_id>/roles")
def grant(member_id: int) -> ResponseReturnValue:
    """Give a member a role in an organisation."""
    found = access.any_member(member_id, fresh=True)
    organisation = access.organisation(forms.number(request.form.get("organisation")))
    role = forms.role(request.form.get("role"))
    members.grant(database.session(), found, organisation, role)
    return _done(found, "gave a role", role.value, organisation)


@bp.post("/<int:member_id>/roles/<int:organisation_id>/remove")
def revoke(member_id: int, organisation_id: int) -> ResponseReturnValue:
    """Take a member's role in an organisation away."""
    found = access.any_member(member_id, fresh=True)
    organisation = access.organisation(organisation_id)
    members.revoke(database.session(), found, organisation)
    return _done(found, "took a role away", "", organisation)


@bp.post("/<int:member_id>/deactivate")
def deactivate(member_id: int) -> ResponseReturnValue:
    """End a member's access, at once."""
    found = access.any_member(member_id, fresh=True)
    members.deactivate(database.session(), found)
    return _done(found, "deactivated a member")


@bp.post("/<int:member_id>/activate")
def activate(member_id: int) -> ResponseReturnValue:
    """Let a member sign in again."""
    found = access.any_member(member_id, fresh=True)
    members.activate(database.session(), found)
    return _done(found, "activated a member")


@bp.post("/<int:member_id>/sessions/end")
def end_sessions(member_id: int) -> ResponseReturnValue:
    """Sign a member out everywhere."""
    found = access.any_member(member_id, fresh=True)
    members.forget_sessions(database.session(), found)
    return _done(found, "signed a member out everywhere")


@bp.post("/<int:member_id>/authenticator/forget")
def forget_authenticator(member_id: int) -> ResponseReturnValue:
    """For a member who has lost the app and the recovery codes."""
    found = access.any_member(member_id, fresh=True)
    members.reset_second_factor(database.session(), found)
    return _done(found, "removed an authenticator app")


@bp.post("/<int:member_id>/reset-link")
def reset_link(member_id: int) -> ResponseReturnValue:
    """Make a link by which a member chooses a new password: mailed, or shown once without a mail server."""
    found = access.any_member(member_id, fresh=True)
    if link := resets.send_or_show(found):
        flash(link, invitations.LINK)
    return _done(found, "made a reset link")


def _done(
    found: Member, action: str, detail: str = "", organisation: Organisation | None = None
) -> ResponseReturnValue:
    """Note what was done, keep it, and go back to the member."""
    actor: Actor = access.actor()
    audit_log.record(
        database.session(),
        actor,
        action,
        now=clock.now(),
        organisation_id=None if organisation is None else organisation.id,
        kind="member",
        object_id=found.id,
        detail=": ".join(filter(None, (found.name, detail))),
    )
    database.session().commit()
    flash(gettext("Done: %(what)s.", what=action), "success")
    return redirect(url_for(".member", member_id=found.id), code=303)


def _invite_page(form: forms.InviteForm) -> ResponseReturnValue:
    shown = render_template("members/invite.html", form=form)
    return shown, 422 if request.method == "POST" else 200
