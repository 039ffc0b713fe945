"""What somebody reads who opens a link of a closed wave: what was said, expected, and is done now."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from cultureassess.models import State
from cultureassess.report.languages import words_in
from cultureassess.report.words import Words
from cultureassess.services import links
from cultureassess.services.actions.closing_loop import what_was_heard
from cultureassess.services.closing import read_snapshot
from cultureassess.services.errors import DomainError
from cultureassess.snapshot.types import Share, Snapshot
from cultureassess.web import database
from cultureassess.web.survey.blueprint import bp as survey
from cultureassess.web.survey.visit import Visit

ENTRANCES = ("survey.enter", "survey.enter_short")

OVERALL = "OV1"
"""The question whose answer the page tells; another one would need other words."""


PERCENT = 50
"""Answers from which a share is told in percent; below, as a count."""


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fixed words of the page in one language; ``{...}`` are filled in.

    ``few`` and ``many`` name those who said yes, as the ``{who}`` of ``share``.
    """

    title: str
    heard: str
    expected: str
    doing: str
    answered: str
    few: str
    many: str
    share: str
    forecast: str
    note: str


@cache
def said() -> dict[str, Said]:
    """Language to words."""
    return msgspec.toml.decode((Path(__file__).parent / "heard.toml").read_bytes(), type=dict[str, Said])


@survey.before_request
def show_what_was_heard() -> ResponseReturnValue | None:
    """Answer a link of a closed wave with what was approved for it; None goes on as ever.

    Nothing is stored, no link is used up. A link that does not work is left to the entrance.
    """
    if request.endpoint not in ENTRANCES or request.method not in ("GET", "HEAD"):
        return None
    door = _door(request.view_args or {})
    if door is None or door.wave.state not in (State.CLOSED, State.REPORTED):
        return None
    visit = Visit(door, links.new_token())
    visit.speak()
    text = what_was_heard(database.session(), door.wave, visit.language)
    if text is None:
        return None
    return render_template(
        "actions/heard.html",
        visit=visit,
        text=text,
        said=words(visit.language),
        facts=facts(read_snapshot(database.session(), door.wave), visit.language),
        closed_door=True,
    )


def words(language: str) -> Said:
    """The page's own words; English where a language has none."""
    return said().get(language) or said()["en"]


def facts(snapshot: Snapshot, language: str) -> tuple[str, ...]:
    """What the snapshot says in up to three sentences; what it withholds is not told, nor what follows."""
    fixed, printed = words(language), words_in(language)
    customers = next((row for row in snapshot.coverage if row.audience == "customer"), None)
    if customers is None or customers.answered is None:
        return ()
    answered = fixed.answered.format(n=printed.number(customers.answered))
    who = _who(snapshot.headline.groups.get("customer"), fixed, printed)
    if snapshot.headline.outcome != OVERALL or who is None:
        return (answered,)
    said_yes = fixed.share.replace("{who}", who).replace("{ORG}", snapshot.wave.organisation)
    forecast = snapshot.headline.forecast.get("management")
    if forecast is None or forecast.mean is None:
        return answered, said_yes
    return answered, said_yes, fixed.forecast.format(percent=printed.percent(forecast.mean))


def _who(share: Share | None, fixed: Said, printed: Words) -> str | None:
    """Those who said yes of those who answered, below 50 as a count (METHOD 2.7); None if hidden."""
    if share is None or share.bounded or share.percent is None or share.n is None:
        return None
    if share.n >= PERCENT:
        return fixed.many.format(percent=printed.percent(share.percent), n=printed.number(share.n))
    if share.count is None:
        return None
    return fixed.few.format(count=printed.number(share.count), n=printed.number(share.n))


def _door(values: dict[str, str]) -> links.Door | None:
    session, key = database.session(), current_app.config["SECRET_KEY"]
    try:
        if "token" in values:
            return links.find_door(session, values["token"])
        return links.door_of(links.find_short(session, values.get("code", ""), secret_key=key))
    except DomainError:
        return None
