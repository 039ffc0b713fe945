"""The types that describe a questionnaire. Data only: no arithmetic, no database, no web.

An instrument is frozen and versioned. Its *rated* items (the paired and inside-only items, then the
blocks) have one fixed order: character ``j`` of a stored answer string and column ``j`` of every
answer array belong to ``instrument.rated[j]``.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Literal

import msgspec


class Side(StrEnum):
    """Who is looking: the company's own people, or those it serves."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Audience(StrEnum):
    """The four audiences of METHOD 1.8; each belongs to one side."""

    MANAGEMENT = "management"
    STAFF = "staff"
    CUSTOMER = "customer"
    PARTNER = "partner"

    @property
    def side(self) -> Side:
        inside = self in (Audience.MANAGEMENT, Audience.STAFF)
        return Side.INSIDE if inside else Side.OUTSIDE


class Tag(StrEnum):
    MINDSET = "mindset"
    BEHAVIOUR = "behaviour"


class Kind(StrEnum):
    """Where an index stands in the framework (SOURCES S3); other instruments may leave it open."""

    CORE = "core"
    DIFFERENTIATING = "differentiating"
    OTHER = "other"


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Base of every instrument type: immutable, and strict about unknown fields."""


class Item(Frozen, frozen=True):
    """One statement. *Paired* means that each side has its own wording of it."""

    id: str
    index: str
    tag: Tag
    inside: str | None = None
    customer: str | None = None
    reverse: bool = False

    @property
    def paired(self) -> bool:
        return self.inside is not None and self.customer is not None

    def wording(self, side: Side) -> str | None:
        return self.inside if side is Side.INSIDE else self.customer


class Index(Frozen, frozen=True):
    """A culture index: a named set of items."""

    code: str
    name: str
    meaning: str
    kind: Kind = Kind.OTHER
    emphasised: bool = False


class Composite(Frozen, frozen=True):
    """A fixed set of indices. ``headline`` marks the one that gives the overall level."""

    code: str
    name: str
    indices: tuple[str, ...]
    headline: bool = False


class Block(Frozen, frozen=True):
    """Inside-only items that form a scale of their own (the employee block); never compared."""

    code: str
    name: str
    meaning: str
    items: tuple[Item, ...]


class ResponseScale(Frozen, frozen=True):
    """The labelled points 1..n, and the answer apart from them."""

    points: int
    labels: tuple[str, ...]
    dont_know: str


class LeadIn(Frozen, frozen=True):
    inside: str
    customer: str
    customer_business: str | None = None


class Outcome(Frozen, frozen=True):
    """A question with a number of its own.

    ``degree``: labelled options 1..n, of which ``highly`` count as yes (OV1).
    ``forecast``: a number 0-100, insiders' guess of the customers' share of ``highly`` (OV2).
    ``recommendation``: 0-10 (NPS, ENPS).
    """

    id: str
    kind: Literal["degree", "forecast", "recommendation"]
    inside: str | None = None
    customer: str | None = None
    options: tuple[str, ...] = ()
    highly: tuple[int, ...] = ()
    low: int = 0
    high: int = 0
    ends: tuple[str, ...] = ()
    optional: bool = False
    about: str | None = None
    """For a forecast: the id of the degree outcome whose share is guessed."""

    def wording(self, side: Side) -> str | None:
        return self.inside if side is Side.INSIDE else self.customer


class OpenQuestion(Frozen, frozen=True):
    id: str
    side: Side
    text: str


class RoleOption(Frozen, frozen=True):
    text: str
    code: str
    audience: Audience


class RoleQuestion(Frozen, frozen=True):
    """First page of an open inside link; a personal link knows the answer."""

    text: str
    options: tuple[RoleOption, ...]


class SegmentQuestion(Frozen, frozen=True):
    """An optional "about you" question. ``codes`` are what is stored; ``labels`` what is read.

    ``audience`` None means every audience of the side. ``default`` tells whether a new wave asks it.
    """

    code: str
    side: Side
    text: str
    labels: tuple[str, ...]
    codes: tuple[str, ...]
    audience: Audience | None = None
    default: bool = False
    organisation_defined: bool = False


class Pages(Frozen, frozen=True):
    """Item ids page by page. ``paired`` holds what customers are asked, in the same order on both sides
    (a side skips an item that it has no wording of); ``inside_only`` what insiders alone are asked."""

    paired: tuple[tuple[str, ...], ...]
    inside_only: tuple[tuple[str, ...], ...] = ()


class Instrument(Frozen, frozen=True):
    """A whole questionnaire, validated (see :func:`cultureassess.instruments.loading.load`)."""

    code: str
    version: str
    title: str
    language: str
    period: str
    scale: ResponseScale
    lead_in: LeadIn
    indices: tuple[Index, ...]
    composites: tuple[Composite, ...]
    items: tuple[Item, ...]
    pages: Pages
    blocks: tuple[Block, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    open_note: str = ""
    role_question: RoleQuestion | None = None
    segments: tuple[SegmentQuestion, ...] = ()

    @cached_property
    def rated(self) -> tuple[Item, ...]:
        """Every rated item in storage order: items, then the items of the blocks."""
        return self.items + tuple(item for block in self.blocks for item in block.items)

    @cached_property
    def position(self) -> dict[str, int]:
        """Item id to its place in ``rated``."""
        return {item.id: place for place, item in enumerate(self.rated)}

    def rated_on(self, side: Side) -> tuple[Item, ...]:
        """The rated items that are asked on one side."""
        return tuple(item for item in self.rated if item.wording(side) is not None)

    def items_of(self, index: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.index == index)

    def index(self, code: str) -> Index:
        return next(index for index in self.indices if index.code == code)

    def outcomes_on(self, side: Side) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.wording(side) is not None)

    @property
    def headline(self) -> Composite:
        """The composite whose customer score gives the overall level."""
        return next((c for c in self.composites if c.headline), self.composites[-1])
