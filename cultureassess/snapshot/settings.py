"""What a wave freezes when it opens (METHOD 2.0, step 1): everything but the answers."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cultureassess.disclosure.minimums import Rules
from cultureassess.scoring.weighting import Weighting

Chosen = Literal["all", "random", "picked", "open"]


WEIGHTABLE = ("inside", "customer")
"""Groups whose segments are shown side by side: all insiders and the customers."""


@dataclass(frozen=True)
class Weights:
    """How the scores of one group are weighted (METHOD 2.8).

    Attributes:
        attribute: the code of the segment question, for example "segment".
        people: segment -> how many people belong to it; the same number everywhere makes every segment
            count alike. Who belongs to none of them takes no part.

    Raises:
        ValueError: no segment, or one without people.
    """

    attribute: str
    people: Mapping[str, float]

    def __post_init__(self) -> None:
        if not self.people or not all(0 < number < math.inf for number in self.people.values()):
            raise ValueError("Every segment that is weighted needs a number of people above 0.")

    @property
    def weighting(self) -> Weighting:
        return Weighting.POPULATION if len(set(self.people.values())) > 1 else Weighting.EQUAL


@dataclass(frozen=True)
class Settings:
    """The settings of one wave that its snapshot depends on.

    Attributes:
        chosen: how customers were chosen (METHOD 3.8b).
        date: the wave's closing day; every date in a report comes from it.
        invited: audience code -> people who could have answered (undeliverable ones taken off); an
            audience that is missing was reached by an open link, so that its rate is not computable.
        accounts: whether the wave declares business accounts (METHOD 3.8).
        confidential: personal links or accounts exist, so that pages say "confidential".
        rules: k and the other thresholds (METHOD 4.2).
        management: the role codes that count as management, for the record.
        weights: group ("inside", "customer") -> how its scores are weighted; one that is missing counts
            every respondent alike.

    Raises:
        ValueError: a group that cannot be weighted, or customers both weighted and by account.
    """

    organisation: str
    chosen: Chosen
    date: dt.date
    label: str = ""
    period: str = ""
    invited: Mapping[str, int] = field(default_factory=dict)
    accounts: bool = False
    confidential: bool = False
    rules: Rules = field(default_factory=Rules)
    management: tuple[str, ...] = ()
    weights: Mapping[str, Weights] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.weights) - set(WEIGHTABLE)):
            raise ValueError(
                f"{unknown[0]} cannot be weighted: only groups whose segments are shown, "
                f"{' and '.join(WEIGHTABLE)}, can be."
            )
        if self.accounts and "customer" in self.weights:
            raise ValueError("Customers are weighted by segment or told apart by account, not both.")
