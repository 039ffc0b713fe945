"""What the check of a list found, in words: problems with their lines, and what is stored of nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cultureassess.services.people.checking import Problem
from cultureassess.services.people.losing import Losses
from cultureassess.web.i18n import gettext, ngettext

RANGES = 12
"""Ranges of line numbers that are written out."""


@dataclass(frozen=True)
class SameProblem:
    """One problem and every line that has it: ``lines`` in words."""

    lines: str
    field: str
    said: str
    reason: str


def together(problems: Iterable[Problem]) -> list[SameProblem]:
    """Equal problems of several lines as one, in the order of their first lines."""
    found: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.field, problem.said.casefold(), problem.reason), []).append(problem)
    return [
        SameProblem(ranges([one.line for one in same]), same[0].field, same[0].said, same[0].reason)
        for same in found.values()
    ]


def ranges(lines: Sequence[int]) -> str:
    """Line numbers, with neighbours as one: ``2–60, 62``; the first dozen of many."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    written = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs[:RANGES])
    return f"{written} …" if len(runs) > RANGES else written


def loss_in_words(losses: Losses, names: Mapping[str, str], *, k: int) -> str:
    """Why groups of k or more would lose what they share, and what mends it; "" where none does.

    Args:
        names: field -> what its column is called in the list.
    """
    if not losses.groups:
        return ""
    groups = gettext(" and ").join(
        gettext("the %(number)s of %(group)s", number=f"{number:,}", group=", ".join(shared))
        for shared, number in losses.groups
    )
    lost = gettext("So that nobody can be told apart, %(groups)s would lose theirs, too", groups=groups)
    return f"{_cause(losses, names, k)} {lost}{_mend(losses)}"


def _cause(losses: Losses, names: Mapping[str, str], k: int) -> str:
    number, lines = len(losses.lines), ranges(losses.lines)
    if not lines:
        return gettext("Fewer than %(k)s people invited before share what is known of them.", k=k)
    if losses.empty:
        columns = ", ".join(f"“{names.get(field, field)}”" for field in losses.empty)
        one, several = "Line %(lines)s has no %(columns)s.", "Lines %(lines)s have no %(columns)s."
        return ngettext(one, several, number, lines=lines, columns=columns)
    one = "Line %(lines)s shares its role or groups with fewer than %(k)s."
    several = "Lines %(lines)s share their role or groups with fewer than %(k)s."
    return ngettext(one, several, number, lines=lines, k=k)


def _mend(losses: Losses) -> str:
    if not losses.lines:
        return "."
    one, several = (
        ": complete line %(lines)s, or leave it out.",
        ": complete lines %(lines)s, or leave them out.",
    )
    return ngettext(one, several, len(losses.lines), lines=ranges(losses.lines))
