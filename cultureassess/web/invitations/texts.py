"""How a wave writes: texts with preview and test mail, sender, planned reminders, keeping people."""

from __future__ import annotations

import re

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Invitee, MailPlan, Member, RunKind, Wave
from cultureassess.services import inviting, outbox, reminding, stopping, wordings
from cultureassess.services.mail.addresses import AddressRefused, check_address
from cultureassess.services.wordings import Wording, WordingRefused
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.invitations.blueprint import bp, done, note, settings
from cultureassess.web.workspace.sheet import Sheet

KEEP_DAYS = (0, 7, 14, 30, 90)
EXAMPLE_LINK = "x" * 43


@bp.get("/texts")
def texts(wave_id: int) -> ResponseReturnValue:
    """Every text of the wave's mails, and whether it is the wave's own."""
    found = access.wave(wave_id)
    own = {
        (kind, side, language)
        for kind in RunKind
        for side in Side
        for language in found.languages
        if wordings.own_text(database.session(), found, kind, side, language) is not None
    }
    return render_template(
        "invitations/texts.html", wave=found, own=own, kinds=RunKind, sides=_sides(found), kind_name=kind_name
    )


@bp.get("/texts/<kind>/<side>/<language>", endpoint="text")
def show_text(wave_id: int, kind: str, side: str, language: str) -> ResponseReturnValue:
    """One text, and how it reads with an example's values."""
    found = access.wave(wave_id)
    place = _place(found, kind, side, language)
    text = wordings.wording(database.session(), found, *place)
    return _page(found, place, Sheet(shown={"subject": text.subject, "body": text.body}))


@bp.post("/texts/<kind>/<side>/<language>", endpoint="save_text")
def save_text(wave_id: int, kind: str, side: str, language: str) -> ResponseReturnValue:
    """Keep a text, go back to the packaged one, or mail it to oneself."""
    found = access.wave(wave_id)
    place, sheet = _place(found, kind, side, language), Sheet(request.form)
    action = request.form.get("action", "save")
    if action == "reset":
        wordings.set_wording(database.session(), found, *place, None)
        note(found, "reset the text of a mail")
        return done(
            found, gettext("The packaged text is back."), to=".text", kind=kind, side=side, language=language
        )
    try:
        text = wordings.check_wording(Wording(sheet.value("subject"), sheet.value("body")))
        if action == "save":
            wordings.set_wording(database.session(), found, *place, text)
    except WordingRefused as refused:
        sheet.refuse(refused.field, str(refused))
        return _page(found, place, sheet), 422
    if action != "save":
        return _after_trying(found, place, sheet, text, action)
    note(found, "changed the text of a mail", f"{kind}, {side}, {language}")
    return done(found, gettext("The text is kept."), to=".text", kind=kind, side=side, language=language)


def _after_trying(
    wave: Wave, place: tuple[RunKind, Side, str], sheet: Sheet, text: Wording, action: str
) -> ResponseReturnValue:
    """Show how a typed text reads, or mail it to whoever typed it; nothing of it is kept."""
    told = ""
    if action == "test":
        told = _test_mail(_example(wave, place, text))
        database.session().commit()
    return _page(wave, place, sheet, text=text, told=told)


def _test_mail(text: Wording) -> str:
    member_id = access.actor().member_id
    member = None if member_id is None else database.session().get(Member, member_id)
    if member is None or not settings().mails:
        return gettext("No mail was sent: it needs a mail server and an account with an address.")
    minute = int(clock.now().timestamp()) // 60
    outbox.enqueue(
        database.session(),
        to=member.email,
        subject=f"[Test] {text.subject}"[:200],
        body=text.body,
        kind="test",
        key=f"{member.id}:{minute}",
        secret_key=settings().secret_key,
        now=clock.now(),
    )
    return gettext("A test mail is on its way to %(address)s. Its link opens nothing.", address=member.email)


@bp.get("/settings", endpoint="plan")
def show_plan(wave_id: int) -> ResponseReturnValue:
    """The sender, planned reminders, and how long people are kept."""
    found = access.wave(wave_id)
    plan = database.session().get(MailPlan, found.id)
    shown = {
        "sender_name": plan.sender_name if plan else "",
        "reply_to": plan.reply_to if plan else "",
        "remind_after": ", ".join(plan.remind_after) if plan else "",
        "keep_days": str(plan.keep_days if plan else 7),
    }
    return _plan_page(found, Sheet(shown=shown))


@bp.post("/settings", endpoint="save_plan")
def save_plan(wave_id: int) -> ResponseReturnValue:
    """Keep how this wave writes to its people."""
    found = access.wave(wave_id)
    sheet = Sheet(request.form)
    days, reply_to = _days(sheet), _reply_to(sheet)
    name = sheet.text("sender_name")
    keep = sheet.choice("keep_days", [str(days) for days in KEEP_DAYS], missing=gettext("Choose how long."))
    if sheet.errors:
        return _plan_page(found, sheet), 422
    plan = inviting.plan_of_mails(database.session(), found)
    plan.sender_name, plan.reply_to, plan.remind_after, plan.keep_days = name, reply_to, days, int(keep)
    note(found, "changed how mails are sent")
    return done(found, gettext("Kept."), to=".plan")


def _days(sheet: Sheet) -> tuple[str, ...]:
    """Up to three numbers of days after the opening."""
    typed = [part for part in re.split(r"[,;\s]+", sheet.value("remind_after").strip()) if part]
    numbers = sorted({int(part) for part in typed if re.fullmatch(r"[0-9]{1,3}", part, re.ASCII)})
    fits = all(reminding.EARLIEST <= number <= reminding.LATEST for number in numbers)
    if len(numbers) != len(typed) or len(numbers) > reminding.MOST or not fits:
        sheet.refuse(
            "remind_after", gettext("Enter up to three numbers of days from 1 to 180, for example 7, 14.")
        )
    return tuple(str(number) for number in numbers)


def _reply_to(sheet: Sheet) -> str:
    typed = sheet.text("reply_to")
    try:
        return check_address(typed) if typed else ""
    except AddressRefused as refused:
        sheet.refuse("reply_to", str(refused))
        return ""


def _place(wave: Wave, kind: str, side: str, language: str) -> tuple[RunKind, Side, str]:
    """The text that an address names; 404 for one that this wave has not."""
    kinds, sides = {one.value: one for one in RunKind}, {one.value: one for one in _sides(wave)}
    if kind not in kinds or side not in sides or language not in wave.languages:
        abort(404)
    return kinds[kind], sides[side], language


def _sides(wave: Wave) -> list[Side]:
    return [side for side in Side if any(audience.side is side for audience in wave.audiences)]


def _page(
    wave: Wave, place: tuple[RunKind, Side, str], sheet: Sheet, *, text: Wording | None = None, told: str = ""
) -> str:
    kind, side, language = place
    shown = text or wordings.wording(database.session(), wave, *place)
    return render_template(
        "invitations/text.html",
        wave=wave,
        kind=kind,
        side=side,
        language_code=language,
        sheet=sheet,
        own=wordings.own_text(database.session(), wave, *place) is not None,
        places=wordings.PLACES,
        example=_example(wave, place, shown),
        told=told,
        kind_name=kind_name,
    )


def _example(wave: Wave, place: tuple[RunKind, Side, str], text: Wording) -> Wording:
    """The text with the values of somebody who does not exist."""
    _, side, language = place
    audience = Audience.STAFF if side is Side.INSIDE else Audience.CUSTOMER
    nobody = Invitee(id=0, audience=audience, name="Kim Example", language=language)
    base, key = settings().base_url, settings().secret_key
    stop = f"{base}/stop/{stopping.stop_code(0, secret_key=key)}"
    link = f"{base}/s/{EXAMPLE_LINK}"
    values = wordings.values_for(wave, nobody, link=link, stop=stop, contact=settings().contact)
    return wordings.filled(text, values)


def _plan_page(wave: Wave, sheet: Sheet) -> str:
    return render_template(
        "invitations/settings.html", wave=wave, sheet=sheet, keep_days=KEEP_DAYS, sender=settings().smtp_from
    )


def kind_name(kind: RunKind) -> str:
    """What a kind of mail is called."""
    return gettext("Invitation") if kind is RunKind.INVITATION else gettext("Reminder")
