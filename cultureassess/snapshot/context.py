"""What every part of the snapshot is made from: the measured wave, its settings, and the release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cultureassess.disclosure.minimums import Rules
from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.scoring.scores import Tally, pooled
from cultureassess.snapshot.figures import estimate
from cultureassess.snapshot.release import Menu, Shown
from cultureassess.snapshot.settings import Settings, Weights
from cultureassess.snapshot.tables import Table
from cultureassess.snapshot.types import Estimate
from cultureassess.snapshot.wave import MeasuredWave

MANAGEMENT = Audience.MANAGEMENT.value
STAFF = Audience.STAFF.value
CUSTOMER = Audience.CUSTOMER.value
PARTNER = Audience.PARTNER.value
INSIDE = "inside"

INSIDE_GROUPS = (MANAGEMENT, STAFF, INSIDE)
OUTSIDE_GROUPS = (CUSTOMER, PARTNER)

EMPTY = pooled(())
"""The distribution of a group that nobody belongs to."""


@dataclass(frozen=True)
class Context:
    """One snapshot in the making. ``seed``: of all random draws, from instrument and settings."""

    wave: MeasuredWave
    settings: Settings
    seed: int
    weights: Mapping[str, Weights] = field(default_factory=dict)

    @property
    def instrument(self) -> Instrument:
        return self.wave.instrument

    @property
    def rules(self) -> Rules:
        return self.settings.rules

    @cached_property
    def menus(self) -> dict[Side, Menu]:
        """What is shown by audience only, per side."""
        return {side: Menu(self.wave, side, (), self.rules) for side in Side}

    def tally(self, table: Table | None, group: str) -> Tally:
        """Return the distribution of a measure in an audience; empty where the measure is not there."""
        return EMPTY if table is None else table.tally(self.wave.atoms_of(group))

    def audiences(self, side: Side) -> tuple[str, ...]:
        """Return the groups of a side that anybody belongs to, in the order of the report."""
        groups = INSIDE_GROUPS if side is Side.INSIDE else OUTSIDE_GROUPS
        present = (*self.wave.side(side).answers.audiences, INSIDE)
        return tuple(group for group in groups if group in present)

    def estimates(self, side: Side, table: Table | None, shown: Shown | None) -> dict[str, Estimate]:
        """Return a measure's means for every audience of a side, withheld where the release says so."""
        return {
            group: estimate(self.tally(table, group), self.rules, shown.reason(group) if shown else None)
            for group in self.audiences(side)
        }
