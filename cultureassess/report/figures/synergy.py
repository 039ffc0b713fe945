"""People and customers in one picture: where both begin, with the range of each (METHOD 2.11)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import Estimate, Snapshot, Synergy

CUT = 65.0
"""From here either side counts as strong, inclusive."""


@dataclass(frozen=True)
class Cross:
    """One point with its two ranges. Values are 0-100; a range is None below ten answers.

    Attributes:
        title: the finding.
        description: the numbers in words.
        across, up: names of the axes: people inside, customers.
        fields: names of the four corners, from the top left clockwise.
        own_view: insiders' own view stands in for the customers; drawn hollow and dashed.
    """

    title: str
    description: str
    across: str
    up: str
    fields: tuple[str, str, str, str]
    x: float
    y: float
    x_range: tuple[float, float] | None
    y_range: tuple[float, float] | None
    own_view: bool
    cut: float = CUT


def synergy_cross(snapshot: Snapshot, words: Words = ENGLISH) -> Cross | None:
    """Describe the synergy quadrant; None where either side is not shown."""
    found = snapshot.synergy
    if found is None or found.people.mean is None or found.customers.mean is None:
        return None
    return Cross(
        title=_title(found, words),
        description=words.gettext(
            "People inside {people}, customers {customers}.",
            people=words.score(found.people.mean, snapshot.level_cuts),
            customers=words.score(found.customers.mean, snapshot.level_cuts),
        ),
        across=words.gettext("How people inside are treated"),
        up=words.gettext("Customers’ view") if not found.own_view else words.gettext("Own view of customers"),
        fields=(
            words.gettext("customer-led, people strained"),
            words.gettext("synergy"),
            words.gettext("people-led, customer distant"),
            words.gettext("start here"),
        ),
        x=found.people.mean,
        y=found.customers.mean,
        x_range=_range(found.people),
        y_range=_range(found.customers),
        own_view=found.own_view,
    )


def _range(estimate: Estimate) -> tuple[float, float] | None:
    interval = estimate.interval
    return None if interval is None else (max(interval.low, 0.0), min(interval.high, 100.0))


def _title(found: Synergy, words: Words) -> str:
    names = {
        "synergy": words.gettext("Synergy: people and customers are both well looked after"),
        "customer-led, people strained": words.gettext(
            "Customers are well looked after, people inside less so"
        ),
        "people-led, customer distant": words.gettext(
            "People inside are well looked after, customers less so"
        ),
        "start here": words.gettext("Neither people inside nor customers are looked after well enough"),
    }
    name = names.get(found.quadrant or "", words.gettext("People and customers"))
    return words.gettext("{finding} (on the border)", finding=name) if found.on_the_border else name
