"""From gap to action: what a client does about its results, and whether it helped."""

from cultureassess.web.actions import (
    cards,
    figures,
    heard,
    journey,
    meeting,
    practices,
    pulse,
    ranked_ideas,
    workshop,
)
from cultureassess.web.actions.blueprint import bp
from cultureassess.web.actions.loop import bp as loop_bp

__all__ = [
    "bp",
    "cards",
    "figures",
    "heard",
    "journey",
    "loop_bp",
    "meeting",
    "practices",
    "pulse",
    "ranked_ideas",
    "workshop",
]
