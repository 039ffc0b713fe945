"""The part of the appendix that carries tests and reliability: gaps, steps, importance."""

from __future__ import annotations

from collections.abc import Iterator

from cultureassess.report.document.tables import Cell, Table, columns, hidden, number, text
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative import state_word
from cultureassess.report.narrative.gaps import class_word
from cultureassess.report.words import Words
from cultureassess.snapshot.types import (
    CompositeResult,
    Driver,
    Gap,
    IndexResult,
    Range,
    Reliability,
    Snapshot,
    Step,
)

DASH = Cell("–", "quiet")


def gaps(snapshot: Snapshot, words: Words) -> Table:
    """Managers minus customers, with effect sizes, verdict and class."""
    results: list[IndexResult | CompositeResult] = [*snapshot.indices, *snapshot.composites]
    told = any(result.gap.interval is not None for result in results)
    return Table(
        caption=words.gettext("Gaps: managers minus customers, in points"),
        heads=columns(words.gettext("Measure|Gap|Likely|Resampled|g|Delta|Manager higher|Verdict|Class")),
        rows=tuple(_gap_row(result.code, result.gap, words) for result in results) if told else (),
        note=f"{_family(snapshot.family_size, words)} {_effects(words)}",
        name="verdicts",
    )


def _family(tested: int, words: Words) -> str:
    """How many indices share one error rate, or why none was tested."""
    if not tested:
        return words.gettext(
            "No index was tested: none has ten answers and more on both sides that may be shown. Composites "
            "carry a range only."
        )
    if tested == 1:
        return words.gettext(
            "One index was tested, so its verdict needs no correction. Composites carry a range only."
        )
    return words.gettext(
        "Verdicts are held to a common error rate over {m} indices (Holm). Composites stand outside this "
        "family and carry a range only.",
        m=tested,
    )


def _effects(words: Words) -> str:
    return words.gettext(
        "g: Hedges’ g with the average variance. Delta: Cliff’s delta. Manager higher: in how many pairs of "
        "one manager and one customer."
    )


def partner_gaps(snapshot: Snapshot, words: Words) -> Table:
    """Managers minus partners; a family of its own."""
    rows = [
        _gap_row(index.code, index.partner_gap, words)
        for index in snapshot.indices
        if index.partner_gap.difference is not None
    ]
    return Table(
        caption=words.gettext("Gaps: managers minus partners, in points"),
        heads=columns(words.gettext("Measure|Gap|Likely|Resampled|g|Delta|Manager higher|Verdict|Class")),
        rows=tuple(rows),
        name="verdicts",
    )


def _gap_row(code: str, gap: Gap, words: Words) -> tuple[Cell, ...]:
    if gap.difference is None:
        return (text(code), *(hidden(words, gap.withheld) for _ in range(8)))
    effects = [_decimal(value, words) for value in (gap.hedges_g, gap.cliffs_delta)]
    size = number(words.points(gap.difference)) if gap.interval else DASH
    higher = number(words.percent(gap.superiority)) if gap.superiority is not None else DASH
    verdict = state_word(gap, words) if gap.state else "–"
    told = text(verdict), text(class_word(gap, words) or "–")
    return (
        text(code),
        size,
        _range(gap.interval, words),
        _range(gap.bootstrap, words),
        *effects,
        higher,
        *told,
    )


def _range(interval: Range | None, words: Words) -> Cell:
    return number(words.signed_between(interval)) if interval is not None else DASH


def _decimal(value: float | None, words: Words) -> Cell:
    """Effect sizes and coefficients are printed with two decimals (METHOD 2.0, step 15)."""
    return number(words.decimal(value, 2)) if value is not None else DASH


def steps(snapshot: Snapshot, words: Words) -> Table:
    """How each gap divides: managers to employees, employees to customers."""
    told = any(step.interval is not None for index in snapshot.indices for step in index.chain)
    return Table(
        caption=words.gettext("Steps, in points"),
        heads=columns(words.gettext("Index|From|To|Points|Likely")),
        rows=tuple(row for index in snapshot.indices for row in _step_rows(index, words)) if told else (),
        note=words.gettext("Computed before rounding: the printed steps can miss the printed gap by one."),
        name="steps",
    )


def _step_rows(index: IndexResult, words: Words) -> Iterator[tuple[Cell, ...]]:
    for step in index.chain:
        names = [text(group_name(group, words)) for group in (step.upper, step.lower)]
        yield (text(index.code), *names, *_step(step, words))


def _step(step: Step, words: Words) -> tuple[Cell, Cell]:
    if step.difference is None:
        return hidden(words, step.withheld), hidden(words, step.withheld)
    if step.interval is None:
        return DASH, DASH
    return number(words.points(step.difference)), _range(step.interval, words)


def reliability(snapshot: Snapshot, words: Words) -> Table:
    """How far the items of an index move together, and how far managers agree."""
    rows = [
        _reliability_row(index, found, words)
        for index in snapshot.indices
        for found in index.reliability
        if found.n is not None
    ]
    return Table(
        caption=words.gettext("Reliability, from 30 answers"),
        heads=columns(words.gettext("Index|Group|n|Alpha|Likely|Omega|Spearman-Brown|Weakest item")),
        rows=tuple(rows),
        note=words.gettext(
            "The pages of the indices warn below 0.70; of an index of two statements, told by "
            "Spearman-Brown, below 0.50."
        ),
        name="reliability",
    )


def _reliability_row(index: IndexResult, found: Reliability, words: Words) -> tuple[Cell, ...]:
    interval = found.alpha_interval
    likely = (
        number(
            words.gettext(
                "{low} to {high}", low=words.decimal(interval.low, 2), high=words.decimal(interval.high, 2)
            )
        )
        if interval is not None
        else DASH
    )
    weakest = min(found.item_rest.values(), default=None)
    return (
        text(index.code),
        text(group_name(found.audience, words)),
        number(words.number(found.n or 0)),
        _decimal(found.alpha, words),
        likely,
        _decimal(found.omega, words),
        _decimal(found.spearman_brown, words),
        _decimal(weakest, words),
    )


def importance(snapshot: Snapshot, words: Words) -> Table:
    """What the derived importance rests on; empty where the framework's weights are used."""
    found = snapshot.importance
    rows = [_driver(driver, words) for driver in found.drivers] if found.source == "answers" else []
    r_squared = words.decimal(found.r_squared, 2) if found.r_squared is not None else "–"
    return Table(
        caption=words.gettext("Derived importance"),
        heads=columns(words.gettext("Index|Weight|Correlation|Share of R²|Likely|Johnson")),
        rows=tuple(rows),
        note=words.gettext(
            "From {customers}; R² {r_squared}. Shares: LMG, and Johnson’s relative weights as a check.",
            customers=words.customers(found.n or 0),
            r_squared=r_squared,
        ),
    )


def _driver(driver: Driver, words: Words) -> tuple[Cell, ...]:
    interval = driver.lmg_interval
    likely = (
        number(
            words.gettext(
                "{low} to {high}", low=words.decimal(interval.low, 2), high=words.decimal(interval.high, 2)
            )
        )
        if interval is not None
        else DASH
    )
    numbers = [_decimal(value, words) for value in (driver.correlation, driver.lmg)]
    weight = number(words.percent(100 * driver.weight))
    return (text(driver.index), weight, *numbers, likely, _decimal(driver.johnson, words))
