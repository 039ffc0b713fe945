"""Several answers from one business account are not independent answers.

Source: METHOD 3.8; values checked against R survey (c12).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cultureassess.scoring.answers import FloatArray, IntArray
from cultureassess.scoring.scores import MILLION, Scores

ENOUGH_ACCOUNTS = 10
"""Accounts from which the cluster-robust standard error is trusted."""

CROWDED = 1.2
"""Mean answers per account above which accounts are clusters."""


class Unit(StrEnum):
    """What counts as one observation."""

    ANSWER = "answer"
    """Every answer counts once; the standard error is cluster-robust by account."""
    ACCOUNT = "account"
    """Every account counts once, with the mean of its answers."""


@dataclass(frozen=True)
class ClusteredMean:
    """A mean whose standard error knows that answers come from accounts.

    Attributes:
        mean: in the unit of the scores.
        se: its standard error; None for a single account.
        df: accounts - 1.
        n, accounts: answers and accounts used.
        unit: what the mean is taken over.
    """

    mean: float
    se: float | None
    df: int
    n: int
    accounts: int
    unit: Unit


def standard_error(sd: float, n: int, *, population: int | None = None) -> float:
    """Standard error of a simple random sample's mean; 0 where everybody answered.

    Args:
        sd: standard deviation with divisor n - 1.
        n: answers, 1 or more.
        population: number of people, for the finite population correction (1 - n/N).

    Raises:
        ValueError: more answers than people.
    """
    return math.sqrt(sd**2 / n * _left_out(n, population))


def clustered_mean(
    scores: Scores, accounts: IntArray, *, all_accounts: int | None = None
) -> ClusteredMean | None:
    """Mean and standard error of answers that come from accounts.

    From 10 accounts with more than 1.2 answers each on average, the mean of the answers with the
    linearised standard error (clusters weigh as many answers as they gave); otherwise the mean of
    the accounts' means. An answer without an account number counts as an account of its own.

    Args:
        scores: the respondents' scores; missing ones are left out.
        accounts: shape (respondents,), account number from 0, or negative where unknown.
        all_accounts: number of accounts that exist, for a finite population correction; the gap
            tests use none (METHOD 3.2).

    Returns:
        None without scores.

    Raises:
        ValueError: more accounts answered than exist.
    """
    counts, totals = _grouped(scores, accounts[scores.present])
    n, number = int(counts.sum()), len(counts)
    if n == 0:
        return None
    crowded = number >= ENOUGH_ACCOUNTS and n / number > CROWDED
    if crowded:
        mean = math.fsum(totals) / n
        pulls = (totals - counts * mean) / n * number
    else:
        means = totals / counts
        mean = math.fsum(means) / number
        pulls = means - mean
    unit = Unit.ANSWER if crowded else Unit.ACCOUNT
    se = None
    if number > 1:
        spread = math.sqrt(math.fsum(pulls**2) / (number - 1))
        se = standard_error(spread, number, population=all_accounts)
    return ClusteredMean(mean, se, number - 1, n, number, unit)


def _grouped(scores: Scores, accounts: IntArray) -> tuple[IntArray, FloatArray]:
    """Answers and sum of scores per account, the sums exact up to their one rounding.

    Scores are whole millionths, so that the order of the respondents changes no bit.
    """
    own = np.where(accounts < 0, -1 - np.arange(len(accounts)), accounts)
    _, members, counts = np.unique(own, return_inverse=True, return_counts=True)
    millionths = np.rint(scores.values * MILLION)[scores.codes[scores.present]]
    return counts, np.bincount(members, millionths) / MILLION


def _left_out(n: int, population: int | None) -> float:
    """Share of the population that did not answer; 1 for a population without limit."""
    if population is None:
        return 1.0
    if n > population:
        raise ValueError(f"{n} cannot answer out of {population}.")
    return 1 - n / population
