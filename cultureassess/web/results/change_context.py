"""What stands beside the changes of the indices: the recommendation score, and who answered."""

from __future__ import annotations

from cultureassess.report.narrative.labels import attribute_name
from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.services.comparing_mix import Shift
from cultureassess.services.comparing_waves import Movement
from cultureassess.snapshot.types import Range
from cultureassess.web.results.cells import Setting


def recommendation(setting: Setting, movement: Movement, word: str) -> str:
    """How the net promoter score moved, a whole sentence; ``word`` is the verdict or the reason for none."""
    words = setting.words
    asked = words.gettext(
        "Recommendation (NPS) by customers"
        if movement.audience == "customer"
        else "Recommendation as a place to work (eNPS)"
    )
    if movement.change is None or movement.interval is None:
        return words.gettext("{asked}: {why}.", asked=asked, why=word)
    return words.gettext(
        "{asked}: from {before} to {after} ({change}, likely {range}): {word}.",
        asked=asked,
        before=words.signed(movement.before or 0.0),
        after=words.signed(movement.after or 0.0),
        change=words.points(movement.change, NO_DIFFERENCE),
        range=words.signed_between(movement.interval, NO_DIFFERENCE),
        word=word,
    )


def shifted(setting: Setting, found: tuple[Shift, ...]) -> str | None:
    """Which mixes have shifted, and what the change would be without that."""
    if not found:
        return None
    words = setting.words
    names = [attribute_name(one.attribute, one.side, words).lower() for one in found]
    warning = words.gettext(
        "The mix of those who answered has shifted by more than 10 points ({names}): part of a change may "
        "come from who answered, not from what they think.",
        names=words.listed(names),
    )
    return " ".join([warning, *(line for one in found if (line := _standardised(setting, one, words)))])


def _standardised(setting: Setting, one: Shift, words: Words) -> str | None:
    if one.plain is None or one.standardised is None:
        return None
    headline = next((c.name for c in setting.snapshot.composites if c.headline), "")
    return words.gettext(
        "With the earlier mix of {attribute}, {who} would have moved by {change} points (likely {range}) "
        "instead of {plain} on {headline}.",
        attribute=attribute_name(one.attribute, one.side, words).lower(),
        who=setting.audience(one.group).lower(),
        change=words.points(one.standardised.change),
        range=words.signed_between(Range(*one.standardised.interval)),
        plain=words.points(one.plain),
        headline=headline,
    )
