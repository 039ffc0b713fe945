"""Who answered, what matters, what they wrote, and what the wave froze."""

from __future__ import annotations

from typing import Literal

from cultureassess.disclosure.reasons import Reason
from cultureassess.snapshot.types.cells import Estimate, Frozen, Range


class Coverage(Frozen, frozen=True):
    """Who was asked and who answered, per audience. Counts below k are withheld.

    ``rate`` in percent (None for open links), ``margin`` in points at full population correction.
    """

    audience: str
    invited: int | None = None
    answered: int | None = None
    usable: int | None = None
    rate: float | None = None
    margin: float | None = None
    withheld: Reason | None = None


class CarelessCounts(Frozen, frozen=True):
    """How one audience answered: how many the marks of METHOD 3.9 were found on."""

    audience: str
    answered: int
    unusable: int
    straight: int
    fast: int
    excluded: int


class Careless(Frozen, frozen=True):
    """Careless-answer counts of one side; excluded only if both flags are up (METHOD 3.9).

    All counts are None, and ``audiences`` empty, where a count of the side is withheld. An audience to
    which nobody belongs is not among ``audiences``.
    """

    side: str
    answered: int | None
    unusable: int | None
    straight: int | None
    fast: int | None
    excluded: int | None
    audiences: tuple[CarelessCounts, ...] = ()


class LateAnswers(Frozen, frozen=True):
    """The last quarter of the answers against the rest, headline composite (METHOD 3.8)."""

    side: str
    early: Estimate
    late: Estimate
    difference: float | None = None
    notable: bool = False


class Detectable(Frozen, frozen=True):
    """The smallest gaps that this wave finds with 80% power, in points: one index alone, all together."""

    n_management: int
    n_customers: int
    one: float
    family: float


class Driver(Frozen, frozen=True):
    index: str
    weight: float
    correlation: float | None = None
    lmg: float | None = None
    lmg_interval: Range | None = None
    johnson: float | None = None
    ranked: bool = True


class Importance(Frozen, frozen=True):
    """What matters to customers. ``source`` "answers": derived from them; "framework": S3's emphasis,
    because there are too few answers. Never a cause."""

    source: Literal["answers", "framework"]
    outcome: str | None
    n: int | None
    r_squared: float | None
    indicative: bool
    drivers: tuple[Driver, ...]


class Priority(Frozen, frozen=True):
    """METHOD 6.2. ``value`` is None where an input is withheld; ``talk_first`` for blind spots."""

    index: str
    value: float | None
    talk_first: bool = False


class CommentList(Frozen, frozen=True):
    """Open answers of one audience to one question, in random order (rule K)."""

    audience: str
    question: str
    text: str
    comments: tuple[str, ...]
    withheld: Reason | None = None


class Withheld(Frozen, frozen=True):
    """A record of what is not shown and why: never a count."""

    what: str
    reason: Reason


class LevelCut(Frozen, frozen=True):
    number: int
    start: float
    name: str
    reads_as: str


class Wave(Frozen, frozen=True):
    """What was frozen when the wave opened. ``chosen`` says how customers were picked (METHOD 3.8b)."""

    organisation: str
    label: str
    date: str
    period: str
    chosen: Literal["all", "random", "picked", "open"]
    accounts: bool
    confidential: bool
    k: int
    k_comments: int
    k_distribution: int
    management: tuple[str, ...]
    invited: dict[str, int]
    weighting: dict[str, str]


class InstrumentInfo(Frozen, frozen=True):
    code: str
    version: str
    title: str
    language: str
    scale_points: int
    scale_labels: tuple[str, ...]
    dont_know: str
    lead_in_inside: str
    lead_in_customer: str
