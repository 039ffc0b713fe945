"""The page "exactly what is stored", made from the schema, so that it cannot promise anything else."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess import clock
from cultureassess.instruments.types import Audience
from cultureassess.models import Intake
from cultureassess.models.responses import SEGMENT_COLUMNS
from cultureassess.services.accounts import random_number
from cultureassess.services.drafts import Answers
from cultureassess.services.intake import response_row
from cultureassess.services.questions import segment_columns
from cultureassess.web import database
from cultureassess.web.i18n import gettext
from cultureassess.web.survey.visit import Visit


@dataclass(frozen=True)
class Column:
    """One column of the stored row: its name, what it means, and an example."""

    name: str
    meaning: str
    example: str


def describe(visit: Visit, answers: Answers | None) -> list[Column]:
    """Every column of the stored row, with the answers given so far as the example."""
    given = answers or Answers()
    audience = visit.audience(given.role) or Audience.STAFF
    given.language = visit.language
    row = response_row(database.session(), visit.door, audience, given, visit.instrument, today=clock.today())
    if row.account is not None:
        row.account = str(random_number())
    texts = _meanings(visit, audience)
    return [
        Column(name, texts[name], _example(getattr(row, name)))
        for name in Intake.__table__.columns.keys()  # noqa: SIM118 (a column collection, not a dictionary)
        if name in texts
    ]


def _example(value: object) -> str:
    if value is None or value == "":
        return gettext("(empty)")
    return value.hex() if isinstance(value, bytes) else str(value)


def _meanings(visit: Visit, audience: Audience) -> dict[str, str]:
    """Column name to what is in it. Segment columns that this wave does not use are left out."""
    meanings = {
        "id": gettext("A random number. It is replaced by another one when answers are mixed."),
        "wave_id": gettext("Which questionnaire this is."),
        "audience": gettext("Management, staff, customer or partner."),
        "answers": gettext(
            "One character per statement: the point you chose, D for “can't judge”, 0 for none."
        ),
        "outcomes": gettext("Three characters per question with a number; --- for skipped or not asked."),
        "role": gettext("Whether and whom you lead, where it was asked or came with the link."),
        "account": gettext(
            "A random number that stands for your business account in this survey, where accounts are"
            " compared. Which number is which account is deleted when the survey closes."
        ),
        "language": gettext("The language of the questionnaire."),
        "day": gettext("The day, without the time. When the survey closes, “early” or “late” replaces it."),
        "late": gettext("Whether the answer came in the last quarter; filled in when the survey closes."),
        "seconds": gettext(
            "The time spent on the statements together, in seconds. Deleted when the survey closes."
        ),
        "fast": gettext(
            "Whether less than two seconds per statement were taken; filled in when the survey closes."
        ),
    }
    codes = segment_columns(visit.wave, audience.side)
    questions = {
        question.code: question.text
        for question in visit.instrument.segments
        if question.side is audience.side
    }
    for column, code in zip(SEGMENT_COLUMNS, codes, strict=False):
        meanings[column] = gettext("Your answer to “%(question)s”", question=visit.fill(questions[code]))
    return meanings
