"""The demo organisation's profile: the types of ``nordlicht.toml``, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import msgspec

Year = Literal["last", "this"]

SEED = 33
"""The seed of everything that is shown: both years have customers whose items move together well."""


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the profile's types: immutable, and strict about unknown fields."""


class Block(Frozen, frozen=True):
    """Means of the employee block, 0-100; managers stand ``managers`` points above staff."""

    levels: dict[str, float]
    managers: float


class Contact(Frozen, frozen=True):
    """What contact with customers does.

    ``way``: staff's lean as a part of the way from customers to managers. ``blind``: factor on the
    chance of "can't judge". ``near``: how close a function works to customers.
    """

    way: dict[str, float]
    blind: dict[str, float]
    near: dict[str, float]


class Forecast(Frozen, frozen=True):
    """OV2 of an audience: mean and standard deviation, 0-100."""

    mean: float
    spread: float


class Cast(Frozen, frozen=True):
    """One audience: how many, how they spread, what they say to the outcomes.

    Attributes:
        invited: how many were asked; None where an open link went round.
        spread: standard deviation of an item before it is cut to points, 0-100 scale.
        shared: part of an item's variance that belongs to its index; about the correlation of two items.
        no_view: share of "can't judge" on an item that is easy to see.
        degree: shares of the options of OV1, lowest first.
        segments: attribute -> value -> how many.
        forecast: OV2, None where it is not asked.
        recommend: shares of 0-6, 7-8 and 9-10; empty where it is not asked.
        careless: how many gave the same answer to everything in no time.
        camps: index -> points by which half of the audience stands above, half below the middle.
    """

    spread: float
    shared: float
    no_view: float
    degree: tuple[float, ...]
    segments: dict[str, dict[str, int]]
    invited: int | None = None
    forecast: Forecast | None = None
    recommend: tuple[float, ...] = ()
    careless: int = 0
    camps: dict[str, float] = {}

    @property
    def size(self) -> int:
        """How many answered: every attribute hands out one value to each."""
        return sum(next(iter(self.segments.values())).values())


class Profile(Frozen, frozen=True):
    """The whole company. Levels are means of paired indices: year -> audience -> index -> 0-100."""

    organisation: str
    slug: str
    instrument: str
    customer_segments: tuple[str, ...]
    matters: dict[str, float]
    levels: dict[Year, dict[str, dict[str, float]]]
    easier: dict[str, float]
    block: Block
    hard_to_see: dict[str, float]
    leans: dict[str, dict[str, float]]
    contact: Contact
    casts: dict[str, Cast]


@cache
def nordlicht() -> Profile:
    """Read the profile of Nordlicht Logistics; the same object every time."""
    source = resources.files(__package__).joinpath("nordlicht.toml").read_bytes()
    return msgspec.toml.decode(source, type=Profile)
