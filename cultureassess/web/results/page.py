"""The first page, the answer, as one object: a snapshot in words, ready to be set in HTML.

The snapshot is the only input. What is withheld is not in it, so nothing on the page can leak.
"""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.narrative import Answer, answer, reason_sentence
from cultureassess.report.narrative.labels import withheld_name
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import Coverage, Snapshot
from cultureassess.web.results.cells import Cell, Setting
from cultureassess.web.results.overview import Ladder, Number, ladder, numbers


@dataclass(frozen=True)
class CoverageRow:
    """Who was asked and who answered, of one audience. None where it is not known or not shown."""

    audience: str
    label: str
    invited: str | None
    answered: Cell
    usable: str | None
    rate: str | None
    margin: str | None


@dataclass(frozen=True)
class Absent:
    """One thing that is not shown, and why; never how many answers there were."""

    what: str
    why: str


@dataclass(frozen=True)
class AnswerPage:
    """See ``templates/results/_answer.html``: one part per attribute."""

    snapshot: Snapshot
    date: str
    answer: Answer
    numbers: tuple[Number, ...]
    ladder: Ladder
    coverage: tuple[CoverageRow, ...]
    absent: tuple[Absent, ...]


def build(snapshot: Snapshot, words: Words = ENGLISH) -> AnswerPage:
    """Everything that the first page of a wave's results says."""
    setting = Setting(snapshot, words)
    return AnswerPage(
        snapshot=snapshot,
        date=words.date(snapshot.wave.date),
        answer=answer(snapshot, words),
        numbers=numbers(setting),
        ladder=ladder(setting),
        coverage=coverage(setting),
        absent=absent(setting),
    )


def coverage(setting: Setting) -> tuple[CoverageRow, ...]:
    """Who was asked and who answered, one row per audience."""
    return tuple(_coverage_row(setting, row) for row in setting.snapshot.coverage)


def _coverage_row(setting: Setting, row: Coverage) -> CoverageRow:
    words = setting.words
    answered = (
        setting.withheld(row.withheld) if row.answered is None else Cell(text=words.number(row.answered))
    )
    return CoverageRow(
        audience=row.audience,
        label=setting.audience(row.audience),
        invited=None if row.invited is None else words.number(row.invited),
        answered=answered,
        usable=None if row.usable is None else words.number(row.usable),
        rate=None if row.rate is None else words.percent(row.rate),
        margin=None if row.margin is None else f"±{words.number(row.margin)}",
    )


def absent(setting: Setting) -> tuple[Absent, ...]:
    """What is not shown and why, each thing once: audiences first, then in the snapshot's order."""
    snapshot, words = setting.snapshot, setting.words
    audiences = [(setting.audience(row.audience), row.withheld) for row in snapshot.coverage if row.withheld]
    named = [(withheld_name(one, snapshot, words), one.reason) for one in snapshot.withheld]
    listed = dict.fromkeys([*audiences, *named])
    return tuple(Absent(what, reason_sentence(reason, words, k=snapshot.wave.k)) for what, reason in listed)
