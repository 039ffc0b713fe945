"""How the workspace names what it shows."""

from __future__ import annotations

import datetime as dt

from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Chosen, OpenLink, State, Wave
from cultureassess.report.words import ENGLISH
from cultureassess.services.open_links import door_of
from cultureassess.web.i18n import gettext


def state_name(state: State) -> str:
    """A state by name."""
    names = {
        State.DRAFT: gettext("Draft"),
        State.OPEN: gettext("Open"),
        State.CLOSED: gettext("Closed"),
        State.REPORTED: gettext("Reported"),
    }
    return names[state]


def chosen_name(chosen: Chosen) -> str:
    """A way of choosing customers (METHOD 3.8b)."""
    names = {
        Chosen.ALL: gettext("All customers were asked"),
        Chosen.RANDOM: gettext("A random sample of the customers"),
        Chosen.PICKED: gettext("Picked by account managers or others"),
        Chosen.OPEN: gettext("Whoever came by an open link"),
    }
    return names[chosen]


def who(door: Audience | Side | None) -> str:
    """An audience by name; the inside, or None, for the link that insiders share."""
    names: dict[Audience | Side | None, str] = {
        None: gettext("Employees and managers"),
        Side.INSIDE: gettext("Employees and managers"),
        Side.OUTSIDE: gettext("Customers and partners"),
        Audience.MANAGEMENT: gettext("Managers"),
        Audience.STAFF: gettext("Employees"),
        Audience.CUSTOMER: gettext("Customers"),
        Audience.PARTNER: gettext("Partners and suppliers"),
    }
    return names[door]


def who_by(link: OpenLink) -> str:
    """Whom an open link is for."""
    return who(door_of(link))


def day(date: dt.date) -> str:
    """A day in the words of the reports: ``22 November 2026``."""
    return ENGLISH.date(date.isoformat())


def period(wave: Wave) -> str:
    """A wave's first and last day: ``3 – 21 November 2026``; month and year once where they are the same."""
    first, last = wave.opens_on, wave.closes_on
    if first is None or last is None:
        return gettext("no dates yet") if first is None else day(first)
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {day(last)}"
    return f"{day(first).removesuffix(f' {last.year}')} – {day(last)}"
