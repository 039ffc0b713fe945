"""What the wave before had found: one sentence for page 1, and whether the two may be compared (METHOD 5)."""

from __future__ import annotations

from cultureassess.report.narrative.headline import measured
from cultureassess.report.narrative.labels import composite_name
from cultureassess.report.narrative.statements import counted_share
from cultureassess.report.words import Words
from cultureassess.scoring.describe import t_quantile
from cultureassess.scoring.waves import Change, Group, independent_change
from cultureassess.snapshot.types import Coverage, Estimate, Range, Snapshot


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


def since_sentence(snapshot: Snapshot, earlier: Snapshot | None, words: Words) -> str | None:
    """The customers' share and headline composite of the wave before; None where they cannot be compared."""
    if earlier is None or not comparable_waves(snapshot, earlier):
        return None
    parts = [_share(earlier, words), _score(snapshot, earlier, words)]
    told = words.listed([part for part in parts if part])
    return words.gettext("{wave}: {told}.", wave=wave_name(earlier, words), told=told) if told else None


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
    found = next((one for one in wave.coverage if one.audience == "customer"), Coverage("customer"))
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


def _share(earlier: Snapshot, words: Words) -> str:
    share = earlier.headline.groups.get("customer")
    if share is None or not measured(share) or share.percent is None:
        return ""
    people = words.customers(share.n or 0)
    return words.gettext(
        "{share} said so", share=counted_share(share.count or 0, share.n or 0, people, words)
    )


def _score(snapshot: Snapshot, earlier: Snapshot, words: Words) -> str:
    """Composites are compared only where both rest on the same statements."""
    before, now = earlier.headline_composite, snapshot.headline_composite
    if before is None or now is None or _statements(earlier) != _statements(snapshot):
        return ""
    change = change_of(before.groups.get("customer"), now.groups.get("customer"))
    mean = before.groups.get("customer", Estimate()).mean
    if change is None or mean is None:
        return ""
    low, high = words.ends(Range(*change.interval))
    return words.gettext(
        "customers gave {score} on {measure} (since then {change}, likely {low} to {high})",
        measure=composite_name(now, snapshot, words),
        score=words.score(mean, earlier.level_cuts),
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
