"""Why a value is not shown. The words a reader sees belong to the report; the codes belong here."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Reason for a withheld value, stored in the snapshot beside the ``None``.

    An empty group and a group of one to four have the same reason, so that nobody learns from a
    withheld cell whether somebody answered at all (METHOD 4.2).
    """

    FEW = "few"
    """Fewer than k answers."""
    PROTECTS = "protects"
    """Enough answers, but the value would give away another group by subtraction, or what each person
    answered. Which of the two is never said: that all answers are alike tells each member the others'."""
    THIN = "thin"
    """Enough answers for a mean, too few for this statistic."""
    ACCOUNTS = "accounts"
    """Too few business accounts, or one of them dominates."""
    NOT_ASKED = "not_asked"
    """Nobody in this group was asked. The only reason that has nothing to do with protection."""
