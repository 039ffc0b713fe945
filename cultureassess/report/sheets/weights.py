"""The sheet of the derived weights: what the importance of each index rests on."""

from __future__ import annotations

from cultureassess.report.document.tables import columns
from cultureassess.report.document.tested import importance
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.sheets.types import Column, Sheet, Value, coefficient, share
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Driver, Snapshot


def weights_sheet(snapshot: Snapshot, words: Words) -> Sheet | None:
    """Weights with their statistics; how many customers they come from and R² below. None where the
    framework's weights are used."""
    found = snapshot.importance
    if found.source != "answers":
        return None
    heads = columns(words.gettext("Index|Weight|Correlation|Share of R²|Likely|Johnson"))
    return Sheet(
        words.gettext("Importance"),
        (
            Column(heads[0]),
            Column(words.gettext("Name"), width=28),
            Column(heads[1], "percent"),
            Column(heads[2], "coefficient"),
            Column(heads[3], "coefficient"),
            Column(words.gettext("Likely from"), "coefficient"),
            Column(words.gettext("Likely to"), "coefficient"),
            Column(heads[5], "coefficient"),
        ),
        tuple(_driver(driver, snapshot) for driver in found.drivers),
        frozen=2,
        note=importance(snapshot, words).note or "",
        facts=(
            (f"n · {group_name('customer', words)}", found.n, "count"),
            ("R²", coefficient(found.r_squared), "coefficient"),
        ),
    ).without_empty_columns


def _driver(driver: Driver, snapshot: Snapshot) -> tuple[Value, ...]:
    likely = driver.lmg_interval
    ends = (likely.low, likely.high) if likely is not None else (None, None)
    return (
        driver.index,
        snapshot.index(driver.index).name,
        share(100 * driver.weight),
        coefficient(driver.correlation),
        coefficient(driver.lmg),
        *map(coefficient, ends),
        coefficient(driver.johnson),
    )
