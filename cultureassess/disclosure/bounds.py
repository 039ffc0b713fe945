"""How long an audit may take, and what happens when that was not enough."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """The bounds of one audit.

    Attributes:
        pivots: basis exchanges of the search, a second or so; ordinary releases need fewer than 100.
        seconds: for the integer programme that takes over (METHOD 4.4). It is the only place where
            the speed of a machine can matter to a release.
    """

    pivots: int = 40_000
    seconds: float = 2.0


BOUNDS = Bounds()


class UndecidedError(Exception):
    """No proof within the bounds. The release is to be treated as unsafe."""
