"""What a plan promises, in sentences (METHOD 1.9, 3.4)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.instruments.types import Audience, Instrument
from cultureassess.models import Wave
from cultureassess.services import planning
from cultureassess.services.planning import Outlook
from cultureassess.web.i18n import gettext

HALF = 50
LARGEST_GAP = 100

WIDEST = 25
"""Points: a range that is wider than half of the scale says nothing about a mean."""


@dataclass(frozen=True)
class Row:
    """One line of the planner's table: how many answer, and what that finds."""

    share: str
    managers: int
    customers: int
    finds: str
    within: str


@dataclass(frozen=True)
class Plan:
    """A plan in words. ``headline`` is for everybody answering; ``ways`` lead to seeing a smaller gap."""

    headline: str
    half: str
    rows: tuple[Row, ...]
    gap: int
    ways: tuple[str, ...]


def plan(managers: int, customers: int, *, gap: int, instrument: Instrument) -> Plan:
    """Say what so many people asked will show."""
    found = planning.outlooks(managers, customers, gap=gap, family=planning.family_of(instrument))
    return Plan(
        headline=sentence(found[planning.SHARES[0]]),
        half=sentence(found[HALF]),
        rows=tuple(_row(share, outlook) for share, outlook in found.items()),
        gap=gap,
        ways=ways(found[planning.SHARES[0]]),
    )


def plan_of(wave: Wave, instrument: Instrument, *, gap: int = 10) -> Plan | None:
    """The plan of a wave; None where the number of managers or customers is unknown."""
    managers = planning.people(wave, Audience.MANAGEMENT)
    customers = planning.people(wave, Audience.CUSTOMER)
    if managers is None or customers is None:
        return None
    return plan(managers, customers, gap=gap, instrument=instrument)


def sentence(outlook: Outlook) -> str:
    """What so many answers reliably find, in one sentence."""
    people = {"managers": f"{outlook.managers:,}", "customers": f"{outlook.customers:,}"}
    if outlook.finds is None:
        return gettext(
            "%(managers)s managers and %(customers)s customers are too few to judge a gap: "
            "that takes 10 answers on each side.",
            **people,
        )
    return gettext(
        "%(managers)s managers and %(customers)s customers who answer will reliably show gaps of about "
        "%(alone).0f points (one index alone) to %(together).0f points (all judged together).",
        **people,
        alone=outlook.finds.alone,
        together=outlook.finds.together,
    )


def ways(outlook: Outlook) -> tuple[str, ...]:
    """What it takes to see the wanted gap; customers first, because more of them can be asked."""
    if outlook.seen:
        return (gettext("A gap of %(gap)d points will be seen with these numbers.", gap=outlook.gap),)
    found = []
    if outlook.more_customers is not None:
        found.append(_more_customers(outlook, outlook.more_customers))
    if outlook.more_managers is not None:
        found.append(_more_managers(outlook, outlook.more_managers))
    if outlook.more_customers is None and outlook.managers >= planning.JUDGED_FROM:
        found.append(
            gettext(
                "With %(managers)s managers no number of customers is enough: "
                "so few answers leave their own picture too vague.",
                managers=f"{outlook.managers:,}",
            )
        )
    both = gettext("%(n)s answers on each side would do.", n=f"{outlook.on_both_sides:,}")
    return (*found, both)


def _more_customers(outlook: Outlook, needed: int) -> str:
    return gettext(
        "Keep the %(managers)s managers and get %(n)s customers to answer: "
        "invite %(half)s if half of them do, %(quarter)s if a quarter do.",
        managers=f"{outlook.managers:,}",
        n=f"{needed:,}",
        half=f"{planning.to_ask(needed, HALF):,}",
        quarter=f"{planning.to_ask(needed, 25):,}",
    )


def _more_managers(outlook: Outlook, needed: int) -> str:
    return gettext(
        "Keep the %(customers)s customers and get %(n)s managers to answer.",
        customers=f"{outlook.customers:,}",
        n=f"{needed:,}",
    )


def _row(share: int, outlook: Outlook) -> Row:
    names = {
        100: gettext("Everybody"),
        75: gettext("Three in four"),
        50: gettext("Half"),
        25: gettext("One in four"),
    }
    finds = outlook.finds
    within = outlook.customers_within
    return Row(
        share=names[share],
        managers=outlook.managers,
        customers=outlook.customers,
        finds=gettext("too few") if finds is None else f"{finds.alone:.0f} – {finds.together:.0f}",
        within="–" if within is None or within > WIDEST else f"± {within:.0f}",
    )
