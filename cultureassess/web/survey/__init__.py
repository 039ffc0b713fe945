"""The respondent's questionnaire: from a link to "thank you", with or without JavaScript."""

from cultureassess.web.survey.views import bp

__all__ = ["bp"]
