"""What matters to customers, and what therefore comes first (METHOD 6.1, 6.2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cultureassess.scoring import drivers as derive
from cultureassess.scoring import priorities as order
from cultureassess.scoring.scores import Scores
from cultureassess.scoring.verdicts import State
from cultureassess.snapshot.context import CUSTOMER, Context
from cultureassess.snapshot.types import Driver, Importance, IndexResult, Priority, Range


def importance(context: Context, indices: Sequence[IndexResult]) -> Importance:
    """Derive the indices' importance for the outcome from the customers, or take the framework's.

    Only indices that customers' means are shown of take part.
    """
    shown = [index for index in indices if CUSTOMER in index.groups and index.groups[CUSTOMER].shown]
    degree = next((o for o in context.instrument.outcomes if o.kind == "degree" and o.customer), None)
    if degree is not None and 0 < len(shown) <= 12:
        place = context.instrument.outcomes.index(degree)
        members = context.wave.outside.members(CUSTOMER)
        answers = context.wave.outside.answers
        numbers = np.append(np.arange(101, dtype=np.float64), np.nan)  # -1, skipped, is the last place
        # Who is no customer has no outcome here, and therefore takes no part.
        outcome = Scores.from_table(np.where(members, answers.outcomes[:, place] % 102, 101), numbers)
        predictors = [context.wave.outside.scores[i.code] for i in shown]
        found = derive.key_drivers(outcome, predictors, seed=context.seed)
        if found.standing is not derive.Standing.REFUSED:
            return _derived(found, shown, degree.id)
    weights = derive.framework_weights([index.emphasised for index in indices])
    table = tuple(Driver(index.code, weight) for index, weight in zip(indices, weights, strict=True))
    return Importance("framework", None, None, None, indicative=False, drivers=table)


def _derived(found: derive.Drivers, shown: Sequence[IndexResult], outcome: str) -> Importance:
    return Importance(
        source="answers",
        outcome=outcome,
        n=found.n,
        r_squared=found.r2,
        indicative=found.standing is derive.Standing.INDICATIVE,
        drivers=tuple(
            Driver(
                index=index.code,
                weight=driver.weight,
                correlation=driver.r,
                lmg=driver.lmg,
                lmg_interval=None
                if driver.low is None or driver.high is None
                else Range(driver.low, driver.high),
                johnson=driver.johnson,
                ranked=driver.rank is not None,
            )
            for index, driver in zip(shown, found.drivers, strict=True)
        ),
    )


def priorities(indices: Sequence[IndexResult], weights: Importance) -> tuple[Priority, ...]:
    """Return the indices in the order of priority; those without a customers' mean come last, unranked."""
    weight = {driver.index: driver.weight for driver in weights.drivers}
    candidates = [
        order.Candidate(
            code=index.code,
            weight=weight.get(index.code, 0.0),
            customers=mean,
            gap=index.gap.difference or 0.0,
            state=None if index.gap.state is None else State(index.gap.state),
            emphasised=index.emphasised,
            blind_spot=index.gap.class_ == "blind spot",
        )
        for index in indices
        if (mean := index.groups[CUSTOMER].mean if CUSTOMER in index.groups else None) is not None
    ]
    ranked = [Priority(one.code, one.value, one.talk_first) for one in order.ranked(candidates)]
    unknown = [Priority(i.code, None) for i in indices if i.code not in {c.code for c in candidates}]
    return (*ranked, *unknown)
