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
from cultureassess.report.sheets.measured import gaps_sheet, items_sheet, means_sheet
from cultureassess.report.sheets.types import Column, Kind, Sheet, Value
from cultureassess.report.sheets.weights import weights_sheet
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot

__all__ = ["Column", "Kind", "Sheet", "Value", "sheets"]


def sheets(snapshot: Snapshot, words: Words, seal: str, earlier: Snapshot | None = None) -> tuple[Sheet, ...]:
    """All sheets, those first that a reader opens first; what changed only beside an ``earlier`` wave."""
    trend, weights = trend_sheet(snapshot, earlier, words), weights_sheet(snapshot, words)
    return (
        _about(snapshot, words, seal),
        people_sheet(snapshot, words),
        means_sheet(snapshot, words),
        gaps_sheet(snapshot, words),
        items_sheet(snapshot, words),
        outcomes_sheet(snapshot, words),
        *([recommendation_sheet(snapshot, words)] if snapshot.recommendations else []),
        *([trend] if trend is not None else []),
        breakdowns_sheet(snapshot, words),
        priorities_sheet(snapshot, words),
        *([weights] if weights is not None else []),
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
    """Why a cell and a page can differ by a decimal, and where both cut one off (METHOD 2.7)."""
    return words.gettext(
        "Cells have one decimal more than the pages. Just below a level, and near 0, 5 and 10 points, both "
        "cut decimals off instead of rounding them, so that nothing reads as if it had reached a limit: "
        "49.58 is 49.5 below a level that begins at 50."
    )
