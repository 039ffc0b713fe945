"""An organisation's units as breakdowns: each unit is divided into its sub-units and its own people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cultureassess.disclosure.cells import TOTAL, Breakdown, Cell
from cultureassess.disclosure.suppression import DIRECT

Path = tuple[str, ...]
"""A unit by the names from the top down; the organisation itself is the empty path."""


def unit_breakdowns(units: Sequence[Path], attribute: str = "unit") -> tuple[Breakdown, ...]:
    """The breakdowns of a hierarchy of units, the top one first. Rule H of METHOD 4.3.

    A unit's own direct reports are the cell ``DIRECT`` beside its sub-units, so that a unit minus its
    sub-units is protected like any other group. The breakdown of a unit is named after the attribute
    and the unit: ``unit``, ``unit/Sales``, ``unit/Sales/North``.

    Args:
        units: shape (atoms,), the unit to which the atom's respondents report directly.
        attribute: the name of the attribute.
    """
    divided = sorted({path[:depth] for path in units for depth in range(len(path))}, key=_top_first)
    return tuple(_breakdown(unit, units, attribute) for unit in divided)


def _top_first(path: Path) -> tuple[int, Path]:
    return len(path), path


def _breakdown(unit: Path, units: Sequence[Path], attribute: str) -> Breakdown:
    depth = len(unit)
    parent = Cell(_name(unit[:-1], attribute), unit[-1]) if unit else TOTAL
    members: dict[str, list[int]] = {}
    for atom, path in enumerate(units):
        if path[:depth] == unit:
            members.setdefault(path[depth] if len(path) > depth else DIRECT, []).append(atom)
    return Breakdown(
        _name(unit, attribute), parent, {name: np.array(members[name]) for name in sorted(members)}
    )


def _name(unit: Path, attribute: str) -> str:
    return "/".join((attribute, *unit))
