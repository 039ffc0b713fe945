"""The blueprint of the respondent's pages."""

from __future__ import annotations

from flask import Blueprint

from cultureassess.web.i18n import languages

bp = Blueprint("survey", __name__)


@bp.app_context_processor
def offered_languages() -> dict[str, tuple[str, ...]]:
    """Let pages without a questionnaire offer every language that respondent pages speak."""
    return {"all_languages": languages()}
