"""The statistics before the disclosure step, for the person who holds the raw files anyway.

The layout is that of ``expected`` in the reference case c17. Nothing here may reach a page: the
snapshot is built from the same measures through the disclosure step.
"""

from __future__ import annotations

from typing import Any

from cultureassess.disclosure.suppression import one_way
from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.scoring import gaps, levels, multiplicity, proportions, verdicts
from cultureassess.scoring.answers import BoolArray, Segment
from cultureassess.scoring.describe import Interval
from cultureassess.scoring.items import ItemTally
from cultureassess.scoring.scores import Tally
from cultureassess.snapshot.figures import from_tally
from cultureassess.snapshot.measures import Measured
from cultureassess.snapshot.settings import Settings
from cultureassess.snapshot.wave import MeasuredWave

MANAGEMENT, STAFF, CUSTOMER = (a.value for a in (Audience.MANAGEMENT, Audience.STAFF, Audience.CUSTOMER))


def statistics(wave: MeasuredWave, settings: Settings, identifiers: dict[str, list[str]]) -> dict[str, Any]:
    """Return every undisclosed statistic in c17's layout.

    Args:
        wave: the measured wave.
        settings: its settings.
        identifiers: side -> the respondents' identifiers in file order (the excluded are named).
    """
    return {
        "quality": {
            "inside": _quality(wave.inside, identifiers["inside"]),
            "customers": _quality(wave.outside, identifiers["outside"]),
        },
        "gap": _index_gaps(wave),
        "composites": {code: _composite(wave, code) for code in wave.inside.composites},
        "internal_full_index": {
            code: {
                "management": _group(wave.inside_tally(table, MANAGEMENT)),
                "all_inside": _group(wave.inside_tally(table, "inside")),
            }
            for code, table in wave.inside.full.items()
        },
        "employee_block": _block(wave),
        "items_customers": _items(wave.outside, CUSTOMER),
        "items_management": _items(wave.inside, MANAGEMENT, within=wave.instrument),
        **_outcomes(wave),
        "mindset_behaviour_gap": {
            tag: {
                "management": _group(wave.inside_tally(wave.inside.tags[tag], MANAGEMENT)),
                "customers": _group(wave.customers(wave.outside.tags[tag])),
            }
            for tag in ("mindset", "behaviour")
            if tag in wave.inside.tags and tag in wave.outside.tags
        },
        "suppression": _suppression(wave, settings),
    }


def _quality(side: Measured, identifiers: list[str]) -> dict[str, Any]:
    flags = side.prepared.flags
    return {
        "n_raw": len(side.prepared.raw),
        "straight": int(flags.straight.sum()),
        "fast": int(flags.fast.sum()),
        "excluded": [identifiers[place] for place in flags.excluded.nonzero()[0]],
    }


def _group(tally: Tally) -> dict[str, Any]:
    return {"n": tally.n, "mean": _none(tally.mean), "sd": _none(tally.sd)}


def _none(number: float) -> float | None:
    return None if number != number else float(number)  # noqa: PLR0124  (NaN is the only number unlike itself)


def _gap(upper: Tally, lower: Tally) -> dict[str, Any]:
    result: dict[str, Any] = {
        "n_a": upper.n,
        "n_b": lower.n,
        "mean_a": _none(upper.mean),
        "mean_b": _none(lower.mean),
        "diff": _none(upper.mean - lower.mean),
    }
    test = gaps.welch(upper, lower)
    if test is not None:
        result |= {"t": test.t, "df": test.df, "p": test.p, "ci95": list(test.interval)}
        result["g"] = gaps.hedges_g(upper, lower)
    if delta := gaps.cliffs_delta(upper, lower):
        result["cliff"] = delta.delta
    return result


def _index_gaps(wave: MeasuredWave) -> dict[str, Any]:
    found = {}
    for code, table in wave.inside.paired.items():
        if code in wave.outside.paired:
            found[code] = _gap(
                wave.inside_tally(table, MANAGEMENT), wave.customers(wave.outside.paired[code])
            )
    p = [gap.get("p") for gap in found.values()]
    for gap, p_holm, p_bh in zip(
        found.values(), multiplicity.holm(p), multiplicity.benjamini_hochberg(p), strict=True
    ):
        if p_holm is not None:
            gap.update({"p_holm": p_holm, "p_bh": p_bh}, **_verdict(gap, p_holm))
        if gap["n_a"] and gap["n_b"]:
            gap["level_management"] = levels.LEVELS.level_of(gap["mean_a"])
            gap["level_customers"] = levels.LEVELS.level_of(gap["mean_b"])
    return found


def _verdict(gap: dict[str, Any], p_holm: float) -> dict[str, Any]:
    low, high = gap["ci95"]
    found = verdicts.verdict(
        management=gap["mean_a"], customers=gap["mean_b"], low=low, high=high, p_holm=p_holm
    )
    return {} if found is None else {"state": found.state.value, "class": found.perception.value}


def _composite(wave: MeasuredWave, code: str) -> dict[str, Any]:
    table = wave.inside.composites[code]
    management, staff = wave.inside_tally(table, MANAGEMENT), wave.inside_tally(table, STAFF)
    result: dict[str, Any] = {"management": _group(management), "staff": _group(staff)}
    if code in wave.outside.composites:
        customers = wave.customers(wave.outside.composites[code])
        result |= {"customers": _group(customers), "gap": _gap(management, customers)}
        if customers.n:
            result["level_customers"] = levels.LEVELS.level_of(customers.mean)
    return result


def _block(wave: MeasuredWave) -> dict[str, Any]:
    blocks = {
        code: {
            "all_inside": _group(wave.inside_tally(table, "inside")),
            "staff": _group(wave.inside_tally(table, STAFF)),
        }
        for code, table in wave.inside.blocks.items()
    }
    return next(iter(blocks.values())) if len(blocks) == 1 else blocks


def _items(side: Measured, audience: str, within: Instrument | None = None) -> dict[str, Any]:
    own = {item.id for item in within.items} if within else set(side.items)
    return {code: _item(by[audience]) for code, by in side.items.items() if code in own and audience in by}


def _item(tally: ItemTally) -> dict[str, Any]:
    return {
        "n": tally.n,
        "fav": tally.favourable,
        "unfav": tally.unfavourable,
        "mean100": tally.mean,
        "dk_pct": tally.dk_share,
    }


def _outcomes(wave: MeasuredWave) -> dict[str, Any]:
    """Return recommendation and the "highly" comparison, with the forecast beside it."""
    result: dict[str, Any] = {}
    for outcome in wave.instrument.outcomes:
        for side, name in ((Side.OUTSIDE, "customers"), (Side.INSIDE, "inside")):
            if outcome.kind == "recommendation" and outcome.wording(side) is not None:
                measured = wave.side(side)
                table = measured.outcomes[outcome.id]
                tally = wave.customers(table) if side is Side.OUTSIDE else wave.inside_tally(table, "inside")
                result[f"{outcome.id}_{name}"] = _recommendation(tally)
        if outcome.kind == "degree":
            result["highly_customer_centric"] = _highly(wave, outcome.id, outcome.highly)
    forecast = next((o for o in wave.instrument.outcomes if o.kind == "forecast"), None)
    if forecast is not None and "highly_customer_centric" in result:
        tally = wave.inside_tally(wave.inside.outcomes[forecast.id], MANAGEMENT)
        result["highly_customer_centric"]["predicted_mean"] = _none(tally.mean)
    return result


def _recommendation(tally: Tally) -> dict[str, Any]:
    if tally.n == 0:
        return {"n": 0}
    score = from_tally(tally)
    bounds = score.interval
    return {
        "n": score.n,
        "promoters": score.promoters,
        "detractors": score.detractors,
        "nps": score.score,
        "se": score.se,
        "adj_ci": None if bounds is None else list(bounds),
    }


def _highly(wave: MeasuredWave, code: str, highly: tuple[int, ...]) -> dict[str, Any]:
    tallies = {
        "management": wave.inside_tally(wave.inside.outcomes[code], MANAGEMENT),
        "customers": wave.customers(wave.outside.outcomes[code]),
    }
    counts = {name: (_count(tally, highly), tally.n) for name, tally in tallies.items()}
    result: dict[str, Any] = {}
    for name, (count, n) in counts.items():
        if n:
            top = 100 * _count(tallies[name], highly[-1:]) / n
            wilson = _percent(proportions.wilson(count, n))
            result[name] = {"k": count, "n": n, "pct": 100 * count / n, "top1": top, "wilson": wilson}
        else:
            result[name] = {"k": 0, "n": 0}
    if all(n for _, n in counts.values()):
        result["diff_newcombe"] = _percent(proportions.newcombe(*counts["management"], *counts["customers"]))
    return result


def _percent(bounds: Interval | None) -> list[float] | None:
    return None if bounds is None else [100 * bounds.low, 100 * bounds.high]


def _count(tally: Tally, wanted: tuple[int, ...]) -> int:
    return sum(
        int(number) for value, number in zip(tally.values, tally.counts, strict=True) if int(value) in wanted
    )


def _suppression(wave: MeasuredWave, settings: Settings) -> dict[str, Any]:
    k = settings.rules.k
    inside, outside = wave.inside.answers, wave.outside.answers
    result = {
        code: _one_way(inside.segments[code], None, k)
        for code in ("function", "role")
        if code in inside.segments
    }
    if "type" in outside.segments:
        result["customer_type"] = _one_way(outside.segments["type"], None, k)
    if "segment" in outside.segments:
        result["customer_segment"] = _one_way(outside.segments["segment"], wave.outside.members(CUSTOMER), k)
    return result


def _one_way(segment: Segment, members: BoolArray | None, k: int) -> dict[str, list[str]]:
    codes = segment.codes if members is None else segment.codes[members]
    cells = {value: int((codes == place).sum()) for place, value in enumerate(segment.values)}
    verdict = one_way({value: n for value, n in cells.items() if n}, k)
    return {
        "visible": sorted(verdict.visible),
        "primary": sorted(verdict.primary),
        "complementary": sorted(verdict.complementary),
    }
