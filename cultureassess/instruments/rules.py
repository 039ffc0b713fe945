"""What an instrument must keep besides its types: METHOD 1, stated as rules that name the table at fault.

Nothing here knows our own questionnaire: other indices, unpaired or reversed items and scales of
2 to 9 points are as good.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from cultureassess.instruments.types import (
    Audience,
    Block,
    Index,
    Instrument,
    Item,
    Outcome,
    SegmentQuestion,
    Side,
)

FILE_COLUMNS: Final = frozenset(
    ("rid", "audience", "role", "type", "account", "seconds", "late", "day", "language")
)
"""Column names with a meaning of their own in answer files; no item may be called like one."""

_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}?|\}")
_KNOWN_PLACEHOLDERS: Final = frozenset(("{ORG}", "{PERIOD}"))


class Problem(NamedTuple):
    """A broken rule: the table, for example ``items[3] (EO2)``, and the reason in words."""

    table: str
    reason: str


def first_problem(instrument: Instrument) -> Problem | None:
    """The first broken rule, or None if the instrument may be used."""
    return next(chain.from_iterable(rule(instrument) for rule in _RULES), None)


def _place(table: str, position: int, name: str) -> str:
    return f"{table}[{position}] ({name})"


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _text_problem(text: str, what: str) -> str | None:
    """Why a text cannot be shown: blank, or with a placeholder that nothing fills in."""
    if not text.strip():
        return f"{what} is empty"
    unknown = [p for p in _PLACEHOLDER.findall(text) if p not in _KNOWN_PLACEHOLDERS]
    return f"{what} has the unknown placeholder {unknown[0]}" if unknown else None


def _texts(table: str, texts: Iterable[tuple[str, str | None]]) -> Iterator[Problem]:
    for what, text in texts:
        if text is not None and (reason := _text_problem(text, what)):
            yield Problem(table, reason)


def _frame(instrument: Instrument) -> Iterator[Problem]:
    if not _CODE.fullmatch(instrument.code):
        yield Problem("code", f"{instrument.code!r} is not a letter followed by letters, digits and _")
    for field in ("version", "title", "language", "period"):
        yield from _texts(field, [(field, getattr(instrument, field))])
    lead_in = instrument.lead_in
    voices = ("inside", lead_in.inside), ("customer", lead_in.customer)
    yield from _texts("lead_in", [*voices, ("customer_business", lead_in.customer_business)])


def _scale(instrument: Instrument) -> Iterator[Problem]:
    scale = instrument.scale
    if not 2 <= scale.points <= 9:
        yield Problem("scale", f"points is {scale.points}, must be 2 to 9")
    if len(scale.labels) != scale.points:
        yield Problem("scale", f"{len(scale.labels)} labels for {scale.points} points")
    for label in _repeated(scale.labels):
        yield Problem("scale", f"the label {label!r} stands twice")
    yield from _texts("scale", [("a label", label) for label in scale.labels])
    yield from _texts("scale", [("dont_know", scale.dont_know)])


def _indices(instrument: Instrument) -> Iterator[Problem]:
    used = {item.index for item in instrument.items}
    groups: list[tuple[str, Sequence[Index | Block]]] = [
        ("indices", instrument.indices),
        ("blocks", instrument.blocks),
    ]
    for table, entries in groups:
        for position, entry in enumerate(entries):
            place = _place(table, position, entry.code)
            yield from _texts(place, [("code", entry.code), ("name", entry.name)])
            yield from _texts(place, [("meaning", entry.meaning)])
            if not (entry.items if isinstance(entry, Block) else entry.code in used):
                yield Problem(place, "has no item")
    if not instrument.indices:
        yield Problem("indices", "there is none")


def _codes(instrument: Instrument) -> Iterator[Problem]:
    """Ids and codes are column names and table keys, so that each may stand once."""
    scales = (instrument.indices, instrument.composites, instrument.blocks)
    for code in _repeated(entry.code for group in scales for entry in group):
        yield Problem("indices, composites, blocks", f"the code {code} stands twice")
    questions = (instrument.rated, instrument.outcomes, instrument.open_questions)
    ids = [entry.id for group in questions for entry in group]
    for id_ in _repeated(ids):
        yield Problem("items, outcomes, open_questions", f"the code {id_} stands twice")
    taken = FILE_COLUMNS | {question.code for question in instrument.segments}
    for id_ in ids:
        if not _CODE.fullmatch(id_):
            yield Problem(
                "items, outcomes, open_questions",
                f"the code {id_!r} is not a letter followed by letters, digits and _",
            )
        if id_ in taken:
            yield Problem("items, outcomes, open_questions", f"the code {id_} names another column")


def _items(instrument: Instrument) -> Iterator[Problem]:
    indices = {index.code for index in instrument.indices}
    for position, item in enumerate(instrument.items):
        place = _place("items", position, item.id)
        if item.index not in indices:
            yield Problem(place, f"unknown index {item.index!r}")
        yield from _wordings(place, item)


def _wordings(place: str, entry: Item | Outcome) -> Iterator[Problem]:
    if entry.inside is None and entry.customer is None:
        yield Problem(place, "has no wording, neither inside nor customer")
    yield from _texts(place, [("the inside wording", entry.inside), ("the customer wording", entry.customer)])


def _block_items(instrument: Instrument) -> Iterator[Problem]:
    for block_position, block in enumerate(instrument.blocks):
        for position, item in enumerate(block.items):
            place = f"blocks[{block_position}].{_place('items', position, item.id)}"
            if item.index != block.code:
                yield Problem(place, f"its index is {item.index!r}, must be the block's code {block.code!r}")
            if item.customer is not None:
                yield Problem(place, "a block is inside-only, but there is a customer wording")
            yield from _wordings(place, item)


def _composites(instrument: Instrument) -> Iterator[Problem]:
    indices = {index.code for index in instrument.indices}
    if not instrument.composites:
        yield Problem("composites", "there is none; the overall level needs one")
    if sum(composite.headline for composite in instrument.composites) > 1:
        yield Problem("composites", "more than one is the headline")
    for position, composite in enumerate(instrument.composites):
        place = _place("composites", position, composite.code)
        yield from _texts(place, [("code", composite.code), ("name", composite.name)])
        if not composite.indices:
            yield Problem(place, "has no index")
        for code in (code for code in composite.indices if code not in indices):
            yield Problem(place, f"unknown index {code!r}")
        for code in _repeated(composite.indices):
            yield Problem(place, f"the index {code} stands twice")


def _pages(instrument: Instrument) -> Iterator[Problem]:
    shared = [item.id for item in instrument.rated if item.customer is not None]
    inside_only = [item.id for item in instrument.rated if item.customer is None]
    for name, pages, expected in (
        ("paired", instrument.pages.paired, shared),
        ("inside_only", instrument.pages.inside_only, inside_only),
    ):
        planned = list(chain.from_iterable(pages))
        place = f"pages.{name}"
        if not all(pages):
            yield Problem(place, "a page is empty")
        for id_ in _repeated(planned):
            yield Problem(place, f"{id_} stands twice")
        for id_ in (id_ for id_ in planned if id_ not in expected):
            yield Problem(place, f"{id_} does not belong here")
        for id_ in (id_ for id_ in expected if id_ not in planned):
            yield Problem(place, f"{id_} is missing")


def _outcomes(instrument: Instrument) -> Iterator[Problem]:
    guessable = {o.id for o in instrument.outcomes if o.kind == "degree" and o.customer is not None}
    for position, outcome in enumerate(instrument.outcomes):
        place = _place("outcomes", position, outcome.id)
        yield from _wordings(place, outcome)
        if reason := _outcome_problem(outcome, guessable):
            yield Problem(place, reason)


def _outcome_problem(outcome: Outcome, guessable: set[str]) -> str | None:
    if outcome.kind == "degree":
        return _degree_problem(outcome)
    if outcome.options or outcome.highly:
        return f"a {outcome.kind} has no options"
    if outcome.kind == "forecast":
        if outcome.about not in guessable:
            return f"a forecast about {outcome.about!r}, which is no degree outcome that customers answer"
        return None if (outcome.low, outcome.high) == (0, 100) else "a forecast goes from 0 to 100"
    if (outcome.low, outcome.high) != (0, 10):
        return "a recommendation goes from 0 to 10"
    return None if len(outcome.ends) == 2 else "a recommendation needs the words of its two ends"


def _degree_problem(outcome: Outcome) -> str | None:
    count = len(outcome.options)
    if not 2 <= count <= 9:
        return f"{count} options, must be 2 to 9"
    if any(not option.strip() for option in outcome.options) or _repeated(outcome.options):
        return "an option is empty or stands twice"
    if not outcome.highly or not set(outcome.highly) < set(range(1, count + 1)):
        return f"highly must name some of the options 1 to {count}, not all"
    return None


def _open_questions(instrument: Instrument) -> Iterator[Problem]:
    for position, question in enumerate(instrument.open_questions):
        yield from _texts(_place("open_questions", position, question.id), [("the text", question.text)])


def _role_question(instrument: Instrument) -> Iterator[Problem]:
    question = instrument.role_question
    if question is None:
        return
    yield from _texts("role_question", [("the text", question.text)])
    for option in question.options:
        yield from _texts("role_question", [("an option", option.text), ("a code", option.code)])
    for code in _repeated(option.code for option in question.options):
        yield Problem("role_question", f"the code {code!r} stands twice")
    if {option.audience for option in question.options} != {Audience.MANAGEMENT, Audience.STAFF}:
        yield Problem("role_question", "the options must lead to management and to staff, and nowhere else")


def _segments(instrument: Instrument) -> Iterator[Problem]:
    for side in Side:
        for code in _repeated(q.code for q in instrument.segments if q.side is side):
            yield Problem("segments", f"the code {code} stands twice on the {side} side")
    for position, question in enumerate(instrument.segments):
        place = _place("segments", position, question.code)
        yield from _texts(place, [("code", question.code), ("the text", question.text)])
        yield from _texts(place, [("a label", label) for label in question.labels])
        if reason := _segment_problem(question):
            yield Problem(place, reason)


def _segment_problem(question: SegmentQuestion) -> str | None:
    if question.code in FILE_COLUMNS - {"type"}:
        return f"the code {question.code} names another column"
    if len(question.labels) != len(question.codes):
        return f"{len(question.labels)} labels for {len(question.codes)} codes"
    if len(question.codes) < 2 and not question.organisation_defined:
        return "needs at least two values, or organisation_defined = true"
    if _repeated(question.codes) or not all(code.strip() for code in question.codes):
        return "a code is empty or stands twice"
    if question.audience is not None and question.audience.side is not question.side:
        return f"{question.audience} is no audience of the {question.side} side"
    return None


_RULES: Final[tuple[Callable[[Instrument], Iterator[Problem]], ...]] = (
    _frame,
    _scale,
    _codes,
    _indices,
    _items,
    _block_items,
    _composites,
    _pages,
    _outcomes,
    _open_questions,
    _role_question,
    _segments,
)
