"""Attributes and their values in words: "Function: HR", never the code that is stored."""

from __future__ import annotations

from functools import cache

from cultureassess import instruments
from cultureassess.instruments.types import SegmentQuestion
from cultureassess.report.words import Words
from cultureassess.snapshot.types import CompositeResult, Snapshot, Withheld

NOBODY_SAID = "prefer not to say"


def attribute_name(attribute: str, side: str, words: Words) -> str:
    """What a breakdown is by, as a heading."""
    names = {
        "role": words.gettext("Role"),
        "function": words.gettext("Part of the company"),
        "decider": words.gettext("Deciding or using"),
        "segment": words.gettext("Customer group"),
        "type": words.gettext("Kind of partner"),
        "language": words.gettext("Language"),
    }
    if side == "inside":
        names["tenure"] = words.gettext("Years with the company")
        names["contact"] = words.gettext("Contact with customers")
    else:
        names["tenure"] = words.gettext("Years as a customer")
        names["contact"] = words.gettext("Contact with the company")
    return names.get(attribute, _plain(attribute))


def composite_name(composite: CompositeResult, snapshot: Snapshot, words: Words) -> str:
    """A composite by its name, and how many of the indices it is the mean of."""
    return words.gettext(
        "{name} ({n} of {total} indices)",
        name=composite.name,
        n=words.number(len(composite.indices)),
        total=words.number(len(snapshot.indices)),
    )


def value_name(attribute: str, side: str, value: str, snapshot: Snapshot, words: Words) -> str:
    """One value of an attribute as people read it when they chose it; an organisation's own as it is."""
    if attribute == "role":
        return _role(value, words)
    if value == NOBODY_SAID:
        return words.gettext("Prefer not to say")
    return _options(snapshot.instrument.code, words.language, side, attribute).get(value, value)


def withheld_name(found: Withheld, snapshot: Snapshot, words: Words) -> str:
    """What is not shown, from the record's ``attribute: value``."""
    attribute, value = withheld_parts(found, snapshot, words)
    return words.gettext("{attribute}: {value}", attribute=attribute, value=value)


def withheld_parts(found: Withheld, snapshot: Snapshot, words: Words) -> tuple[str, str]:
    """The attribute and the value of :func:`withheld_name`, each as people read it."""
    attribute, _, value = found.what.partition(": ")
    side = next((b.side for b in snapshot.breakdowns if _holds(b.attribute, attribute, b.cells, value)), "")
    name = attribute_name(attribute, side or "inside", words)
    return name, value_name(attribute, side or "inside", value, snapshot, words)


def _holds(name: str, attribute: str, cells: tuple[object, ...], value: str) -> bool:
    return name == attribute and any(getattr(cell, "value", None) == value for cell in cells)


def _role(value: str, words: Words) -> str:
    roles = {
        "executive": words.gettext("Top management"),
        "middle manager": words.gettext("Leaders of managers"),
        "frontline manager or supervisor": words.gettext("Team leaders"),
        "no people responsibility": words.gettext("Leading nobody"),
        NOBODY_SAID: words.gettext("Prefer not to say"),
    }
    return roles.get(value, _plain(value))


def _plain(code: str) -> str:
    text = code.replace("_", " ")
    return text[:1].upper() + text[1:]


@cache
def _options(code: str, language: str, side: str, attribute: str) -> dict[str, str]:
    """Stored code to label, from the packaged questionnaire; empty for a questionnaire of somebody's own."""
    if code not in instruments.available():
        return {}
    spoken = language if language in instruments.languages(code) else instruments.by_code(code).language
    questions = instruments.in_language(code, spoken).segments
    return next((_labels(q) for q in questions if q.code == attribute and q.side.value == side), {})


def _labels(question: SegmentQuestion) -> dict[str, str]:
    return dict(zip(question.codes, question.labels, strict=True))
