"""The sheet of one unit as data: one row of a heat map beside everybody on its side, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cultureassess.report.document.advice import guidance
from cultureassess.report.document.cover import CLIENT_LOGO, VOICE_LOGO
from cultureassess.report.document.tables import Cell, Table, columns, likely, people, score, text
from cultureassess.report.figures import UnitPlot, unit_plot
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.figures.unit_plot import WHOLE
from cultureassess.report.narrative import reading
from cultureassess.report.narrative.labels import attribute_name, composite_name, value_name
from cultureassess.report.narrative.units import asked_sentence, furthest, reading_units, standing_apart
from cultureassess.report.narrative.withheld import reason_sentence
from cultureassess.report.options import Options, Unit, Voice
from cultureassess.report.spoken import spoken
from cultureassess.report.units import row_of
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Breakdown, BreakdownCell, Estimate, Snapshot


@dataclass(frozen=True)
class UnitSheet:
    """Everything that a unit's sheet prints.

    ``talk`` is the index to talk about and the question; None where no index can be compared. ``withheld``
    says figure by figure what is not shown and why; empty where everything is.
    """

    language: str
    direction: str
    title: str
    heading: str
    running: str
    fingerprint: str
    seal: str
    eyebrow: str
    name: str
    demo: str
    wave: str
    logo: str
    voice_logo: str
    organisation: str
    voice: Voice
    facts: tuple[tuple[str, str], ...]
    finding: str
    plot: UnitPlot
    table: Table
    talk: tuple[str, str] | None
    rules: tuple[str, ...]
    withheld: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]


def unit_sheet(
    snapshot: Snapshot, words: Words, options: Options, unit: Unit, *, seal: str = ""
) -> UnitSheet:
    """Word the sheet of one unit.

    Args:
        snapshot: of the wave; whole or narrowed to the unit, the sheet is the same.
        seal: printed in the footer.

    Raises:
        cultureassess.report.options.OptionsError: the heat map does not show this unit.
    """
    told = spoken(snapshot, words)
    found, cell = row_of(told, unit)
    name = value_name(found.attribute, found.side, cell.value, told, words)
    wave, whole = told.wave, WHOLE[found.side]
    heading = " · ".join(part for part in (wave.organisation, wave.label) if part)
    demo = words.gettext("Demo data: this company is made up") if options.demo else ""
    return UnitSheet(
        language=words.language,
        direction=words.direction,
        title=words.gettext("Culture gap, {unit}: {heading}", unit=name, heading=heading),
        heading=heading,
        running=" · ".join(part for part in (demo, _running(cell, told, words)) if part),
        fingerprint=snapshot.fingerprint[:12],
        seal=seal[:12],
        eyebrow=_eyebrow(found, words),
        name=name,
        demo=demo,
        wave=wave.label,
        logo=CLIENT_LOGO if options.logo else "",
        voice_logo=VOICE_LOGO if options.voice.logo else "",
        organisation=wave.organisation,
        voice=options.voice,
        facts=_facts(found, cell, told, words),
        finding=standing_apart(told, cell, whole, words),
        plot=unit_plot(told, cell, found.side, name, words),
        table=_table(cell, whole, told, words),
        talk=_talk(cell, whole, told, words),
        rules=_rules(told, words),
        withheld=tuple(_withheld(cell, told, words)),
        entries=_entries(found, told, words),
        versions=(
            (
                words.gettext("Questionnaire"),
                f"{told.instrument.title} ({told.instrument.code} {told.instrument.version})",
            ),
            (words.gettext("Scoring"), told.scoring_version),
            (words.gettext("Data fingerprint"), told.fingerprint),
        ),
    )


def _eyebrow(found: Breakdown, words: Words) -> str:
    attribute = attribute_name(found.attribute, found.side, words)
    side = group_name(WHOLE[found.side], words)
    return words.gettext("{side} by {attribute}", side=side, attribute=attribute)


def _running(cell: BreakdownCell, snapshot: Snapshot, words: Words) -> str:
    answers = words.answers(cell.n or 0)
    return words.gettext("{answers} · threshold {k}", answers=answers, k=snapshot.wave.k)


def _facts(
    found: Breakdown, cell: BreakdownCell, snapshot: Snapshot, words: Words
) -> tuple[tuple[str, str], ...]:
    return (
        (words.gettext("Company"), snapshot.wave.organisation),
        (words.gettext("Results of"), words.date(snapshot.wave.date)),
        (attribute_name(found.attribute, found.side, words), words.answers(cell.n or 0)),
        (words.gettext("Threshold"), words.number(snapshot.wave.k)),
    )


def _table(cell: BreakdownCell, whole: str, snapshot: Snapshot, words: Words) -> Table:
    """Indices, then composites: the unit's n, mean and range, then those of everybody."""
    indices = [
        (index.name, cell.indices.get(index.code), index.groups.get(whole)) for index in snapshot.indices
    ]
    composites = [
        (composite_name(found, snapshot, words), cell.composites.get(found.code), found.groups.get(whole))
        for found in snapshot.composites
    ]
    return Table(
        caption=words.gettext("The numbers of this unit, and those of all"),
        heads=columns(words.gettext("Index|n|Mean|likely|n of all|Mean of all|likely")),
        rows=tuple(_line(*row, snapshot, words) for row in (*indices, *composites)),
        name="unit",
    )


def _line(
    name: str, unit: Estimate | None, everybody: Estimate | None, snapshot: Snapshot, words: Words
) -> tuple[Cell, ...]:
    cuts = snapshot.level_cuts
    figures = [
        cell
        for found in (unit, everybody)
        for cell in (people(found, words), score(found, words, cuts), likely(found, words, cuts))
    ]
    return (text(name), *figures)


def _talk(cell: BreakdownCell, whole: str, snapshot: Snapshot, words: Words) -> tuple[str, str] | None:
    index = furthest(snapshot, cell, whole)
    advice = guidance(index, snapshot, words) if index is not None else None
    return (index.name, advice.question) if index is not None and advice is not None else None


def _rules(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    return (
        words.gettext(
            "Nobody asks or guesses who said what: no group of fewer than {k} people is shown.",
            k=snapshot.wave.k,
        ),
        words.gettext("Ask for an example before anybody explains a number."),
    )


def _withheld(cell: BreakdownCell, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """The unit's missing figures, reason by reason."""
    names = {index.code: index.name for index in snapshot.indices}
    names |= {found.code: found.name for found in snapshot.composites}
    figures: Mapping[str, Estimate] = {**cell.indices, **cell.composites}
    for reason in dict.fromkeys(found.withheld for found in figures.values()):
        if reason is not None:
            missing = [names.get(code, code) for code, found in figures.items() if found.withheld is reason]
            why = reason_sentence(reason, words, k=snapshot.wave.k)
            yield words.gettext("{figures}: {why}", figures=words.listed(missing), why=why)


def _entries(found: Breakdown, snapshot: Snapshot, words: Words) -> tuple[tuple[str, str], ...]:
    whole = group_name(WHOLE[found.side], words)
    chosen = ((words.gettext("Who was asked"), asked_sentence(snapshot, words)),)
    return (
        reading.how_to_read(snapshot, words)[0],
        (words.gettext("Ranges"), reading_units(whole, words)),
        *(chosen if found.side == "outside" else ()),
    )
