"""METHOD 2.0, steps 11 and 12: gaps of what is shown on both sides, Holm over them, state and class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from cultureassess.disclosure.minimums import Rules, Statistic, enough
from cultureassess.scoring import bootstrap, gaps, multiplicity, verdicts
from cultureassess.scoring.gaps import Welch
from cultureassess.scoring.scores import Tally
from cultureassess.snapshot.types import Estimate, Gap, Range, Step

Errors = Literal["respondents", "accounts", "weights"]


@dataclass(frozen=True)
class Sides:
    """The two distributions of a gap with the cells that are shown of them.

    ``test`` replaces Welch's test of the respondents where accounts are declared or segments weighted;
    ``errors`` says which.
    """

    upper: Tally
    lower: Tally
    upper_shown: Estimate
    lower_shown: Estimate
    test: Welch | None = None
    errors: Errors = "respondents"

    @property
    def smaller(self) -> int:
        return min(self.upper.n, self.lower.n)


def plain_gap(sides: Sides, rules: Rules, seed: int | None = None) -> Gap:
    """Return a gap without verdict: size, interval and effect size as far as they may be shown.

    A hidden side hides the gap (rule G). With 5 to 9 answers on a side it is the difference of the two
    means and nothing else (METHOD 1.9).

    Args:
        sides: the two groups.
        rules: the thresholds.
        seed: of the bootstrap check; None where none is wanted.
    """
    withheld = sides.upper_shown.withheld or sides.lower_shown.withheld
    if withheld is not None:
        return Gap(withheld=withheld)
    gap = gaps.gap(management=sides.upper, customers=sides.lower, test=sides.test)
    if gap.test is None or gap.dominance is None or not enough(Statistic.INTERVAL, sides.smaller, rules):
        return Gap(difference=gap.difference)
    delta = gap.dominance
    return Gap(
        difference=gap.difference,
        interval=Range(*gap.test.interval),
        bootstrap=_bootstrap(sides, gap.test, seed),
        hedges_g=gap.hedges_g,
        g_label=None if gap.hedges_g is None else gaps.g_label(gap.hedges_g).value,
        cliffs_delta=delta.delta,
        delta_interval=None if delta.interval is None else Range(*delta.interval),
        delta_label=delta.label.value,
        superiority=100 * delta.superiority,
        p=gap.test.p,
        errors=sides.errors,
    )


def _bootstrap(sides: Sides, test: Welch, seed: int | None) -> Range | None:
    """Return the bootstrap interval where METHOD 3.2 prints it."""
    n_a, n_b = sides.upper.n, sides.lower.n
    if seed is None or sides.errors == "weights" or not bootstrap.bootstrap_needed(n_a, n_b):
        return None
    found = bootstrap.bootstrap_interval(sides.upper, sides.lower, seed=seed)
    if found is None or not bootstrap.bootstrap_printed(test.interval, found, n_a, n_b):
        return None
    return Range(*found)


def family(
    found: Mapping[str, Gap],
    means: Mapping[str, tuple[float | None, float | None]],
    single: frozenset[str],
) -> dict[str, Gap]:
    """Add Holm's p, state and class to the gaps of the paired indices.

    Args:
        found: index -> gap, those that are hidden or untested included.
        means: index -> (management, customers), None where hidden.
        single: indices that are one item: judged without class (METHOD 2.0, step 7).
    """
    adjusted = multiplicity.holm([gap.p for gap in found.values()])
    return {
        code: _judged(gap, p, means[code], code in single)
        for (code, gap), p in zip(found.items(), adjusted, strict=True)
    }


def _judged(gap: Gap, p_holm: float | None, means: tuple[float | None, float | None], single: bool) -> Gap:
    management, customers = means
    if p_holm is None or gap.interval is None or management is None or customers is None:
        return gap
    state = verdicts.state_of(gap.difference or 0.0, gap.interval.low, gap.interval.high, p_holm)
    if state is None:
        return gap
    verdict = verdicts.Verdict(state, verdicts.perception_of(state, management, customers))
    return msgspec.structs.replace(
        gap,
        p_adjusted=p_holm,
        state=state.value,
        class_=None if single else verdict.perception.value,
        provisional=verdict.provisional,
    )


def step(upper: str, lower: str, sides: Sides, rules: Rules) -> Step:
    """Return the difference of two neighbouring groups; those of a chain add up to that of its ends."""
    gap = plain_gap(sides, rules)
    return Step(upper, lower, gap.difference, gap.interval, gap.withheld)
