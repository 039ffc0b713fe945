"""The respondent's questionnaire: from a link to "thank you", with or without JavaScript."""

from cultureassess.web.survey import entrance, information, views
from cultureassess.web.survey.blueprint import bp

__all__ = ["bp", "entrance", "information", "views"]
