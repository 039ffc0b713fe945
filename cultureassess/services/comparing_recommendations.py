"""How a net promoter score moved between two waves (METHOD 5.5)."""

from __future__ import annotations

from cultureassess.scoring import recommendation
from cultureassess.scoring.waves import Change, nps_change
from cultureassess.snapshot.types import Recommendation


def recommendation_change(then: Recommendation, now: Recommendation) -> Change | None:
    """How a net promoter score moved (z test); None where a wave shows none, or all answered alike."""
    errors = [_error(one) for one in (then, now)]
    if then.score is None or now.score is None or errors[0] is None or errors[1] is None:
        return None
    return nps_change(before=then.score, before_se=errors[0], after=now.score, after_se=errors[1])


def _error(one: Recommendation) -> float | None:
    """The plain standard error of a score that is shown with its counts."""
    if one.promoters is None or one.passives is None or one.detractors is None:
        return None
    return recommendation.Recommendation(one.promoters, one.passives, one.detractors).se
