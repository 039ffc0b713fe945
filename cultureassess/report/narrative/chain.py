"""Where the gap arises: how much of it is already inside the house (METHOD 3.1)."""

from __future__ import annotations

from cultureassess.report.narrative.gaps import FOUND
from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, Range, Step


def chain_sentence(index: IndexResult, words: Words) -> str | None:
    """Split an established gap into its steps; None where a step may not be shown or has no range."""
    if index.gap.state not in FOUND or len(index.chain) < 2:
        return None
    if any(step.difference is None or step.interval is None for step in index.chain):
        return None
    return words.gettext(
        "Where it arises: {steps}.", steps=words.listed([_step(step, words) for step in index.chain])
    )


def larger_step(index: IndexResult) -> Step | None:
    """The step between whose two groups more of an established gap arises; None unless that is established.

    Established are steps whose ranges do not overlap. The snapshot has no range of their difference, and
    with disjoint ranges it excludes 0 whatever the correlation that the shared employees bring about.
    """
    ranges = [step.interval for step in index.chain if step.interval is not None]
    if index.gap.state not in FOUND or len(index.chain) < 2 or len(ranges) < len(index.chain):
        return None
    sign = 1 if (index.gap.difference or 0) > 0 else -1
    largest, *others = sorted(
        ((_turned(interval, sign), step) for interval, step in zip(ranges, index.chain, strict=True)),
        key=lambda one: -one[0].low,
    )
    apart = largest[0].low > max(0.0, *(interval.high for interval, _ in others))
    return largest[1] if apart else None


def _turned(interval: Range, sign: int) -> Range:
    return interval if sign > 0 else Range(-interval.high, -interval.low)


def largest_step(index: IndexResult, words: Words) -> str | None:
    """Say which step of an established gap is the larger one, or that the answers do not tell."""
    if chain_sentence(index, words) is None:
        return None
    step = larger_step(index)
    if step is None:
        return words.gettext("Which step is the larger one, the answers do not tell.")
    return words.gettext(
        "The larger measured step lies between {upper} and {lower}.",
        upper=_name(step.upper, words),
        lower=_name(step.lower, words),
    )


def _step(step: Step, words: Words) -> str:
    if step.difference is None or step.interval is None:
        return ""
    low, high = words.ends(step.interval)
    return words.gettext(
        "{difference} between {upper} and {lower} (likely {low} to {high})",
        difference=words.points(step.difference),
        upper=_name(step.upper, words),
        lower=_name(step.lower, words),
        low=low,
        high=high,
    )


def _name(group: str, words: Words) -> str:
    names = {
        "management": words.gettext("managers"),
        "staff": words.gettext("employees"),
        "customer": words.gettext("customers"),
    }
    return names.get(group, group)
