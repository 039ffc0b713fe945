"""Where the gap arises: how much of it is already inside the house (METHOD 3.1)."""

from __future__ import annotations

from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, Step


def chain_sentence(index: IndexResult, words: Words) -> str | None:
    """Split an established gap into its steps; None where a step may not be shown or has no range."""
    if index.gap.state not in ("clear gap", "small gap") or len(index.chain) < 2:
        return None
    if any(step.difference is None or step.interval is None for step in index.chain):
        return None
    return words.gettext(
        "Where it arises: {steps}.", steps=words.listed([_step(step, words) for step in index.chain])
    )


def largest_step(index: IndexResult, words: Words) -> str | None:
    """Name the larger of the steps of an established gap, as far as its own range excludes none."""
    if chain_sentence(index, words) is None:
        return None
    sign = 1 if (index.gap.difference or 0) > 0 else -1
    step = max(index.chain, key=lambda one: sign * (one.difference or 0))
    if step.interval is None or step.interval.contains(0):
        return words.gettext("Which step is the larger one, the answers do not tell.")
    return words.gettext(
        "The larger measured step lies between {upper} and {lower}.",
        upper=_name(step.upper, words),
        lower=_name(step.lower, words),
    )


def _step(step: Step, words: Words) -> str:
    if step.difference is None or step.interval is None:
        return ""
    return words.gettext(
        "{difference} between {upper} and {lower} (likely {low} to {high})",
        difference=words.signed(step.difference),
        upper=_name(step.upper, words),
        lower=_name(step.lower, words),
        low=words.signed(step.interval.low),
        high=words.signed(step.interval.high),
    )


def _name(group: str, words: Words) -> str:
    names = {
        "management": words.gettext("managers"),
        "staff": words.gettext("employees"),
        "customer": words.gettext("customers"),
    }
    return names.get(group, group)
