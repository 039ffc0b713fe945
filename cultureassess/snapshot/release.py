"""METHOD 2.0, step 10: which cells of a measure are shown, decided before any figure exists.

The menu of cells is fixed (METHOD 4.3 O): all insiders, the two inside audiences, the customers, and
one breakdown per attribute. Partners are shown apart and broken down by nothing. A statistic's release
is decided by its own valid n, and never shows a cell that the count of respondents does not show.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cultureassess.disclosure.minimums import Rules, enough_accounts
from cultureassess.disclosure.reasons import Reason
from cultureassess.disclosure.release import TOTAL, Breakdown, Cell, Plan
from cultureassess.instruments.types import Audience, Side
from cultureassess.scoring.answers import BoolArray, IntArray
from cultureassess.snapshot.alike import Spans, spans, telling, uniform
from cultureassess.snapshot.measures import AUDIENCE, LATE
from cultureassess.snapshot.tables import Table
from cultureassess.snapshot.wave import MeasuredWave

CUSTOMER = Audience.CUSTOMER.value
PARTNER = Audience.PARTNER.value


@dataclass(frozen=True)
class Shown:
    """What one measure's release withholds: cell name -> reason. A cell that is missing is shown.

    Audiences go by their code ("inside" is all insiders), the rest by "attribute/value".
    """

    withheld: Mapping[str, Reason]

    def reason(self, name: str) -> Reason | None:
        return self.withheld.get(name)


class Menu:
    """The fixed menu of cells of one side.

    Args:
        wave: the measured wave.
        side: the side; on the outside only customers are broken down.
        attributes: the attributes to break down by, in the instrument's order.
    """

    def __init__(self, wave: MeasuredWave, side: Side, attributes: Sequence[str], rules: Rules) -> None:
        self.wave, self.side, self.rules = wave, side, rules
        self.attributes = tuple(attributes)
        self.atoms = wave.atoms_of("inside" if side is Side.INSIDE else CUSTOMER)
        self.total = "inside" if side is Side.INSIDE else CUSTOMER
        self._within = np.full(len(wave.side(side).atoms), -1)
        self._within[self.atoms] = np.arange(len(self.atoms))
        breakdowns = self._breakdowns()
        self.plan = Plan(len(self.atoms), breakdowns, rules.k)
        self.cells = {TOTAL: np.arange(len(self.atoms))} | {
            Cell(breakdown.name, value): members
            for breakdown in breakdowns
            for value, members in breakdown.cells.items()
        }

    def _breakdowns(self) -> list[Breakdown]:
        atoms = self.wave.side(self.side).atoms
        names = [AUDIENCE, *self.attributes] if self.side is Side.INSIDE else list(self.attributes)
        return [
            Breakdown(
                name, TOTAL, {value: self._local(atoms.where(name, value)) for value in atoms.values[name]}
            )
            for name in names
        ]

    def _local(self, atoms: IntArray) -> IntArray:
        """Return places among this menu's atoms of those that belong to it."""
        local = self._within[atoms]
        return local[local >= 0]

    def own(self, atoms: IntArray) -> IntArray:
        """Return those of the side's atoms that belong to this menu (on the outside: customers)."""
        return atoms[self._within[atoms] >= 0]

    def _name(self, cell: Cell) -> str:
        if cell == TOTAL:
            return self.total
        return cell.value if cell.breakdown == AUDIENCE else f"{cell.breakdown}/{cell.value}"

    @cached_property
    def _names(self) -> dict[Cell, str]:
        return {cell: self._name(cell) for cell in self.cells}

    @cached_property
    def _members(self) -> BoolArray:
        """Shape (cells, atoms), True where an atom belongs to a cell."""
        members = np.zeros((len(self.cells), len(self.atoms)), dtype=np.bool_)
        for line, atoms in zip(members, self.cells.values(), strict=True):
            line[atoms] = True
        return members

    @cached_property
    def blocked(self) -> dict[Cell, Reason]:
        """Customer cells that rest on too few accounts (METHOD 4.2)."""
        measured = self.wave.side(self.side)
        account = measured.answers.account
        if self.side is Side.INSIDE or account is None:
            return {}
        found = {}
        for cell, atoms in self.cells.items():
            members = np.isin(measured.atoms.of, self.atoms[atoms])
            if members.any() and not enough_accounts(account[members], self.rules):
                found[cell] = Reason.ACCOUNTS
        return found

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Respondents per cell; to be shown only where the release shows the cell."""
        return {self._name(cell): int(self._respondents[atoms].sum()) for cell, atoms in self.cells.items()}

    @cached_property
    def _respondents(self) -> IntArray:
        return self.wave.side(self.side).atoms.sizes[self.atoms]

    @cached_property
    def respondents(self) -> Shown:
        """The release of the counts themselves: what a heat map's row heads may say."""
        return self._shown(self._respondents, self.blocked)

    @cached_property
    def answered(self) -> Shown:
        """Whether the number of respondents of each audience is shown, the partners' among them."""
        if self.side is Side.INSIDE:
            return self.respondents
        n = int(self.wave.outside.atoms.sizes[self.wave.atoms_of(PARTNER)].sum())
        few = {PARTNER: Reason.FEW} if n < self.rules.k else {}
        return Shown({**self.respondents.withheld, **few})

    def release(self, table: Table, thin: Collection[str] = ()) -> Shown:
        """Decide one measure, by its valid answers and by the count of respondents.

        A cell whose members all have the same score is withheld, and the others do not allow it to be
        calculated: its mean would tell everybody's answer (METHOD 4.3 X). A breakdown is withheld whose
        cells would leave such a group over.

        Args:
            table: the measure.
            thin: cells that must be withheld because the measure, beside others that are shown, tells
                about fewer than k of them.
        """
        found = spans(table.counts[self.atoms])
        alike = dict(zip(self.cells, uniform(self._members, found).tolist(), strict=True))
        blocked = {cell: Reason.PROTECTS for cell in self.cells if alike[cell] or self._names[cell] in thin}
        alone = partner(self.wave, table, self.rules, thin) if self.side is Side.OUTSIDE else {}
        while True:
            own = self._shown(table.valid[self.atoms], {**blocked, **self.blocked})
            shown = Shown({**self.respondents.withheld, **own.withheld, **alone})
            if not (more := self._telling(found, shown)):
                return shown
            blocked |= more

    def thin(self, incomplete: IntArray) -> frozenset[str]:
        """Return the cells too small for distributions in which anybody is incomplete.

        Args:
            incomplete: shape (atoms of the side,), respondents.
        """
        parts = {self._name(cell): self.atoms[atoms] for cell, atoms in self.cells.items()}
        if self.side is Side.OUTSIDE:
            parts[PARTNER] = self.wave.atoms_of(PARTNER)
        sizes = self.wave.side(self.side).atoms.sizes
        return frozenset(
            name
            for name, atoms in parts.items()
            if sizes[atoms].sum() < self.rules.k_distribution and incomplete[atoms].any()
        )

    def _telling(self, found: Spans, shown: Shown) -> dict[Cell, Reason]:
        """The cells of the breakdowns by which a reader of what is shown could come to a uniform group."""
        kept = [cell for cell, name in self._names.items() if shown.reason(name) is None]
        places = [place for place, cell in enumerate(self.cells) if shown.reason(self._names[cell]) is None]
        gone = telling(kept, self._members[places], found)
        return {cell: Reason.PROTECTS for cell in self.cells if cell.breakdown in gone}

    def _shown(self, counts: IntArray, blocked: Mapping[Cell, Reason]) -> Shown:
        release = self.plan.release(counts, blocked=blocked)
        return Shown({self._names[cell]: reason for cell, reason in release.withheld.items()})


def partner(wave: MeasuredWave, table: Table, rules: Rules, thin: Collection[str] = ()) -> dict[str, Reason]:
    """Return why the partners are withheld from a measure of the outside, if they are.

    They stand alone: there are no others from whom they could be calculated.
    """
    tally = table.tally(wave.atoms_of(PARTNER))
    if tally.n < rules.k:
        return {PARTNER: Reason.FEW}
    if tally.constant:
        return {PARTNER: Reason.PROTECTS}
    return {PARTNER: Reason.PROTECTS} if PARTNER in thin else {}


def attributes(wave: MeasuredWave, side: Side) -> tuple[str, ...]:
    """Return the attributes that a side is broken down by: the instrument's order, then by name.

    The type of partners describes an audience that is not broken down.
    """
    of_partners = {s.code for s in wave.instrument.segments if s.audience is Audience.PARTNER}
    present = [
        code
        for code in wave.side(side).atoms.attributes
        if code not in (AUDIENCE, LATE) and not (side is Side.OUTSIDE and code in of_partners)
    ]
    known = ["role", *(segment.code for segment in wave.instrument.segments)]
    return tuple(sorted(present, key=lambda code: (known.index(code) if code in known else len(known), code)))
