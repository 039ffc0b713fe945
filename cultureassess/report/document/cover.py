"""Page 1: who, when, how many, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.figures import HeadlineFigure, headline
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative import Answer, answer, level_words
from cultureassess.report.narrative.reading import ours
from cultureassess.report.narrative.since import since_sentence
from cultureassess.report.options import USUAL, Options
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Coverage, Snapshot

CLIENT_LOGO, VOICE_LOGO = "report:client-logo.png", "report:consultant-logo.png"


@dataclass(frozen=True)
class Cover:
    """Page 1. ``heading`` runs on every page; ``facts`` pairs a name with a value; logos are addresses.

    ``since`` tells what the wave before had found; ``demo`` marks figures of a made-up company.
    """

    organisation: str
    wave: str
    heading: str
    title: str
    facts: tuple[tuple[str, str], ...]
    promise: str
    answer: Answer
    numbers: HeadlineFigure
    level: str
    logo: str
    voice_logo: str
    since: str | None
    demo: str


def cover(
    snapshot: Snapshot, words: Words, options: Options = USUAL, *, earlier: Snapshot | None = None
) -> Cover:
    """Put page 1 together."""
    wave = snapshot.wave
    facts = [(words.gettext("Results of"), words.date(wave.date))]
    facts += [
        (group_name(found.audience, words), usable(found, snapshot, words))
        for found in snapshot.coverage
        if found.audience in ("management", "staff", "customer") or found.usable is not None
    ]
    return Cover(
        organisation=wave.organisation,
        wave=wave.label,
        heading=" · ".join(part for part in (wave.organisation, wave.label) if part),
        title=words.gettext("Culture gap brief")
        if options.shape == "brief"
        else words.gettext("Culture gap report"),
        logo=CLIENT_LOGO if options.logo else "",
        voice_logo=VOICE_LOGO if options.voice.logo else "",
        facts=tuple(facts),
        promise=_promise(snapshot, words),
        answer=answer(snapshot, words),
        numbers=headline(snapshot, words),
        level=_level(snapshot, words),
        since=since_sentence(snapshot, earlier, words),
        demo=words.gettext("Demo data: this company is made up") if options.demo else "",
    )


def usable(found: Coverage, snapshot: Snapshot, words: Words) -> str:
    """The answers of an audience, or that they are fewer than k."""
    if found.usable is None:
        return words.gettext("fewer than {k}", k=snapshot.wave.k)
    if found.invited is None or found.rate is None or found.usable > found.invited:
        return words.answers(found.usable)
    return words.gettext(
        "{usable} of {invited}", usable=words.number(found.usable), invited=words.number(found.invited)
    )


def brief_note(snapshot: Snapshot, words: Words) -> str:
    """The last line of the brief: how many were asked, what is not validated, and how to check it."""
    shown = [found for found in snapshot.coverage if found.audience in ("management", "staff", "customer")]
    told = words.listed(
        [
            words.gettext(
                "{group} {share}",
                group=group_name(found.audience, words),
                share=usable(found, snapshot, words),
            )
            for found in shown
        ]
    )
    questionnaire = (
        words.gettext("The questionnaire is a draft without norms.")
        if ours(snapshot)
        else words.gettext("Whether the questionnaire has been tested, its authors must say.")
    )
    return words.gettext(
        "Answered: {told}. {questionnaire} “cultureassess verify” makes this brief again from the figures "
        "attached to it and compares; the full report has all of them, and the method.",
        told=told,
        questionnaire=questionnaire,
    )


def _promise(snapshot: Snapshot, words: Words) -> str:
    if snapshot.wave.confidential:
        return words.gettext(
            "Confidential. No group of fewer than {k} people is shown; inside a larger group a count can be "
            "smaller.",
            k=snapshot.wave.k,
        )
    return words.gettext(
        "Anonymous. No group of fewer than {k} people is shown; inside a larger group a count can be "
        "smaller.",
        k=snapshot.wave.k,
    )


def _level(snapshot: Snapshot, words: Words) -> str:
    """The level as a heading; below ten customers the inside view, which names itself."""
    customers = snapshot.overall.get("customer")
    if customers is not None and customers.number is not None:
        return _capital(level_words(customers, words))
    for view in ("management", "inside"):
        level = snapshot.overall.get(view)
        if level is not None and level.number is not None:
            return words.gettext("Self-assessed: {level}", level=level_words(level, words))
    return words.gettext("No level")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
