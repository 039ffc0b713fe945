"""The library's pages in our frame: its errors in our summary, and 422 for a form that will not do."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, make_response, render_template, request
from wtforms import Form


@dataclass(frozen=True)
class Problem:
    """An error of a form: the field's name (and the id of its input), and the sentence."""

    name: str
    error: str

    @property
    def anchor(self) -> str:
        return self.name


def render(template: str, **context: Any) -> Response:  # noqa: ANN401
    """Show one of the library's pages."""
    form = next((value for value in context.values() if isinstance(value, Form) and value.errors), None)
    problems = () if form is None else problems_of(form)
    settings = current_app.extensions["settings"]
    shown = render_template(
        template,
        problems=problems,
        wrong={problem.name: problem for problem in problems},
        contact=settings.contact,
        mails=settings.mails,
        **context,
    )
    failed = request.method == "POST" and problems
    return make_response(shown, HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK)


def problems_from(**found: str | None) -> tuple[Problem, ...]:
    """The problems of a form of ours: a sentence, or None, for each field."""
    return tuple(Problem(name, error) for name, error in found.items() if error)


def problems_of(form: Form) -> tuple[Problem, ...]:
    """The first error of each field; those of the form as a whole belong to its first field."""
    first = next(
        (field.name for field in form if field.type not in ("CSRFTokenField", "HiddenField")), "main"
    )
    whole = [Problem(first, str(error)) for error in form.form_errors[:1]]
    fields = [Problem(field.name, str(field.errors[0])) for field in form if field.errors]
    return (*whole, *fields)
