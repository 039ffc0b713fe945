"""What the wave before had found: one sentence for page 1, and whether the two may be compared (METHOD 5)."""

from __future__ import annotations

from typing import NamedTuple

from cultureassess.report.narrative.headline import measured
from cultureassess.report.narrative.labels import composite_name
from cultureassess.report.narrative.statements import counted_share
from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.scoring.describe import t_quantile
from cultureassess.scoring.proportions import newcombe
from cultureassess.scoring.waves import Change, Group, independent_change
from cultureassess.snapshot.types import CompositeResult, Coverage, Estimate, Range, Share, Snapshot


class ShareChange(NamedTuple):
    """Later minus earlier share, in percentage points, with Newcombe's 95% interval."""

    change: float
    interval: Range


def comparable_waves(now: Snapshot, earlier: Snapshot) -> bool:
    """The same questionnaire in the same version, on the same scale, with the same audiences (METHOD 5.1)."""
    return (
        (now.instrument.code, now.instrument.version) == (earlier.instrument.code, earlier.instrument.version)
        and now.instrument.scale_points == earlier.instrument.scale_points
        and set(now.wave.management) == set(earlier.wave.management)
    )


def wave_name(snapshot: Snapshot, words: Words) -> str:
    """The wave as people call it: its label, else its date."""
    return snapshot.wave.label or words.date(snapshot.wave.date)


def change_of(earlier: Estimate | None, later: Estimate | None) -> Change | None:
    """The change of a mean with its range; None where a wave has none or no range."""
    before, after = _group(earlier), _group(later)
    return independent_change(before, after) if before and after else None


def share_change(earlier: Share | None, later: Share | None) -> ShareChange | None:
    """The change of a share with its range; None where a wave has no range or does not show its count."""
    if earlier is None or later is None or earlier.interval is None or later.interval is None:
        return None
    if earlier.count is None or later.count is None or not earlier.n or not later.n:
        return None
    bounds = newcombe(later.count, later.n, earlier.count, earlier.n)
    if bounds is None:
        return None
    change = (later.percent or 0.0) - (earlier.percent or 0.0)
    return ShareChange(change, Range(100 * bounds.low, 100 * bounds.high))


def composites_compared(now: Snapshot, earlier: Snapshot) -> tuple[CompositeResult, CompositeResult] | None:
    """The headline composite then and now; None unless both rest on the same statements."""
    before, after = earlier.headline_composite, now.headline_composite
    if before is None or after is None or _statements(earlier) != _statements(now):
        return None
    return before, after


def since_sentence(snapshot: Snapshot, earlier: Snapshot | None, words: Words) -> str | None:
    """The customers' share and headline composite of the wave before, each with its change and range.

    A doubt follows where customers were chosen another way, or nobody knows of how many they are some. None
    where the waves cannot be compared.
    """
    if earlier is None or not comparable_waves(snapshot, earlier):
        return None
    parts = [_share(snapshot, earlier, words), _score(snapshot, earlier, words)]
    if not any(parts):
        return None
    told = words.gettext(
        "{wave}: {told}.",
        wave=wave_name(earlier, words),
        told="; ".join(part for part in parts if part),
    )
    return " ".join([told, *_doubt(snapshot, earlier, words)])


def _doubt(snapshot: Snapshot, earlier: Snapshot, words: Words) -> list[str]:
    """The two waves' ways of choosing in short; the trend page has them in full."""
    if snapshot.wave.chosen != earlier.wave.chosen:
        return [words.gettext("Customers were chosen another way then.")]
    unknown = [wave for wave in (earlier, snapshot) if _customers(wave).invited is None]
    names = words.listed([wave_name(wave, words) for wave in unknown])
    told = words.gettext("{waves}: how many customers were invited is not known.", waves=names)
    return [told] if unknown else []


def _customers(wave: Snapshot) -> Coverage:
    return next((one for one in wave.coverage if one.audience == "customer"), Coverage("customer"))


def asked_sentences(snapshot: Snapshot, earlier: Snapshot, words: Words) -> tuple[str, ...]:
    """How the customers of either wave were chosen and how many answered; a warning where that differs."""
    told = [_asked(wave, words) for wave in (earlier, snapshot)]
    if snapshot.wave.chosen == earlier.wave.chosen:
        return tuple(told)
    warning = words.gettext(
        "Customers were chosen another way this time: what looks like a change may come from who was asked."
    )
    return (*told, warning)


def _asked(wave: Snapshot, words: Words) -> str:
    ways = {
        "all": words.gettext("all customers were asked"),
        "random": words.gettext("customers were drawn at random"),
        "picked": words.gettext("customers were picked by account managers"),
        "open": words.gettext("customers answered through an open link"),
    }
    found = _customers(wave)
    places = {"wave": wave_name(wave, words), "chosen": ways[wave.wave.chosen]}
    if found.usable is None:
        return words.gettext("{wave}: {chosen}; how many answered is not shown.", **places)
    places["answers"] = words.answers(found.usable)
    if found.invited is None or found.rate is None or found.usable > found.invited:
        return words.gettext(
            "{wave}: {chosen}; {answers}, of how many invited is not known.",
            **places,
        )
    return words.gettext(
        "{wave}: {chosen}; {answers} of {invited} invited ({rate}).",
        invited=words.number(found.invited),
        rate=words.percent(found.rate),
        **places,
    )


def _share(snapshot: Snapshot, earlier: Snapshot, words: Words) -> str:
    before, after = (wave.headline.groups.get("customer") for wave in (earlier, snapshot))
    if before is None or not measured(before) or before.percent is None:
        return ""
    people = words.customers(before.n or 0)
    share = counted_share(before.count or 0, before.n or 0, people, words)
    found = share_change(before, after)
    if found is None:
        return words.gettext("{share} said so", share=share)
    low, high = words.ends(found.interval, NO_DIFFERENCE)
    return words.gettext(
        "{share} said so (since then {change} percentage points, likely {low} to {high})",
        share=share,
        change=words.points(found.change, NO_DIFFERENCE),
        low=low,
        high=high,
    )


def _score(snapshot: Snapshot, earlier: Snapshot, words: Words) -> str:
    """Composites are compared only where both rest on the same statements."""
    compared = composites_compared(snapshot, earlier)
    if compared is None:
        return ""
    before, now = (composite.groups.get("customer", Estimate()) for composite in compared)
    change = change_of(before, now)
    if change is None or before.mean is None:
        return ""
    low, high = words.ends(Range(*change.interval))
    return words.gettext(
        "{measure}: {score} from customers (since then {change}, likely {low} to {high})",
        measure=composite_name(compared[1], snapshot, words),
        score=words.score(before.mean, earlier.level_cuts),
        change=words.points(change.change),
        low=low,
        high=high,
    )


def _statements(snapshot: Snapshot) -> set[str]:
    composite = snapshot.headline_composite
    codes = composite.indices if composite is not None else ()
    return {item for index in snapshot.indices if index.code in codes for item in index.items}


def _group(estimate: Estimate | None) -> Group | None:
    """A mean with the standard error that its own range stands for, clusters and weights included."""
    if estimate is None or estimate.mean is None or estimate.interval is None or not estimate.n:
        return None
    df = estimate.n - 1
    return Group(estimate.mean, estimate.interval.half_width / t_quantile(df), df)
