"""A wave, measured: both sides with the don't-know rule applied between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cultureassess.disclosure.minimums import DEFAULT_RULES
from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.scoring.answers import IntArray, SideAnswers
from cultureassess.scoring.items import ItemTally
from cultureassess.scoring.scores import Tally
from cultureassess.snapshot.measures import AUDIENCE, Measured, count_answers, measure, tally_items
from cultureassess.snapshot.prepare import prepare
from cultureassess.snapshot.tables import Table

"""Percent of customers who could not judge an item: from here it leaves the paired index (METHOD 2.5)."""


@dataclass(frozen=True)
class MeasuredWave:
    """Both sides, measured. ``dropped`` are the pairs that customers could not judge."""

    instrument: Instrument
    inside: Measured
    outside: Measured
    dropped: frozenset[str]

    def side(self, side: Side) -> Measured:
        return self.inside if side is Side.INSIDE else self.outside

    @cached_property
    def _atoms(self) -> dict[str, IntArray]:
        """Every audience's atoms; "inside" is all insiders."""
        found: dict[str, IntArray] = {"inside": np.arange(len(self.inside.atoms))}
        for measured in (self.inside, self.outside):
            for audience in measured.answers.audiences:
                found[audience] = measured.atoms.where(AUDIENCE, audience)
        return found

    def atoms_of(self, group: str) -> IntArray:
        """Return the atoms of an audience, or of "inside"; none for an audience that is not there."""
        return self._atoms.get(group, np.empty(0, dtype=np.int64))

    def inside_tally(self, table: Table, group: str) -> Tally:
        return table.tally(self.atoms_of(group))

    def customers(self, table: Table) -> Tally:
        return table.tally(self.atoms_of(Audience.CUSTOMER.value))


def judged(customers: ItemTally | None, k: int) -> ItemTally | None:
    """Customers' answers to an item if enough of them answered or could not judge it; None below k."""
    if customers is None or customers.n + customers.dont_know < k:
        return None
    return customers


def measure_wave(
    instrument: Instrument, inside: SideAnswers, outside: SideAnswers, *, k: int = DEFAULT_RULES.k
) -> MeasuredWave:
    """Run METHOD 2.0, steps 2 to 7, on both sides."""
    prepared = {
        side: prepare(instrument, side, answers)
        for side, answers in ((Side.INSIDE, inside), (Side.OUTSIDE, outside))
    }
    counted = {side: count_answers(instrument, one) for side, one in prepared.items()}
    items = {side: tally_items(instrument, one, counted[side]) for side, one in prepared.items()}
    customers = {
        code: by[Audience.CUSTOMER] for code, by in items[Side.OUTSIDE].items() if Audience.CUSTOMER in by
    }
    dropped = frozenset(
        code for code, tally in customers.items() if (found := judged(tally, k)) is not None and found.unseen
    )
    measured = {
        side: measure(instrument, prepared[side], counted[side], items[side], dropped) for side in prepared
    }
    return MeasuredWave(instrument, measured[Side.INSIDE], measured[Side.OUTSIDE], dropped)
