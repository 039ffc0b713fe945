"""Who was asked, what follows from it, and what the silent could change (METHOD 3.8, 3.8b)."""

from __future__ import annotations

from cultureassess.report.narrative.headline import measured
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot


def chosen_sentence(snapshot: Snapshot, words: Words) -> str:
    """How customers were chosen and its consequence."""
    chosen = snapshot.wave.chosen
    if chosen == "all":
        return words.gettext(
            "All customers were asked, so nobody chose who could answer; only silence can mislead."
        )
    if chosen == "random":
        return words.gettext(
            "Customers were drawn at random, so nobody chose who could answer; only silence can mislead."
        )
    if chosen == "picked":
        return _picked(snapshot, words)
    return words.gettext(
        "Customers answered through an open link: nobody knows who did not, "
        "so read the size of a number with caution."
    )


def _picked(snapshot: Snapshot, words: Words) -> str:
    """Kinder customers hide a gap; where there is none to hide, they flatter the score."""
    difference = snapshot.headline.difference
    if difference is None and (composite := snapshot.headline_composite) is not None:
        difference = composite.gap.difference
    if difference is not None and difference > 0:
        return words.gettext(
            "Customers were picked by account managers: picked customers tend to be kinder, "
            "so the gap is probably larger."
        )
    return words.gettext(
        "Customers were picked by account managers: picked customers tend to be kinder, "
        "so customers as a whole are probably less content than this."
    )


def tipping_sentence(snapshot: Snapshot, words: Words) -> str | None:
    """What share of the silent customers would have to agree for customers to match management."""
    tipping = snapshot.headline.tipping
    groups = snapshot.headline.groups
    both = measured(groups.get("management")) and measured(groups.get("customer"))
    if not both or tipping.share is None or tipping.silent is None or tipping.share <= 0:
        return None
    places = {
        "invited": words.number(tipping.invited or 0),
        "silent": words.number(tipping.silent),
        "share": words.percent(tipping.share),
    }
    if tipping.share > 100:
        return words.gettext(
            "{silent} of {invited} invited customers did not answer: even if all of them agreed, "
            "customers could not match management.",
            **places,
        )
    return words.gettext(
        "{silent} of {invited} invited customers did not answer: {share} of them would have to agree "
        "for customers to match management.",
        **places,
    )
