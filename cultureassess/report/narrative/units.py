"""What the sheet of one unit says: which index lies furthest from everybody's, and how sure that is."""

from __future__ import annotations

from cultureassess.report.narrative.sampling import chosen_sentence, flattered_sentence
from cultureassess.report.words import Words
from cultureassess.snapshot.types import BreakdownCell, Estimate, IndexResult, Snapshot

SHADED = 3.0
"""Below this distance, in points, a cell of the heat map counts as the average of its side (METHOD 2.0)."""


def furthest(snapshot: Snapshot, cell: BreakdownCell, whole: str) -> IndexResult | None:
    """The index whose mean lies furthest from everybody's, among those that show both; None if none does.

    Args:
        cell: the unit's row.
        whole: the audience that the unit is a part of.
    """
    far = [(size, index) for index in snapshot.indices if (size := _distance(index, cell, whole)) is not None]
    return max(far, key=lambda found: found[0])[1] if far else None


def _distance(index: IndexResult, cell: BreakdownCell, whole: str) -> float | None:
    unit, everybody = cell.indices.get(index.code), index.groups.get(whole)
    if unit is None or everybody is None or unit.mean is None or everybody.mean is None:
        return None
    return abs(unit.mean - everybody.mean)


def standing_apart(snapshot: Snapshot, cell: BreakdownCell, whole: str, words: Words) -> str:
    """The finding of a unit's sheet, never more certain than the unit's range."""
    index = furthest(snapshot, cell, whole)
    if index is None:
        return words.gettext("None of the indices of this unit can be shown beside those of all.")
    unit, everybody = cell.indices[index.code], index.groups[whole]
    near = ""
    if (_distance(index, cell, whole) or 0.0) < SHADED:
        near = words.gettext(
            "No index that is shown lies {points} points or more from that of all.",
            points=words.number(SHADED),
        )
    told = words.gettext(
        "Furthest from all is {index}: {unit} here, {whole} among all.",
        index=index.name,
        unit=words.score(unit.mean or 0.0, snapshot.level_cuts),
        whole=words.score(everybody.mean or 0.0, snapshot.level_cuts),
    )
    return f"{near} {told} {_certainty(unit, everybody.mean or 0.0, snapshot, words)}".lstrip()


def _certainty(unit: Estimate, whole: float, snapshot: Snapshot, words: Words) -> str:
    if unit.interval is None:
        return words.gettext(
            "So few answers are a conversation, not a measurement: chance alone can move such a mean by "
            "about {points} points.",
            points=words.number(unit.nominal or 0.0),
        )
    cuts = snapshot.level_cuts
    ends = {words.score(min(max(end, 0.0), 100.0), cuts) for end in (unit.interval.low, unit.interval.high)}
    places = {"range": words.between(unit.interval, cuts), "whole": words.score(whole, cuts)}
    if unit.interval.contains(whole) or places["whole"] in ends:
        return words.gettext(
            "The likely range of this unit, {range}, holds {whole}, so this can be chance.", **places
        )
    return words.gettext("The likely range of this unit, {range}, does not reach {whole}.", **places)


def asked_sentence(snapshot: Snapshot, words: Words) -> str:
    """How customers were chosen, and what that does to their scores."""
    if snapshot.wave.chosen == "picked":
        return flattered_sentence(words)
    return chosen_sentence(snapshot, words)


def reading_units(whole: str, words: Words) -> str:
    """What a reader of one unit's sheet must know of its ranges.

    Args:
        whole: name of the audience that the unit is a part of.
    """
    return words.gettext(
        "A likely range is a 95% interval: it says how far chance may have moved a mean. Several indices "
        "are looked at at once, so now and then one stands apart by chance alone; no difference on this "
        "sheet has been tested. “{whole}” includes this unit.",
        whole=whole,
    )
