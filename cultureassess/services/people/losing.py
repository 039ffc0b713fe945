"""Of whom of a list less is stored than it says, and which lines are the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience
from cultureassess.models import Invitation, Wave
from cultureassess.services.coarsening import Combination, coarsened, taken_along
from cultureassess.services.questions import segment_columns


class Described(Protocol):
    """Somebody of a list, by their line and what it says of role and segments."""

    @property
    def line(self) -> int: ...
    @property
    def role(self) -> str | None: ...
    @property
    def segments(self) -> Mapping[str, tuple[str, ...]]: ...


@dataclass(frozen=True)
class Losses:
    """How much less is stored of the people of a list than it says.

    Attributes:
        few: people who share their role and segments with fewer than k.
        groups: those who are k or more and lose theirs all the same, because of ``lines``: what they share
            (role and segments in their order), and how many of the list they are.
        lines: lines of whom nothing is stored and who are fewer than k, so that they would stand out.
        empty: the fields that each of these lines leaves empty, although ``groups`` have them; none where
            they say something that is too rare.
    """

    few: int = 0
    groups: tuple[tuple[tuple[str, ...], int], ...] = ()
    lines: tuple[int, ...] = ()
    empty: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        """Everybody of whom less is stored."""
        return self.few + sum(number for _, number in self.groups)


NOTHING_LOST = Losses()


def losses_of(session: Session, wave: Wave, audience: Audience, people: Sequence[Described]) -> Losses:
    """Say of whom of a list less would be stored than it says, together with those invited before."""
    keys = tuple(f"{audience.side}.{code}" for code in segment_columns(wave, audience.side))
    own = {person.line: _combination(person.role, person.segments, keys) for person in people}
    new = Counter(own.values())
    every = new + Counter(_invited_before(session, wave, audience, keys))
    stored, along = coarsened(every, wave.k), taken_along(every, wave.k)
    groups: Counter[Combination] = Counter()
    for combination, form in along.items():
        groups[form] += new[combination]
    few = sum(number for one, number in new.items() if stored[one] != one and one not in along)
    lines = tuple(line for line, one in own.items() if along and one not in along and not any(stored[one]))
    return Losses(
        few=few,
        groups=tuple((tuple(filter(None, form)), number) for form, number in groups.items() if number),
        lines=lines,
        empty=_left_empty(("role", *keys), groups, [own[line] for line in lines]),
    )


def _left_empty(
    fields: tuple[str, ...], groups: Iterable[Combination], causes: Sequence[Combination]
) -> tuple[str, ...]:
    """The fields that the groups have and none of the causes has."""
    had = [any(form[place] is not None for form in groups) for place in range(len(fields))]
    return tuple(
        name
        for place, name in enumerate(fields)
        if causes and had[place] and all(cause[place] is None for cause in causes)
    )


def _invited_before(
    session: Session, wave: Wave, audience: Audience, keys: tuple[str, ...]
) -> list[Combination]:
    wanted = sa.select(Invitation.role, Invitation.segments).where(
        Invitation.wave_id == wave.id, Invitation.audience == audience, ~Invitation.revoked | Invitation.used
    )
    return [_combination(role, segments, keys) for role, segments in session.execute(wanted)]


def _combination(
    role: str | None, segments: Mapping[str, tuple[str, ...]], keys: tuple[str, ...]
) -> Combination:
    return (role, *(segments[key][0] if segments.get(key) else None for key in keys))
