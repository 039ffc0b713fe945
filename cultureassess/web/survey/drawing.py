"""Drawing a question as HTML, and remembering the drawings that everybody gets."""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations

from flask import current_app
from markupsafe import Markup

from cultureassess.web import i18n
from cultureassess.web.survey.blueprint import bp
from cultureassess.web.survey.fields import Field

REMEMBERED = 4096
"""Drawings kept per process: a questionnaire in five languages with every point chosen takes about 1,500."""


@bp.app_template_global()
def question(field: Field) -> Markup:
    """A question as HTML.

    One to choose from looks the same for everybody who chose the same, so its drawing is remembered: a
    page then costs a third. What somebody typed, or got wrong, is drawn anew and never kept.
    """
    chosen = field.value in {"", *(option.value for option in field.options)} or (
        field.apart is not None and field.value == field.apart.value
    )
    return _remembered(field) if field.options and chosen and not field.error else _drawn(field)


@bp.app_template_global()
def language_switch(offered: tuple[str, ...], form: str) -> Markup:
    """The language switch: inside a form (by its id) buttons that save it, elsewhere links."""
    return _switch(offered, i18n.language(), form, i18n.gettext("Language"))


@bp.app_template_global()
def remembered(macro: str, *values: str | bool | int) -> Markup:
    """A macro of survey/_frame.html that depends on its values and the page's language alone."""
    return _frame(i18n.texts(), macro, *values)


@lru_cache(REMEMBERED)
def _frame(_language: NullTranslations, macro: str, *values: str | bool | int) -> Markup:
    template = current_app.jinja_env.get_template("survey/_frame.html")
    drawn: Markup = getattr(template.module, macro)(*values)
    return drawn


@lru_cache(REMEMBERED)
def _switch(offered: tuple[str, ...], current: str, form: str, label: str) -> Markup:
    template = current_app.jinja_env.get_template("survey/languages.html")
    drawn: Markup = template.module.switch(offered, current, form, label)  # type: ignore[attr-defined]
    return drawn


@lru_cache(REMEMBERED)
def _remembered(field: Field) -> Markup:
    return _drawn(field)


def _drawn(field: Field) -> Markup:
    template = current_app.jinja_env.get_template("survey/question.html")
    drawn: Markup = template.module.question(field)  # type: ignore[attr-defined]
    return drawn
