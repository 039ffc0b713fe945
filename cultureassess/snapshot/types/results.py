"""What was measured: items, indices, composites, outcomes, blocks and breakdowns."""

from __future__ import annotations

from typing import Literal

import msgspec

from cultureassess.disclosure.reasons import Reason
from cultureassess.snapshot.types.cells import Estimate, Frozen, Gap, ItemFigures, Level, Range, Share, Step


class PairResult(Frozen, frozen=True, omit_defaults=True):
    """One item with both wordings. ``customer`` is None for an inside-only item.

    ``used`` is False where at least half of the customers could not judge it (it then counts on neither
    side); ``hard_to_see`` from 30%. The item gap is exploratory. ``reverse`` marks a statement that speaks
    against the company: all figures are turned round, so that what counts as favourable is disagreement.
    """

    id: str
    index: str
    tag: str
    inside: str | None
    customer: str | None
    used: bool
    hard_to_see: bool
    groups: dict[str, ItemFigures]
    gap: Gap
    reverse: bool = False


class Reliability(Frozen, frozen=True):
    """Reliability of one index in one audience (n >= 30); ``warnings`` are codes, worded in the report."""

    audience: str
    n: int | None = None
    alpha: float | None = None
    alpha_interval: Range | None = None
    omega: float | None = None
    spearman_brown: float | None = None
    item_rest: dict[str, float] = msgspec.field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    withheld: Reason | None = None


class IndexResult(Frozen, frozen=True):
    """One of the indices. ``groups`` holds the paired index per audience (management, staff, inside,
    customer, partner); ``full`` the full inside index, never compared with customers.

    ``items`` are the pairs that count; ``dropped`` those that customers could not judge. ``single`` is
    set when one item is left: printed as that item, without class.
    """

    code: str
    name: str
    meaning: str
    kind: str
    emphasised: bool
    items: tuple[str, ...]
    dropped: tuple[str, ...]
    single: bool
    groups: dict[str, Estimate]
    full: dict[str, Estimate]
    gap: Gap
    partner_gap: Gap
    chain: tuple[Step, ...]
    levels: dict[str, Level]
    reliability: tuple[Reliability, ...] = ()
    agreement: float | None = None
    agreement_band: str | None = None
    camps: bool = False
    """Managers disagree among themselves (rwg(j) below .50): the average hides camps."""


class CompositeResult(Frozen, frozen=True):
    """A composite: interval only, outside the family of verdicts."""

    code: str
    name: str
    indices: tuple[str, ...]
    headline: bool
    groups: dict[str, Estimate]
    gap: Gap
    levels: dict[str, Level]


class Recommendation(Frozen, frozen=True):
    """Promoters minus detractors in points, -100 to 100 (METHOD 2.9); ``interval`` is clipped."""

    id: str
    audience: str
    n: int | None = None
    promoters: int | None = None
    passives: int | None = None
    detractors: int | None = None
    score: float | None = None
    interval: Range | None = None
    withheld: Reason | None = None


class Tipping(Frozen, frozen=True):
    """Percent of the silent customers who would have to agree for customers to match management
    (METHOD 3.8b); above 100: cannot. ``share`` is None where the number invited is unknown."""

    invited: int | None = None
    silent: int | None = None
    share: float | None = None


class Headline(Frozen, frozen=True, omit_defaults=True):
    """The three numbers: managers' own view, what they expected of customers, what customers say.

    ``difference`` is in percentage points with Newcombe's interval. ``calibration`` is the managers'
    expectation minus the customers' percent. ``options`` are the answers of the question, lowest first;
    ``yes_words`` are those of them that count as saying so.
    """

    outcome: str | None
    question_inside: str | None
    question_customer: str | None
    yes_words: tuple[str, ...]
    groups: dict[str, Share]
    difference: float | None
    difference_interval: Range | None
    forecast: dict[str, Estimate]
    calibration: float | None
    tipping: Tipping
    options: tuple[str, ...] = ()


class MindsetBehaviour(Frozen, frozen=True):
    """Mindset against behaviour over the pairs; judged for management (METHOD 2.10)."""

    mindset: dict[str, Estimate]
    behaviour: dict[str, Estimate]
    difference: dict[str, Estimate]
    talk_ahead: bool | None = None


class Synergy(Frozen, frozen=True):
    """S1's quadrant: people (employee block, all insiders) against customers (headline composite)."""

    people: Estimate
    customers: Estimate
    quadrant: (
        Literal["synergy", "customer-led, people strained", "people-led, customer distant", "start here"]
        | None
    ) = None
    on_the_border: bool = False
    own_view: bool = False
    """True where too few customers answered and the insiders' own view stands in."""


class BlockResult(Frozen, frozen=True, omit_defaults=True):
    """An inside-only block, for example the employee block. ``reverse`` names its turned items."""

    code: str
    name: str
    meaning: str
    groups: dict[str, Estimate]
    items: dict[str, dict[str, ItemFigures]]
    wordings: dict[str, str]
    reverse: tuple[str, ...] = ()


class BreakdownCell(Frozen, frozen=True):
    """One value of an attribute. ``n`` is the number of usable answers, None if the cell is withheld."""

    value: str
    n: int | None
    withheld: Reason | None
    indices: dict[str, Estimate]
    composites: dict[str, Estimate]


class Breakdown(Frozen, frozen=True):
    """One attribute of one side (or audience): the rows of the heat map."""

    attribute: str
    side: str
    cells: tuple[BreakdownCell, ...]
