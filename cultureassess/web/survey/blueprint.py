"""The blueprint of the respondent's pages."""

from __future__ import annotations

from flask import Blueprint
from flask.sansio.blueprints import BlueprintSetupState

from cultureassess.web.i18n import languages

bp = Blueprint("survey", __name__)


@bp.record_once
def offer_languages(state: BlueprintSetupState) -> None:
    """Let pages without a questionnaire offer every language that respondent pages speak."""
    state.app.jinja_env.globals.update(all_languages=languages())
