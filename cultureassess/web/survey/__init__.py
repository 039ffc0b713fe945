"""The respondent's questionnaire: from a link to "thank you", with or without JavaScript."""

from cultureassess.web.survey import drawing, entrance, information, letter_code, limits, stop, views
from cultureassess.web.survey.blueprint import bp

__all__ = ["bp", "drawing", "entrance", "information", "letter_code", "limits", "stop", "views"]
