"""What the workspace says about a wave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import current_app, url_for
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience
from cultureassess.models import State, Wave
from cultureassess.report.words import ENGLISH
from cultureassess.services import fielding, links
from cultureassess.web.i18n import gettext


@dataclass(frozen=True)
class Step:
    """The one next step of a wave: what it is, and the page where it is taken."""

    text: str
    address: str


@dataclass(frozen=True)
class Door:
    """An open link: who comes in by it, its address in full, and the path of its poster."""

    who: str
    address: str
    poster: str


@dataclass(frozen=True)
class Progress:
    """How far one audience is. ``answered`` is None below k: nobody can be watched answering."""

    audience: str
    answered: int | None
    asked: int | None


def step(wave: Wave) -> Step:
    """The next step of a wave in its state."""
    own = url_for("workspace.wave", wave_id=wave.id)
    if wave.state is State.DRAFT:
        return Step(gettext("Check it and open it"), own)
    if wave.state is State.OPEN:
        return Step(gettext("Watch the answers, then close and score"), own)
    return Step(gettext("Read the results"), url_for("results.wave", wave_id=wave.id))


def doors(session: Session, wave: Wave) -> tuple[Door, ...]:
    """The open links that still work, with the addresses to pass on."""
    if wave.state is not State.OPEN:
        return ()
    settings = current_app.extensions["settings"]
    base, key = settings.base_url, settings.secret_key
    return tuple(
        Door(
            who(link.audience),
            f"{base}/s/{links.open_link_token(link, secret_key=key)}",
            url_for("poster.poster", wave_id=wave.id, link_id=link.id),
        )
        for link in links.open_links(session, wave)
    )


def progress(session: Session, wave: Wave) -> tuple[Progress, ...]:
    """Answers so far per audience that takes part, in the order of METHOD 1.8."""
    counts = fielding.answers_so_far(session, wave)
    return tuple(
        Progress(
            audience=who(audience),
            answered=counts.get(audience, 0) if counts.get(audience, 0) >= wave.k else None,
            asked=wave.audiences[audience].invited or wave.audiences[audience].population,
        )
        for audience in Audience
        if audience in wave.audiences
    )


def state_name(state: State) -> str:
    """A state by name."""
    names = {
        State.DRAFT: gettext("Draft"),
        State.OPEN: gettext("Open"),
        State.CLOSED: gettext("Closed"),
        State.REPORTED: gettext("Reported"),
    }
    return names[state]


def day(date: dt.date) -> str:
    """A day in the words of the reports: ``22 November 2026``."""
    return ENGLISH.date(date.isoformat())


def who(audience: Audience | None) -> str:
    """An audience by name; None is the link that insiders share."""
    names = {
        None: gettext("Employees and managers"),
        Audience.MANAGEMENT: gettext("Managers"),
        Audience.STAFF: gettext("Employees"),
        Audience.CUSTOMER: gettext("Customers"),
        Audience.PARTNER: gettext("Partners and suppliers"),
    }
    return names[audience]
