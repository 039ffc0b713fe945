"""How many people a wave needs, before anybody has answered. Sources: METHOD 1.8, 1.9, 3.4.

Everything here rests on the planning figures (a spread of 20 points, a power of 80%) and never on answers:
results open once, after the close (METHOD 4.3 T).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cultureassess.instruments.types import Audience, Instrument, SegmentQuestion
from cultureassess.models import Wave
from cultureassess.scoring.describe import nominal_half_width
from cultureassess.scoring.power import Detectable, detectable, detectable_gap, people_needed
from cultureassess.services.questions import says_nothing, with_options

RECOMMENDED = {Audience.STAFF: 30, Audience.CUSTOMER: 100}
"""Answers to aim for (METHOD 1.9); management is asked one and all."""

PER_VALUE = 10
"""Answers that a segment's value needs (METHOD 1.8)."""

SHARES = (100, 75, 50, 25)
"""How many of 100 people asked may answer: a plan shows what becomes of it with each."""

JUDGED_FROM = 10


@dataclass(frozen=True)
class Outlook:
    """What so many answers will show.

    Attributes:
        managers, customers: answers, not people asked.
        finds: smallest gaps found four times out of five, in points; None below ten on a side, where no
            gap is judged.
        customers_within: half-width of the customers' mean in points; None below two.
        gap: the gap that somebody wants to see, in points.
        more_customers: customers' answers that show it with these managers; None where none suffice.
        more_managers: managers' answers that show it with these customers; None where none suffice.
        on_both_sides: answers on each side that show it.
    """

    managers: int
    customers: int
    finds: Detectable | None
    customers_within: float | None
    gap: int
    more_customers: int | None
    more_managers: int | None
    on_both_sides: int

    @property
    def seen(self) -> bool:
        """Whether the wanted gap is found as it is, one index judged alone."""
        return self.finds is not None and self.finds.alone <= self.gap


def outlook(managers: int, customers: int, *, gap: int = 10, family: int = 8) -> Outlook:
    """Tell what a wave with so many answers finds, and what it takes to see a smaller gap.

    Args:
        managers, customers: answers on the two sides, 0 or more.
        gap: in points, 1 or more.
        family: indices judged together (:func:`family_of`).
    """
    judged = min(managers, customers) >= JUDGED_FROM
    return Outlook(
        managers=managers,
        customers=customers,
        finds=detectable(managers, customers, family=family) if judged else None,
        customers_within=nominal_half_width(customers),
        gap=gap,
        more_customers=people_needed(gap, managers) if managers >= JUDGED_FROM else None,
        more_managers=people_needed(gap, customers) if customers >= JUDGED_FROM else None,
        on_both_sides=needed_on_both_sides(gap),
    )


def needed_on_both_sides(gap: float) -> int:
    """Fewest answers on each of two equal sides that make a gap of ``gap`` points detectable; at least 10."""
    low, high = JUDGED_FROM - 1, JUDGED_FROM
    while (found := detectable_gap(high, high)) is not None and found > gap:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        found = detectable_gap(middle, middle)
        low, high = (low, middle) if found is not None and found <= gap else (middle, high)
    return high


def family_of(instrument: Instrument) -> int:
    """How many indices have a gap: those with a paired item (METHOD 3.4)."""
    return len({item.index for item in instrument.items if item.paired})


def answering(asked: int, share: int) -> int:
    """Answers to expect of so many people if ``share`` of 100 answer; a half is rounded up."""
    return math.floor(asked * share / 100 + 0.5)


def to_ask(answers: int, share: int) -> int:
    """People to ask for so many answers if ``share`` of 100 answer (1 to 100)."""
    return math.ceil(answers * 100 / share)


def outlooks(managers: int, customers: int, *, gap: int = 10, family: int = 8) -> dict[int, Outlook]:
    """What a wave with so many people asked finds, per share of 100 who answer."""
    return {
        share: outlook(answering(managers, share), answering(customers, share), gap=gap, family=family)
        for share in SHARES
    }


@dataclass(frozen=True)
class Budget:
    """Whether a segment question can be afforded.

    Attributes:
        values: how many values it has, "prefer not to say" not counted.
        asked: people who will be asked it; None where unknown.
        per_value: answers per value if everybody answers and they fall evenly; None where unknown.
        needed: people to ask at least so that every value can reach ten answers.
    """

    key: str
    question: SegmentQuestion
    values: int
    asked: int | None
    per_value: int | None
    needed: int

    @property
    def affordable(self) -> bool | None:
        """Whether every value can reach ten answers; None where nobody can tell."""
        return None if self.per_value is None else self.per_value >= PER_VALUE


def segment_budgets(wave: Wave, instrument: Instrument) -> list[Budget]:
    """Every segment question of the instrument with what it costs (METHOD 1.8)."""
    return [_budget(wave, question) for question in instrument.segments]


def _budget(wave: Wave, question: SegmentQuestion) -> Budget:
    question = with_options(wave, question)
    values = len([code for code in question.codes if not says_nothing(code)])
    asked = asked_by(wave, question)
    return Budget(
        key=f"{question.side}.{question.code}",
        question=question,
        values=values,
        asked=asked,
        per_value=None if asked is None or not values else asked // values,
        needed=PER_VALUE * values,
    )


def asked_by(wave: Wave, question: SegmentQuestion) -> int | None:
    """How many people get a segment question; None where the number of an audience is unknown."""
    audiences = [
        audience
        for audience in wave.audiences
        if audience.side is question.side and question.audience in (None, audience)
    ]
    numbers = [people(wave, audience) for audience in audiences]
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def people(wave: Wave, audience: Audience) -> int | None:
    """How many of an audience are asked: as declared, else all there are; None where unknown."""
    row = wave.audiences.get(audience)
    if row is None:
        return 0
    return row.population if row.invited is None else row.invited
