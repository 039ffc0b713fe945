"""The one table of minimum n: from how many answers a statistic may be shown (METHOD 2.0, 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cultureassess.disclosure.reasons import Reason
from cultureassess.scoring.answers import IntArray


class Statistic(StrEnum):
    """Everything that is printed about a group, by the number of answers it needs."""

    SCORE = "score"
    GAP = "gap"
    FAVOURABLE = "favourable"
    DONT_KNOW_SHARE = "dont_know_share"
    INTERVAL = "interval"
    SPREAD = "spread"
    HISTOGRAM = "histogram"
    LEVEL = "level"
    VERDICT = "verdict"
    RECOMMENDATION = "recommendation"
    AGREEMENT = "agreement"
    COMMENTS = "comments"
    RELIABILITY = "reliability"
    SEGMENT_GAP = "segment_gap"
    DRIVERS = "drivers"


@dataclass(frozen=True)
class Rules:
    """The disclosure parameters of one wave, frozen when it is launched (METHOD 4.2).

    Attributes:
        k: answers needed for any score, 5 or more.
        k_comments: respondents needed in a group for its comments, 10 or more.
        k_distribution: answers needed for intervals, spreads, distributions and verdicts, 10 or more.
        accounts_min: business accounts needed in an external group, 3 or more.
        account_share_max: largest share of a group's answers from one account, at most 0.6.

    Raises:
        ValueError: a parameter is laxer than METHOD 4.2; they may be tightened, never loosened.
    """

    k: int = 5
    k_comments: int = 10
    k_distribution: int = 10
    accounts_min: int = 3
    account_share_max: float = 0.6

    def __post_init__(self) -> None:
        floors = {"k": 5, "k_comments": 10, "k_distribution": 10, "accounts_min": 3}
        for name, floor in floors.items():
            if getattr(self, name) < floor:
                raise ValueError(f"{name} is {getattr(self, name)}; it may be raised, never below {floor}.")
        if not 0 < self.account_share_max <= 0.6:
            raise ValueError(f"account_share_max is {self.account_share_max}; it must lie in (0, 0.6].")


DEFAULT_RULES = Rules()

_FROM_K = frozenset({Statistic.SCORE, Statistic.GAP, Statistic.FAVOURABLE, Statistic.DONT_KNOW_SHARE})
_FIXED = {Statistic.RELIABILITY: 30, Statistic.SEGMENT_GAP: 30, Statistic.DRIVERS: 100}


def minimum(statistic: Statistic, rules: Rules = DEFAULT_RULES) -> int:
    """The smallest n with which a statistic may be shown; never below ``rules.k``. METHOD 2.0."""
    if statistic in _FROM_K:
        return rules.k
    if statistic is Statistic.COMMENTS:
        return max(rules.k, rules.k_comments)
    return max(rules.k, _FIXED.get(statistic, rules.k_distribution))


def enough(statistic: Statistic, n: int, rules: Rules = DEFAULT_RULES) -> bool:
    """Whether ``n`` answers suffice to show a statistic. For a gap, ``n`` is the smaller side's."""
    return n >= minimum(statistic, rules)


def shortfall(statistic: Statistic, n: int, rules: Rules = DEFAULT_RULES) -> Reason | None:
    """Why ``n`` answers do not suffice: ``FEW`` below k, ``THIN`` from k on; None if they do."""
    if enough(statistic, n, rules):
        return None
    return Reason.FEW if n < rules.k else Reason.THIN


def enough_accounts(account: IntArray, rules: Rules = DEFAULT_RULES) -> bool:
    """Whether a business group rests on enough accounts, none of them dominant. METHOD 4.2.

    Args:
        account: shape (respondents of the group,), account number, or -1 for a respondent without
            one, who counts as an account of their own (a private customer among firms).
    """
    sizes = np.unique(account[account >= 0], return_counts=True)[1]
    alone = int(np.count_nonzero(account < 0))
    largest = max(int(sizes.max(initial=0)), min(alone, 1))
    return len(sizes) + alone >= rules.accounts_min and largest <= rules.account_share_max * len(account)
