"""The facilitator's sheet: 90 minutes with the leaders, and honest answers to what they will ask."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.document.action import use_without_gap
from cultureassess.report.document.advice import guidance
from cultureassess.report.document.overview import detectable_sentence
from cultureassess.report.narrative.harsher import harsher_question
from cultureassess.report.narrative.priorities import actionable, ranked
from cultureassess.report.narrative.sampling import (
    chosen_sentence,
    silent_sentences,
    tipping_sentence,
    unknown_silence,
)
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot


@dataclass(frozen=True)
class Facilitator:
    """``steps`` are minutes, what, how; ``questions`` and ``objections`` pair a heading with a text."""

    steps: tuple[tuple[str, str, str], ...]
    questions: tuple[tuple[str, str], ...]
    objections: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]


def facilitator_section(snapshot: Snapshot, words: Words) -> Facilitator:
    """Everything that somebody needs who leads the conversation about this report."""
    return Facilitator(
        steps=_steps(snapshot, words),
        questions=_questions(snapshot, words),
        objections=_objections(snapshot, words),
        rules=_rules(snapshot, words),
    )


def _steps(snapshot: Snapshot, words: Words) -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "0–10",
            words.gettext("Guess first"),
            words.gettext("Everybody writes down, alone, where customers will have put the company."),
        ),
        (
            "10–25",
            words.gettext("Page 1"),
            words.gettext(
                "Read it in silence. Then each says one thing that surprised them; no defence yet."
            ),
        ),
        (
            "25–45",
            words.gettext("The statements"),
            words.gettext(
                "Read the widest pairs aloud, the customers’ wording first. Ask for an example each."
            )
            if any(pair.gap.interval is not None for pair in snapshot.pairs)
            else words.gettext(
                "Read the statements aloud, the customers’ wording first. Ask for an example each."
            ),
        ),
        (
            "45–65",
            words.gettext("Why"),
            words.gettext("The questions below, one index at a time. Causes before measures.")
            if _questions(snapshot, words)
            else _instead(snapshot, words),
        ),
        (
            "65–85",
            words.gettext("Decide"),
            _decide(snapshot, words),
        ),
        (
            "85–90",
            words.gettext("Close the loop"),
            words.gettext("Agree who tells employees and customers what was heard, and when."),
        ),
    )


def _decide(snapshot: Snapshot, words: Words) -> str:
    """What the action sheet has fields for."""
    if actionable(snapshot):
        return words.gettext("Fill in the action sheet: at most three gaps, and one thing to stop.")
    fields = {
        "keep": words.gettext("Fill in the action sheet: one thing to keep, and one to stop."),
        "low": words.gettext("Fill in the action sheet: one thing that customers rate low, and one to stop."),
        "hear": words.gettext("Fill in the action sheet: whom to hear next, and one thing to stop."),
    }
    return fields[use_without_gap(snapshot)]


def _instead(snapshot: Snapshot, words: Words) -> str:
    """What to ask where there is nothing of which a cause could be sought."""
    if use_without_gap(snapshot) == "keep":
        return words.gettext("What do people here do that customers value, and what would put it at risk?")
    return words.gettext("What would we have to know to be sure, and who could tell us?")


def _questions(snapshot: Snapshot, words: Words) -> tuple[tuple[str, str], ...]:
    """One for each index to act on, else for what customers rate low; none without anything to explain."""
    chosen = actionable(snapshot)
    if not chosen and use_without_gap(snapshot) == "low":
        chosen = ranked(snapshot)[:1]
    found = [(index.name, guidance(index, snapshot, words)) for index in chosen]
    return tuple((name, advice.question) for name, advice in found if advice is not None)


def _objections(snapshot: Snapshot, words: Words) -> tuple[tuple[str, str], ...]:
    silent = [tipping_sentence(snapshot, words), *silent_sentences(snapshot, words)]
    tipping = " ".join(sentence for sentence in silent if sentence) or unknown_silence(snapshot, words)
    enough = detectable_sentence(snapshot, words) or words.gettext(
        "With fewer than ten on a side there is no verdict in this report, only what those people said."
    )
    return (
        (words.gettext("“Who picked these customers?”"), chosen_sentence(snapshot, words)),
        (words.gettext("“Could the silent ones change it?”"), tipping),
        harsher_question(snapshot, words),
        (words.gettext("“Are these enough answers?”"), enough),
        (
            words.gettext("“Can I recompute it?”"),
            words.gettext(
                "Yes. The figures are attached to this file; “cultureassess verify” makes the report again "
                "from them and compares every figure. Whoever holds the answers can compute the figures "
                "of this wave, too: the last page gives the commands."
            ),
        ),
    )


def _rules(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    return (
        words.gettext(
            "Nobody asks or guesses who said what: no group of fewer than {k} people is shown.",
            k=snapshot.wave.k,
        ),
        words.gettext("Size and range first, then the verdict. “Cannot tell yet” is a result, too."),
        words.gettext("Customers’ scores are not a ranking of people, and no bonus hangs on them."),
    )
