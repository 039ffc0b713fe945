"""The questions of a page as form fields: what is shown, what came back, and whether it will do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from cultureassess.instruments.types import (
    Instrument,
    OpenQuestion,
    Outcome,
    ResponseScale,
    RoleQuestion,
    SegmentQuestion,
    Side,
)
from cultureassess.models.responses import COMMENT_LENGTH
from cultureassess.services.drafts import Answers
from cultureassess.services.questions import NOT_SAID, Page, says_nothing
from cultureassess.web.i18n import gettext, number
from cultureassess.web.survey.visit import Visit, fill

DONT_KNOW = "D"

_NUMBER = re.compile(r"(\d{1,3})\s*[%٪]?")
"""Digits of any script: an Arabic keyboard types ٦٠."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One question on a page.

    Attributes:
        name: of the form field, and its anchor: the item's, outcome's, segment's or question's id.
        kind: "points" (labelled points, for a statement with "can't judge" apart), "choice" (one of a
            list), "scale" (a row of numbers), "number" (typed), "text" (free).
        belongs: the part of :class:`Answers` that it goes to.
        value: as the person gave it; "" where nothing.
        error: the sentence beside it; "" where it will do.
    """

    name: str
    kind: Literal["points", "choice", "scale", "number", "text"]
    belongs: Literal["points", "outcomes", "segments", "comments", "role"]
    text: str
    options: tuple[Option, ...] = ()
    apart: Option | None = None
    ends: tuple[str, ...] = ()
    hint: str = ""
    low: int = 0
    high: int = 0
    value: str = ""
    error: str = ""

    def __hash__(self) -> int:
        """Of what tells fields apart: drawings are looked up by it on every page."""
        return hash((self.name, self.text, self.value, self.error))

    @property
    def anchor(self) -> str:
        """The id of the control that an error leads to: the first radio, or the box."""
        return f"{self.name}-1" if self.options else self.name


def fields_of(page: Page, visit: Visit, answers: Answers) -> list[Field]:
    """The fields of a page with the answers given so far."""
    fields = list(_items(page, visit.instrument.scale, visit.side, *visit.filling))
    fields += [_outcome(outcome, visit) for outcome in page.outcomes]
    fields += [_segment(question, visit) for question in page.segments]
    fields += [_comment(question, visit) for question in page.comments]
    given = [(field, _given(field, answers)) for field in fields]
    return [replace(field, value=value) if value else field for field, value in given]


def role_field(question: RoleQuestion) -> Field:
    """The question that an open inside link asks first, and the only one that needs an answer."""
    options = tuple(Option(option.code, option.text) for option in question.options)
    hint = gettext("The only question that needs an answer: it says which group you are counted in.")
    return Field("role", "choice", "role", question.text, options, hint=hint)


def read_role(question: RoleQuestion, form: Mapping[str, str]) -> Field:
    """The first question as it was sent; an answer is required (METHOD 1.8)."""
    field = read([role_field(question)], form)[0]
    return field if field.value else replace(field, error=gettext("Choose what fits you best."))


def read(fields: list[Field], form: Mapping[str, str]) -> list[Field]:
    """The fields as they were sent, each with its error where it has one."""
    sent = (replace(field, value=_clean(field, form.get(field.name, ""))) for field in fields)
    return [replace(field, error=_error(field)) for field in sent]


def apply(fields: list[Field], answers: Answers) -> None:
    """Write valid fields into the answers; an empty one takes its answer back."""
    for field in fields:
        part: dict[str, str] | dict[str, int] = getattr(answers, field.belongs)
        part.pop(field.name, None)
        if not field.value:
            continue
        if field.belongs == "outcomes":
            answers.outcomes[field.name] = _number(field.value)
        else:
            getattr(answers, field.belongs)[field.name] = field.value


def unanswered(plan: tuple[Page, ...], answers: Answers) -> list[Page]:
    """The pages on which a rated item has no answer yet."""
    return [page for page in plan if any(item.id not in answers.points for item in page.items)]


def minutes(plan: tuple[Page, ...]) -> int:
    """How long the questionnaire takes, rounded: METHOD 1.1's 7 inside and 5 outside."""
    seconds = sum(
        10 * len(page.items) + 15 * len(page.outcomes) + 10 * len(page.segments) + 20 * len(page.comments)
        for page in plan
    )
    return max(1, round(seconds / 60))


@lru_cache(1024)
def _items(page: Page, scale: ResponseScale, side: Side, organisation: str, period: str) -> tuple[Field, ...]:
    """The rated items of a page, unanswered: the same for everybody, so they are made once."""
    options, apart = _points(scale.labels), Option(DONT_KNOW, scale.dont_know)
    texts = (fill(item.wording(side) or "", organisation, period) for item in page.items)
    return tuple(
        Field(item.id, "points", "points", text, options, apart=apart)
        for item, text in zip(page.items, texts, strict=True)
    )


@cache
def _points(labels: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(str(point), label) for point, label in enumerate(labels, start=1))


def _outcome(outcome: Outcome, visit: Visit) -> Field:
    text = _wording(outcome, visit)
    if outcome.kind == "degree":
        return Field(outcome.id, "points", "outcomes", text, _points(outcome.options))
    if outcome.kind == "recommendation":
        options = tuple(Option(str(n), str(n)) for n in range(outcome.low, outcome.high + 1))
        return Field(outcome.id, "scale", "outcomes", text, options, ends=outcome.ends)
    hint = gettext(
        "A whole number from %(low)d to %(high)d. A guess is fine.", low=outcome.low, high=outcome.high
    )
    return Field(outcome.id, "number", "outcomes", text, hint=hint, low=outcome.low, high=outcome.high)


def _segment(question: SegmentQuestion, visit: Visit) -> Field:
    """A question "about you". Whoever answers may always prefer not to say (METHOD 1.8)."""
    labels = (visit.fill(label) for label in question.labels)
    options = tuple(Option(code, label) for code, label in zip(question.codes, labels, strict=True))
    if not any(map(says_nothing, question.codes)):
        options += (Option(NOT_SAID, gettext("Prefer not to say")),)
    return Field(question.code, "choice", "segments", visit.fill(question.text), options)


def _comment(question: OpenQuestion, visit: Visit) -> Field:
    return Field(question.id, "text", "comments", visit.fill(question.text))


def _wording(asked: Outcome, visit: Visit) -> str:
    return visit.fill(asked.wording(visit.side) or "")


def _given(field: Field, answers: Answers) -> str:
    if field.belongs == "role":
        return answers.role or ""
    return str(getattr(answers, field.belongs).get(field.name, ""))


def _clean(field: Field, text: str) -> str:
    """What was typed without surrounding space; comments also without invisible control characters."""
    if field.kind != "text":
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def _error(field: Field) -> str:
    if not field.value:
        return ""
    if field.kind == "text":
        return _length_error(field.value)
    if field.kind == "number":
        return "" if field.low <= _number(field.value) <= field.high else _number_error(field)
    offered = {option.value for option in (*field.options, field.apart) if option is not None}
    return "" if field.value in offered else gettext("Choose one of the answers offered.")


def _number(text: str) -> int:
    """A whole number of at most three digits, perhaps with a percent sign; -1 for anything else."""
    found = _NUMBER.fullmatch(text)
    return int(found.group(1)) if found else -1


def _number_error(field: Field) -> str:
    return gettext("Enter a whole number from %(low)d to %(high)d.", low=field.low, high=field.high)


def _length_error(text: str) -> str:
    if len(text) <= COMMENT_LENGTH:
        return ""
    return gettext(
        "Your comment has %(length)s characters. Shorten it to %(limit)s or fewer.",
        length=number(len(text)),
        limit=number(COMMENT_LENGTH),
    )


def lead_in(page: Page, visit: Visit) -> str:
    """The sentence above a page of rated items; "" on other pages."""
    if page.kind != "items":
        return ""
    texts = _lead_in_texts(visit.instrument, visit)
    return " ".join(visit.fill(text) for text in texts)


def _lead_in_texts(instrument: Instrument, visit: Visit) -> list[str]:
    if visit.side is Side.INSIDE:
        return [instrument.lead_in.inside]
    business = instrument.lead_in.customer_business if visit.wave.business else None
    return [text for text in (instrument.lead_in.customer, business) if text]
