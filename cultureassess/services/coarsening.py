"""What an invitation says about its holder, stored no finer than k holders share it.

Role and segments that an invitation brings along stand both on the invitation and on the response, so
that they join the two. Each combination on a response is therefore made coarser until at least k of the
wave's invitations would store the same: roles along the roll-up ladder of METHOD 4.3 R, then segments
as "not given", the last one asked first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience
from cultureassess.models import Invitation, Wave
from cultureassess.services.questions import segment_columns

LADDER = {"executive": "middle manager"}
"""The role that takes another one in. Any other role is followed by none: its audience alone."""

Combination = tuple[str | None, ...]
"""The role, then the wave's segments of the side in their order; None where not known."""


@dataclass(frozen=True)
class Known:
    """What a response takes over from its invitation; None where "not given" is stored.

    ``segments``: ``side.code`` to the value. A segment that is missing is asked.
    """

    role: str | None = None
    segments: Mapping[str, str | None] = field(default_factory=dict)


def known_values(session: Session, invitation: Invitation) -> Known:
    """What is stored of an invitation's role and segments: nothing that fewer than k of the wave share."""
    wave, audience = invitation.wave, invitation.audience
    keys = _keys(wave, audience)
    own = _combination(invitation.role, invitation.segments, keys)
    coarse = coarsened(_sizes(session, wave, audience, keys), wave.k).get(own, (None,) * len(own))
    values = dict(zip(keys, coarse[1:], strict=True))
    return Known(coarse[0], {key: values[key] for key in keys if key in invitation.segments})


def coarsened(sizes: Mapping[Combination, int], k: int) -> dict[Combination, Combination]:
    """Give every combination the finest form that at least ``k`` invitations share.

    Args:
        sizes: combination -> invitations of one audience; all of the same length.
        k: the threshold.

    Returns:
        combination -> what is stored for it. Whatever is stored, at least ``k`` invitations store it,
        unless there are fewer than ``k`` altogether; then nothing is stored of any.
    """
    return _without_small_rest(_finest(sizes, k), sizes, k)


def taken_along(sizes: Mapping[Combination, int], k: int) -> dict[Combination, Combination]:
    """Say who loses what at least ``k`` share, so that the few of whom nothing is stored do not stand out.

    Args:
        sizes: as in :func:`coarsened`.
        k: the threshold.

    Returns:
        combination -> what would be stored for it if those few were not there.
    """
    finest = _finest(sizes, k)
    stored = _without_small_rest(finest, sizes, k)
    return {combination: form for combination, form in finest.items() if stored[combination] != form}


def _finest(sizes: Mapping[Combination, int], k: int) -> dict[Combination, Combination]:
    """What each combination would be stored as if the rest, of whom nothing is stored, could be few."""
    forms = {combination: tuple(_forms(combination)) for combination in sizes}
    stored: dict[Combination, Combination] = {}
    for level in range(max(map(len, forms.values()), default=0)):
        tried = {c: own[level] for c, own in forms.items() if c not in stored}
        together = _totals({**stored, **tried}, sizes)
        stored |= {c: form for c, form in tried.items() if together[form] >= k}
    return {c: stored.get(c, own[-1]) for c, own in forms.items()}


def _forms(combination: Combination) -> Iterator[Combination]:
    """A combination, then coarser level by level until nothing is known."""
    role, segments = combination[0], list(combination[1:])
    yield combination
    yield (LADDER.get(role or "", role), *segments)
    yield (None, *segments)
    for place in reversed(range(len(segments))):
        segments[place] = None
        yield (None, *segments)


def _totals(
    stored: Mapping[Combination, Combination], sizes: Mapping[Combination, int]
) -> Counter[Combination]:
    totals: Counter[Combination] = Counter()
    for combination, form in stored.items():
        totals[form] += sizes[combination]
    return totals


def _without_small_rest(
    stored: dict[Combination, Combination], sizes: Mapping[Combination, int], k: int
) -> dict[Combination, Combination]:
    """Let the smallest group join those of whom nothing is stored, until they are none or k (rule C)."""
    nothing: Combination = (None,) * max(map(len, stored), default=0)
    while 0 < (totals := _totals(stored, sizes))[nothing] < k and len(totals) > 1:
        smallest = min(totals.keys() - {nothing}, key=lambda form: (totals[form], [v or "" for v in form]))
        stored = {c: nothing if form == smallest else form for c, form in stored.items()}
    return stored


def _keys(wave: Wave, audience: Audience) -> tuple[str, ...]:
    return tuple(f"{audience.side}.{code}" for code in segment_columns(wave, audience.side))


def _combination(
    role: str | None, segments: Mapping[str, tuple[str, ...]], keys: tuple[str, ...]
) -> Combination:
    return (role, *(segments[key][0] if segments.get(key) else None for key in keys))


def _sizes(session: Session, wave: Wave, audience: Audience, keys: tuple[str, ...]) -> Counter[Combination]:
    """Invitations of an audience by combination. A link that was revoked unused can bring no response."""
    wanted = (
        sa.select(Invitation.role, Invitation.segments, sa.func.count())
        .where(Invitation.wave_id == wave.id, Invitation.audience == audience)
        .where(~Invitation.revoked | Invitation.used)
        .group_by(Invitation.role, Invitation.segments)
    )
    sizes: Counter[Combination] = Counter()
    for role, segments, count in session.execute(wanted):
        sizes[_combination(role, segments, keys)] += count
    return sizes
