"""One's own account: where one is signed in, what one may do, the name and the address."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import Member
from cultureassess.services import member_mail, member_sessions, members
from cultureassess.services.rights import Capability
from cultureassess.web import access, database
from cultureassess.web.account import addresses, guards, presence, signals
from cultureassess.web.account.pages import problems_from
from cultureassess.web.i18n import gettext

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("/start")
def start() -> ResponseReturnValue:
    """Where signing in leads: the workspace, or for leaders the results that they may read."""
    actor = access.actor()
    if actor.runs_waves:
        return redirect(url_for("workspace.organisations"), code=303)
    found = access.released_waves()
    if len(found) == 1:
        return redirect(url_for("results.wave", wave_id=found[0].id), code=303)
    return render_template("account/start.html", waves=found)


@bp.get("")
def overview() -> ResponseReturnValue:
    """The member's own account."""
    member = access.member()
    sessions = member_sessions.of_member(database.session(), member, now=clock.now())
    return _overview(member, sessions=sessions)


@bp.post("/name")
def rename() -> ResponseReturnValue:
    """Change the own name."""
    member = access.member()
    try:
        members.change_name(database.session(), member, request.form.get("name", ""))
    except members.MemberRefused as error:
        sessions = member_sessions.of_member(database.session(), member, now=clock.now())
        return _overview(member, problems=problems_from(name=str(error)), sessions=sessions), 422
    signals.note(member, "changed the name")
    database.session().commit()
    flash(gettext("Your name is changed."), "success")
    return redirect(url_for(".overview"), code=303)


@bp.post("/sessions/<int:number>/end")
def end_session(number: int) -> ResponseReturnValue:
    """Sign another browser out."""
    member = access.member()
    member_sessions.end_number(database.session(), member, number)
    signals.note(member, "signed another browser out")
    database.session().commit()
    flash(gettext("That browser is signed out."), "success")
    return redirect(url_for(".overview"), code=303)


@bp.post("/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    """Sign every other browser out."""
    member = access.member()
    member_sessions.end_all(database.session(), member, but=presence.token())
    signals.note(member, "signed all other browsers out")
    database.session().commit()
    flash(gettext("All other browsers are signed out."), "success")
    return redirect(url_for(".overview"), code=303)


@bp.route("/address", methods=["GET", "POST"])
def address() -> ResponseReturnValue:
    """Ask for another address to sign in with: a link is sent to it."""
    member = access.fresh_member()
    if request.method == "GET":
        return render_template("account/address.html", member=member, typed="", problems=())
    typed = request.form.get("email", "")
    try:
        wanted = members.clean_address(typed)
    except members.MemberRefused as error:
        problems = problems_from(email=str(error))
        return render_template("account/address.html", member=member, typed=typed, problems=problems), 422
    return _ask_for_address(member, wanted)


@bp.get("/address/<token>")
def confirm_address(token: str) -> ResponseReturnValue:
    """The page behind that link: nothing changes before the button is pressed."""
    member = access.member()
    wanted = addresses.wanted(member, token)
    return render_template("account/confirm_address.html", wanted=wanted, token=token)


@bp.post("/address/<token>")
def change_address(token: str) -> ResponseReturnValue:
    """Sign in with the new address from now on."""
    member = access.member()
    before = member.email
    members.change_address(database.session(), member, addresses.wanted(member, token))
    signals.note(member, "changed the address")
    addresses.tell_old(before)
    database.session().commit()
    flash(gettext("You sign in with %(email)s from now on.", email=member.email), "success")
    return redirect(url_for(".overview"), code=303)


def _ask_for_address(member: Member, wanted: str) -> ResponseReturnValue:
    """Send the link, unless somebody else has the address: the page says the same either way."""
    settings = current_app.extensions["settings"]
    if members.find_member(database.session(), wanted) is None and settings.mails:
        link = settings.base_url + url_for(".confirm_address", token=addresses.sign(member, wanted))
        post = signals.post(settings)
        member_mail.send_address_link(database.session(), post, wanted, link, now=clock.now())
        database.session().commit()
    flash(gettext("If %(email)s is free, a link is on its way there.", email=wanted), "info")
    return redirect(url_for(".overview"), code=303)


def _overview(member: Member, **context: object) -> str:
    return render_template(
        "account/overview.html",
        member=member,
        here=presence.number(),
        duty=guards.needs_second_factor(member),
        mails=current_app.extensions["settings"].mails,
        administers=access.actor().may(Capability.ADMINISTER),
        **{"problems": (), **context},
    )
