"""A client's leaders: the consultant invites them, and takes their access away."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import MemberInvitation, Membership, Organisation, Role
from cultureassess.services import audit_log, member_invitations, members
from cultureassess.services.member_invitations import Rights
from cultureassess.web import access, database
from cultureassess.web.account.pages import Problem
from cultureassess.web.i18n import gettext
from cultureassess.web.members import invitations

bp = Blueprint("leaders", __name__, url_prefix="/workspace/organisations/<int:organisation_id>/leaders")


@bp.get("")
def overview(organisation_id: int) -> ResponseReturnValue:
    """Who reads the results of a client, and who is invited to."""
    return _page(access.organisation(organisation_id))


@bp.post("")
def invite(organisation_id: int) -> ResponseReturnValue:
    """Invite a leader."""
    organisation = access.organisation(organisation_id)
    name, email = request.form.get("name", ""), request.form.get("email", "")
    try:
        invitations.invite(
            access.with_account(),
            name=name,
            email=email,
            rights=Rights(role=Role.LEADER),
            organisation=organisation,
        )
    except members.MemberRefused as error:
        problem = Problem(error.field, str(error))
        return _page(organisation, name=name, email=email, problems=(problem,)), 422
    database.session().commit()
    return redirect(url_for(".overview", organisation_id=organisation_id), code=303)


@bp.post("/<int:member_id>/remove")
def remove(organisation_id: int, member_id: int) -> ResponseReturnValue:
    """End a leader's access to this client; other clients of theirs stay."""
    organisation = access.organisation(organisation_id)
    held = database.session().get(Membership, (member_id, organisation.id))
    if held is None or held.role is not Role.LEADER:
        abort(404)
    name = held.member.name
    members.revoke(database.session(), held.member, organisation)
    audit_log.record(
        database.session(),
        access.actor(),
        "took a role away",
        now=clock.now(),
        organisation_id=organisation.id,
        kind="member",
        object_id=member_id,
        detail=name,
    )
    database.session().commit()
    flash(gettext("%(name)s cannot read these results any more.", name=name), "success")
    return redirect(url_for(".overview", organisation_id=organisation_id), code=303)


@bp.post("/invitations/<int:invitation_id>/withdraw")
def withdraw(organisation_id: int, invitation_id: int) -> ResponseReturnValue:
    """End the invitation of a leader."""
    organisation = access.organisation(organisation_id)
    found = access.part(MemberInvitation, organisation, invitation_id)
    if found.role is not Role.LEADER:
        abort(404)
    invitations.withdraw(access.actor(), found)
    database.session().commit()
    return redirect(url_for(".overview", organisation_id=organisation_id), code=303)


def _page(
    organisation: Organisation, *, name: str = "", email: str = "", problems: tuple[Problem, ...] = ()
) -> str:
    opened = database.session()
    invited = member_invitations.pending(opened, now=clock.now(), organisation=organisation)
    return render_template(
        "members/leaders.html",
        organisation=organisation,
        leaders=members.leaders(opened, organisation),
        invitations=[one for one in invited if one.role is Role.LEADER],
        name=name,
        email=email,
        problems=problems,
        wrong={problem.name: problem for problem in problems},
    )
