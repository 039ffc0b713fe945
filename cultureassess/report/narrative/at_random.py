"""Of one manager and one customer picked at random, who is likelier to rate higher (METHOD 3.3)."""

from __future__ import annotations

from cultureassess.report.words import Words
from cultureassess.snapshot.types import Gap

EVEN = 50.0
"""Percent of the pairs in which the manager rates higher where neither side does."""


def higher_sentence(gap: Gap, words: Words) -> str | None:
    """Cliff's delta in plain words, of the side that rates higher more often; None without a verdict."""
    if gap.superiority is None or gap.state is None:
        return None
    if gap.superiority < EVEN:
        return words.gettext(
            "Pick one manager and one customer at random: in {percent} of such pairs the customer’s score is "
            "higher (of equal scores, half count).",
            percent=words.percent(100 - gap.superiority),
        )
    return words.gettext(
        "Pick one manager and one customer at random: in {percent} of such pairs the manager’s score is "
        "higher (of equal scores, half count).",
        percent=words.percent(gap.superiority),
    )
