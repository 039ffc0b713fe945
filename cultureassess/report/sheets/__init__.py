"""What stands on the sheets of the workbook: the snapshot's shown values with their kind."""

from __future__ import annotations

from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.sheets.asked import people_sheet, recommendation_sheet, trend_sheet
from cultureassess.report.sheets.groups import (
    breakdowns_sheet,
    comments_sheet,
    hidden_sheet,
    outcomes_sheet,
    priorities_sheet,
)
from cultureassess.report.sheets.measured import inside_sheet, items_sheet, means_sheet
from cultureassess.report.sheets.tested import gaps_sheet, partners_sheet, reliability_sheet, steps_sheet
from cultureassess.report.sheets.types import Column, Kind, Sheet, Value
from cultureassess.report.sheets.weights import weights_sheet
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot

__all__ = ["Column", "Kind", "Sheet", "Value", "sheets"]


def sheets(snapshot: Snapshot, words: Words, seal: str, earlier: Snapshot | None = None) -> tuple[Sheet, ...]:
    """All sheets, those first that a reader opens first; what changed only beside an ``earlier`` wave."""
    perhaps = (
        (partners_sheet(snapshot, words), steps_sheet(snapshot, words)),
        (reliability_sheet(snapshot, words),),
        (inside_sheet(snapshot, words),),
        (trend_sheet(snapshot, earlier, words),),
        (weights_sheet(snapshot, words),),
    )
    gaps, reliability, inside, trend, weights = (
        [sheet for sheet in some if sheet is not None] for some in perhaps
    )
    return (
        _about(snapshot, words, seal),
        people_sheet(snapshot, words),
        means_sheet(snapshot, words),
        gaps_sheet(snapshot, words),
        *gaps,
        items_sheet(snapshot, words),
        *reliability,
        outcomes_sheet(snapshot, words),
        *([recommendation_sheet(snapshot, words)] if snapshot.recommendations else []),
        *inside,
        *trend,
        breakdowns_sheet(snapshot, words),
        priorities_sheet(snapshot, words),
        *weights,
        comments_sheet(snapshot, words),
        hidden_sheet(snapshot, words),
    )


def _about(snapshot: Snapshot, words: Words, seal: str) -> Sheet:
    wave, info = snapshot.wave, snapshot.instrument
    facts = [
        (words.gettext("Organisation"), wave.organisation),
        (words.gettext("Wave"), wave.label),
        (words.gettext("Results of"), words.date(wave.date)),
        (words.gettext("Questionnaire"), f"{info.title} ({info.code} {info.version})"),
        (words.gettext("Scoring"), snapshot.scoring_version),
        (words.gettext("Smallest group shown"), words.number(wave.k)),
        (words.gettext("Data fingerprint"), snapshot.fingerprint),
        (words.gettext("Seal"), seal),
        (words.gettext("Decimals"), _decimals(words)),
    ]
    for found in snapshot.coverage:
        name = group_name(found.audience, words)
        few = words.gettext("fewer than {k}", k=wave.k)
        answers = words.number(found.usable) if found.usable is not None else few
        facts.append((name, answers))
    columns = (Column(words.gettext("What"), width=26), Column(words.gettext("Value"), width=72))
    return Sheet(words.gettext("About"), columns, tuple(facts))


def _decimals(words: Words) -> str:
    """How many decimals a cell has where a page has fewer, and where both cut them off (METHOD 2.7)."""
    return words.gettext(
        "Where the pages print whole numbers, cells have one decimal; two, cut off, where one would round to "
        "another number than the page’s (44.46 is 44 there), and more only next to none or all. Where a page "
        "prints decimals, the cell has the same ones. Just below a level, and near 0, 5 and 10 points, both "
        "cut decimals off, so that nothing reads as if it had reached a limit: 49.58 is 49.5 below a level "
        "that begins at 50."
    )
