"""The whole report as data, in the order of its pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from cultureassess.report.document.action import Action, action_section
from cultureassess.report.document.appendix import Appendix, appendix
from cultureassess.report.document.breakdowns import code_names, heat_maps
from cultureassess.report.document.contents import Entry, contents
from cultureassess.report.document.cover import Cover, brief_note, cover
from cultureassess.report.document.facilitator import Facilitator, facilitator_section
from cultureassess.report.document.gaps import Gaps, gaps_section
from cultureassess.report.document.hidden import Hidden, hidden_section
from cultureassess.report.document.importance import Priorities, priorities_section
from cultureassess.report.document.indices import IndexPage, index_page
from cultureassess.report.document.outcomes import Inside, Outcomes, inside_section, outcomes_section
from cultureassess.report.document.overview import Overview, overview
from cultureassess.report.document.people import People, people_section
from cultureassess.report.document.tables import Table
from cultureassess.report.document.trend import Trend, trend_section
from cultureassess.report.document.truth import Truth, truth_section
from cultureassess.report.document.views import Views, views_section
from cultureassess.report.document.voices import Voices, voices_section
from cultureassess.report.narrative import reading
from cultureassess.report.narrative.recipe import check_sentences, commands
from cultureassess.report.options import USUAL, Options, Voice, chosen_sections
from cultureassess.report.spoken import spoken
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import Snapshot


@dataclass(frozen=True)
class Reading:
    """How to read this: headed paragraphs, and the levels."""

    entries: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Method:
    entries: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]
    glossary: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    check: tuple[str, ...]
    commands: tuple[str, str]


@dataclass(frozen=True)
class Document:
    """Everything that the report prints. ``hidden`` says what is not shown and why; ``sections`` are the
    parts after page 1, in their order; ``asked`` closes the brief; ``seal`` identifies figures, options and
    voice together."""

    language: str
    direction: str
    title: str
    running: str
    fingerprint: str
    seal: str
    sections: tuple[str, ...]
    codes: str
    contents: tuple[Entry, ...]
    cover: Cover
    voice: Voice
    reading: Reading
    overview: Overview
    indices: tuple[IndexPage, ...]
    people: People
    outcomes: Outcomes
    inside: Inside
    breakdowns: tuple[Table, ...]
    views: Views
    priorities: Priorities
    truth: Truth
    trend: Trend | None
    voices: Voices
    gaps: Gaps
    action: Action
    facilitator: Facilitator
    appendix: Appendix
    method: Method
    asked: str
    hidden: tuple[Hidden, ...]


def document(
    snapshot: Snapshot,
    words: Words = ENGLISH,
    options: Options = USUAL,
    *,
    earlier: Snapshot | None = None,
    seal: str = "",
) -> Document:
    """Word the whole report of one wave.

    Args:
        snapshot: what may be known of the wave, in any language.
        words: the language to write in.
        options: pages, shape and the consultant's voice.
        earlier: the wave before, for what changed.
        seal: of :func:`cultureassess.report.options.seal`; printed in every footer.
    """
    told = spoken(snapshot, words)
    before = spoken(earlier, words) if earlier is not None else None
    seen = overview(told, words, before)
    told = _in_order(told, [row.code for group in seen.plot.groups for row in group.rows])
    front = cover(told, words, options, earlier=before)
    trend = trend_section(told, before, words) if before is not None else None
    indices = _indices(told, words, options.done)
    views, priorities = views_section(told, words), priorities_section(told, words)
    truth = truth_section(told, words)
    titles = {"views": views.title, "priorities": priorities.title, "truth": truth.title}
    voices, maps = voices_section(told, words), heat_maps(told, words)
    sections = _sections(options, {"trend": trend, "voices": voices.lists, "breakdowns": maps})
    return Document(
        language=words.language,
        direction=words.direction,
        title=_title(front.heading, options, words),
        running=" · ".join(part for part in (front.demo, _running(told, words)) if part),
        fingerprint=snapshot.fingerprint[:12],
        seal=seal[:12],
        sections=sections,
        codes=code_names(told, words),
        contents=contents(sections, indices, titles, words),
        cover=front,
        voice=options.voice,
        reading=Reading(reading.how_to_read(told, words), reading.levels(told, words)),
        overview=seen,
        indices=indices,
        people=people_section(told, words),
        outcomes=outcomes_section(told, words),
        inside=inside_section(told, words),
        breakdowns=maps,
        views=views,
        priorities=priorities,
        truth=truth,
        trend=trend,
        voices=voices,
        gaps=gaps_section(told, words),
        action=action_section(told, words, options.done, options.agreed),
        facilitator=facilitator_section(told, words),
        appendix=appendix(told, words),
        method=_method(told, before, words),
        asked=brief_note(told, words),
        hidden=hidden_section(told, words),
    )


def _in_order(snapshot: Snapshot, order: Sequence[str]) -> Snapshot:
    """The same figures, the indices everywhere in the order of the overview; an unknown kind comes last."""
    codes = (*order, *(index.code for index in snapshot.indices if index.code not in order))
    place = {code: number for number, code in enumerate(codes)}
    drivers = sorted(snapshot.importance.drivers, key=lambda one: place.get(one.index, len(place)))
    return replace(
        snapshot,
        importance=replace(snapshot.importance, drivers=tuple(drivers)),
        indices=tuple(snapshot.index(code) for code in codes),
        pairs=tuple(pair for code in codes for pair in snapshot.pairs_of(code)),
    )


def _indices(snapshot: Snapshot, words: Words, done: Collection[str]) -> tuple[IndexPage, ...]:
    """A page each where there is a gap, first; then the others, two to a page."""
    pages = [index_page(index, snapshot, words, done) for index in snapshot.indices]
    return tuple(sorted(pages, key=lambda page: not page.full))


def _sections(options: Options, contents_of: Mapping[str, object]) -> tuple[str, ...]:
    """The chosen parts, without those that have nothing to print."""
    return tuple(name for name in chosen_sections(options) if contents_of.get(name, True))


def _title(heading: str, options: Options, words: Words) -> str:
    if options.shape == "brief":
        return words.gettext("Culture gap brief: {heading}", heading=heading)
    return words.gettext("Culture gap report: {heading}", heading=heading)


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


def _method(snapshot: Snapshot, earlier: Snapshot | None, words: Words) -> Method:
    info = snapshot.instrument
    return Method(
        entries=reading.method(snapshot, words),
        limits=reading.limits(snapshot, words),
        glossary=reading.glossary(words),
        versions=(
            (words.gettext("Questionnaire"), f"{info.title} ({info.code} {info.version})"),
            (words.gettext("Scoring"), snapshot.scoring_version),
            (words.gettext("Level cuts"), snapshot.levels_version),
            (words.gettext("Data fingerprint"), snapshot.fingerprint),
        ),
        check=check_sentences(earlier, words),
        commands=commands(snapshot, earlier=earlier is not None),
    )
