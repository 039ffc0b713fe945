"""The whole report as data, in the order of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.document.appendix import appendix
from cultureassess.report.document.breakdowns import heat_maps
from cultureassess.report.document.cover import Cover, cover
from cultureassess.report.document.importance import Priorities, priorities_section
from cultureassess.report.document.indices import IndexPage, Overview, index_page, overview
from cultureassess.report.document.outcomes import Inside, Outcomes, inside_section, outcomes_section
from cultureassess.report.document.people import People, people_section
from cultureassess.report.document.tables import Table
from cultureassess.report.narrative import reading, reason_sentence
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import Snapshot


@dataclass(frozen=True)
class Reading:
    """How to read this: headed paragraphs, and the levels."""

    entries: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Method:
    entries: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]
    glossary: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Document:
    """Everything that the report prints. ``hidden`` pairs what is not shown with why."""

    language: str
    title: str
    running: str
    fingerprint: str
    cover: Cover
    reading: Reading
    overview: Overview
    indices: tuple[IndexPage, ...]
    people: People
    outcomes: Outcomes
    inside: Inside
    breakdowns: tuple[Table, ...]
    priorities: Priorities
    appendix: tuple[Table, ...]
    method: Method
    hidden: tuple[tuple[str, str], ...]


def document(snapshot: Snapshot, words: Words = ENGLISH) -> Document:
    """Word the whole report of one wave."""
    wave = snapshot.wave
    front, seen = cover(snapshot, words), overview(snapshot, words)
    order = [row.code for group in seen.plot.groups for row in group.rows]
    return Document(
        language=words.language,
        title=words.gettext("Culture gap report: {heading}", heading=front.heading),
        running=_running(snapshot, words),
        fingerprint=snapshot.fingerprint[:12],
        cover=front,
        reading=Reading(reading.how_to_read(snapshot, words), reading.levels(snapshot, words)),
        overview=seen,
        indices=tuple(index_page(snapshot.index(code), snapshot, words) for code in order),
        people=people_section(snapshot, words),
        outcomes=outcomes_section(snapshot, words),
        inside=inside_section(snapshot, words),
        breakdowns=heat_maps(snapshot, words),
        priorities=priorities_section(snapshot, words),
        appendix=appendix(snapshot, words),
        method=_method(snapshot, words),
        hidden=tuple(
            (found.what, reason_sentence(found.reason, words, k=wave.k)) for found in snapshot.withheld
        ),
    )


def _running(snapshot: Snapshot, words: Words) -> str:
    """What every page repeats: how many answered, and the threshold."""
    found = {coverage.audience: coverage.usable for coverage in snapshot.coverage}
    managers, customers = found.get("management"), found.get("customer")
    few = words.gettext("fewer than {k}", k=snapshot.wave.k)
    return words.gettext(
        "{managers} managers · {customers} customers · threshold {k}",
        managers=words.number(managers) if managers is not None else few,
        customers=words.number(customers) if customers is not None else few,
        k=snapshot.wave.k,
    )


def _method(snapshot: Snapshot, words: Words) -> Method:
    info = snapshot.instrument
    return Method(
        entries=reading.method(snapshot, words),
        limits=reading.limits(words),
        glossary=reading.glossary(words),
        versions=(
            (words.gettext("Questionnaire"), f"{info.title} ({info.code} {info.version})"),
            (words.gettext("Scoring"), snapshot.scoring_version),
            (words.gettext("Level cuts"), snapshot.levels_version),
            (words.gettext("Data fingerprint"), snapshot.fingerprint),
        ),
    )
