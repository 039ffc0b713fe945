"""Two columns by counting.

A layout engine that balances columns itself lays the page out once a line; one page of the appendix took
more than half of the time of a whole report. What stands in two columns is therefore cut in two here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import ceil
from typing import TypeVar

from cultureassess.report.document.tables import Table

Part = TypeVar("Part")

LINE = 62
"""Characters of fine print in half a page's width."""


def halves(
    parts: Sequence[Part], height: Callable[[Part], float] = lambda _: 1.0
) -> tuple[tuple[Part, ...], ...]:
    """Cut a list in two so that the taller half is as low as it can be; the first is the taller in a tie.

    Args:
        height: of one part, in any unit.

    Returns:
        the halves that have parts: two, one for a single part, none for an empty list.
    """
    reached = (0.0, *accumulate(height(part) for part in parts))
    at = min(
        range(len(reached)), key=lambda cut: (max(reached[cut], reached[-1] - reached[cut]), -reached[cut])
    )
    return tuple(half for half in (tuple(parts[:at]), tuple(parts[at:])) if half)


def rows_of(table: Table) -> float:
    """Rows of a table with its caption, heads and note."""
    return 3 + len(table.rows) + ceil(len(table.note) / LINE)
