"""The blueprint of the workspace, and the words that its templates share."""

from __future__ import annotations

from flask import Blueprint

from cultureassess.web.workspace import words

bp = Blueprint("workspace", __name__, url_prefix="/workspace")


@bp.context_processor
def shared_words() -> dict[str, object]:
    """Give the workspace's templates the names of states, audiences and days."""
    return {
        "day": words.day,
        "days": words.period,
        "state_name": words.state_name,
        "who": words.who,
        "chosen_name": words.chosen_name,
    }
