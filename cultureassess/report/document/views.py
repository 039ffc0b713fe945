"""Who sees which strengths, and the pairs that are furthest apart (METHOD 3.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.report.document.tables import Cell, Table, columns, number, strong, text
from cultureassess.report.figures import Plane, views_plane
from cultureassess.report.figures.distribution import agreeing
from cultureassess.report.narrative import statement
from cultureassess.report.narrative.gaps import FOUND, MEASURED, class_word
from cultureassess.report.narrative.statements import Apart, apart, comparable, established
from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.scoring.verdicts import TARGET as STRENGTH
from cultureassess.snapshot.types import Estimate, IndexResult, PairResult, Snapshot

FURTHEST = 5
CLASSES = (
    "blind spot",
    "overstated strength",
    "hidden strength",
    "over-critical",
    "shared strength",
    "shared weakness",
    "mixed",
)


@dataclass(frozen=True)
class Views:
    """``title`` is the finding; ``classes`` pairs a class with the indices in it; ``rosier`` and ``kinder``
    are None without pairs."""

    title: str
    plane: Plane | None
    classes: tuple[tuple[str, str], ...]
    rosier: Table | None
    kinder: Table | None
    note: str


def views_section(snapshot: Snapshot, words: Words) -> Views:
    """Where a strength is seen, and each way the five pairs furthest apart whose range excludes 0."""
    pairs = [
        (pair, found)
        for pair in snapshot.pairs
        if comparable(pair) and pair.gap.interval is not None and (found := apart(pair)) is not None
    ]
    rosier = [one for one in pairs if established(one[1], rosier=True)]
    kinder = [one for one in pairs if established(one[1], rosier=False)]
    return Views(
        title=_title(snapshot, words),
        plane=views_plane(snapshot, words),
        classes=_classes(snapshot, words),
        rosier=_furthest(
            words.gettext("Managers see it rosier: the pairs furthest apart"), rosier, snapshot, words
        ),
        kinder=_furthest(
            words.gettext("Customers see it rosier: the pairs furthest apart"), kinder, snapshot, words
        ),
        note=_note(rosier, kinder, words) if pairs else _exploratory(words),
    )


def _title(snapshot: Snapshot, words: Words) -> str:
    """Which side sees more, as far as gaps are established; else the question that the page is about."""
    gaps = [index.gap for index in snapshot.indices if _measured(index)]
    signs = {(gap.difference or 0.0) > 0 for gap in gaps if gap.state in FOUND}
    if signs == {True, False}:
        return words.gettext("Managers see some indices rosier, customers others")
    if signs == {True}:
        return words.gettext("Where managers see it rosier than customers")
    if signs == {False}:
        return words.gettext("Where customers see it rosier than managers")
    if gaps and all(gap.state == "aligned" for gap in gaps):
        return words.gettext("Both sides see it alike, within 10 points")
    return words.gettext("Who sees which strengths")


def _exploratory(words: Words) -> str:
    return words.gettext(
        "Single pairs are exploratory: they show where to ask, and carry no verdict. "
        "A filled marker is an established gap, a hollow one is not."
    )


def _note(rosier: Sequence[object], kinder: Sequence[object], words: Words) -> str:
    """What the pictures may be used for, and on which side no pair differs beyond its own range."""
    parts = [_exploratory(words)]
    if not rosier:
        parts.append(words.gettext("There is no single pair that managers surely see rosier than customers."))
    if not kinder:
        parts.append(words.gettext("There is no single pair that customers surely see rosier than managers."))
    return " ".join(parts)


def _classes(snapshot: Snapshot, words: Words) -> tuple[tuple[str, str], ...]:
    """Class by class: its name, and the indices in it; provisional ones are marked in their name."""
    found: dict[str, list[str]] = {}
    for name in CLASSES:
        for index in snapshot.indices:
            if index.gap.class_ == name and _measured(index) and (word := class_word(index.gap, words)):
                found.setdefault(word, []).append(_placed(index, words))
    every = [index.name for index in snapshot.indices]
    if [sorted(names) for names in found.values()] == [sorted(every)]:
        return tuple((word, words.gettext("every index")) for word in found)
    return tuple((word, words.listed(names)) for word, names in found.items())


def _measured(index: IndexResult) -> bool:
    """Ten answers and more on both sides: below, nobody is said to see a strength or none (METHOD 2.7)."""
    sides = (index.groups.get(group, Estimate()) for group in ("management", "customer"))
    return all((side.n or 0) >= MEASURED for side in sides)


def _placed(index: IndexResult, words: Words) -> str:
    """The name; where the class hangs on few points, or the mark lies in another field, also why."""
    managers, customers = (index.groups.get(group, Estimate()) for group in ("management", "customer"))
    if managers.mean is None:
        return index.name
    near = (_near(managers), _near(customers))
    if any(near):
        return _on_the_border(index.name, near, words)
    if index.gap.class_ == "blind spot" and managers.mean < STRENGTH:
        return words.gettext("{name} (managers stay below 65 as well)", name=index.name)
    if index.gap.class_ == "hidden strength" and managers.mean >= STRENGTH:
        return words.gettext("{name} (managers reach 65 as well)", name=index.name)
    return index.name


def _on_the_border(name: str, near: tuple[bool, bool], words: Words) -> str:
    """Whose range reaches over the line: managers', customers', or both."""
    told = {
        (True, False): words.gettext("{name} (managers could be on either side of 65)", name=name),
        (False, True): words.gettext("{name} (customers could be on either side of 65)", name=name),
        (True, True): words.gettext("{name} (both could be on either side of 65)", name=name),
    }
    return told[near]


def _near(estimate: Estimate) -> bool:
    """The range reaches over the line from which a strength is seen."""
    return estimate.interval is not None and estimate.interval.contains(STRENGTH)


def _furthest(
    caption: str, pairs: Sequence[tuple[PairResult, Apart]], snapshot: Snapshot, words: Words
) -> Table | None:
    if not pairs:
        return None
    widest = sorted(pairs, key=lambda one: (-abs(one[1].difference), one[0].id))[:FURTHEST]
    return Table(
        caption=caption,
        heads=columns(words.gettext("Item|Statement|Managers|Customers|Percentage points|Likely")),
        rows=tuple(_row(pair, found, snapshot, words) for pair, found in widest),
    )


def _row(pair: PairResult, found: Apart, snapshot: Snapshot, words: Words) -> tuple[Cell, ...]:
    """The two shares with their own difference, never that of the means beside them."""
    sides = [
        number(agreeing(pair.groups[group], words, reverse=pair.reverse))
        for group in ("management", "customer")
    ]
    wording = Cell(statement(pair.inside or "", snapshot), "quote")
    interval = number(words.signed_between(found.interval, NO_DIFFERENCE))
    return (text(pair.id), wording, *sides, strong(words.points(found.difference, NO_DIFFERENCE)), interval)
