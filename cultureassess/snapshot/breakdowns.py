"""The rows of the heat map: every value of every attribute, with what the release lets through."""

from __future__ import annotations

from collections.abc import Mapping

from cultureassess.instruments.types import Side
from cultureassess.snapshot.context import Context
from cultureassess.snapshot.figures import estimate
from cultureassess.snapshot.release import Menu, Shown
from cultureassess.snapshot.tables import Table
from cultureassess.snapshot.types import Breakdown, BreakdownCell, Estimate, Withheld

Released = Mapping[str, Mapping[Side, Shown]]


def breakdowns(context: Context, menus: Mapping[Side, Menu], released: Released) -> tuple[Breakdown, ...]:
    """Return one breakdown per attribute of each side, values in the attribute's order."""
    return tuple(
        Breakdown(attribute, side.value, _cells(context, menu, attribute, released))
        for side, menu in menus.items()
        for attribute in menu.attributes
    )


def _cells(context: Context, menu: Menu, attribute: str, released: Released) -> tuple[BreakdownCell, ...]:
    """Return every value that was offered: nobody and one to four look the same (METHOD 4.2).

    Where the shown values add up to everybody, the others are left out: they are seen to be empty.
    """
    values = context.wave.side(menu.side).atoms.values[attribute]
    cells = tuple(_cell(context, menu, attribute, value, released) for value in values)
    everybody = menu.respondents.reason(menu.total) is None and menu.sizes[menu.total]
    if everybody and sum(cell.n or 0 for cell in cells) == everybody:
        return tuple(cell for cell in cells if cell.withheld is None)
    return cells


def _cell(context: Context, menu: Menu, attribute: str, value: str, released: Released) -> BreakdownCell:
    name = f"{attribute}/{value}"
    reason = menu.respondents.reason(name)
    measured = context.wave.side(menu.side)
    if reason is not None:
        return BreakdownCell(value, None, reason, {}, {})
    return BreakdownCell(
        value=value,
        n=menu.sizes[name],
        withheld=None,
        indices=_estimates(context, menu, attribute, value, measured.paired, released),
        composites=_estimates(context, menu, attribute, value, measured.composites, released),
    )


def _estimates(
    context: Context,
    menu: Menu,
    attribute: str,
    value: str,
    tables: Mapping[str, Table],
    released: Released,
) -> dict[str, Estimate]:
    atoms = menu.own(context.wave.side(menu.side).atoms.where(attribute, value))
    reasons = {code: released[code][menu.side].reason(f"{attribute}/{value}") for code in tables}
    return {
        code: estimate(table.tally(atoms), context.rules)
        if reasons[code] is None
        else Estimate(withheld=reasons[code])
        for code, table in tables.items()
    }


def withheld(found: tuple[Breakdown, ...]) -> tuple[Withheld, ...]:
    """Return the record of withheld cells: what and why, never how many."""
    return tuple(
        Withheld(f"{breakdown.attribute}: {cell.value}", cell.withheld)
        for breakdown in found
        for cell in breakdown.cells
        if cell.withheld is not None
    )
