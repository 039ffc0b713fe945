"""The snapshot: the frozen, suppressed aggregates of one wave.

It is the only thing that a page, chart, file or API may read; what is withheld is not in it. Numbers
are unrounded (rounding happens where they are printed), on the 0-100 scale unless a field says
percent or points. ``None`` is a value withheld or not defined; ``withheld`` beside it says which.
Source of every rule: METHOD 2.0-4.4.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from cultureassess.disclosure.reasons import Reason

SCHEMA = "cultureassess-snapshot/1"


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every snapshot type."""


class Range(Frozen, frozen=True):
    """A 95% interval, in the unit of the value that it belongs to."""

    low: float
    high: float

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2

    def contains(self, value: float) -> bool:
        return self.low <= value <= self.high


class Estimate(Frozen, frozen=True):
    """A group's mean on a 0-100 measure.

    ``n`` and ``mean`` are None if and only if ``withheld`` is set. With 5 to 9 answers there is a mean,
    no ``sd`` and no ``interval``; ``nominal`` is then the half-width that sd 20 would give
    (METHOD 1.9).
    """

    n: int | None = None
    mean: float | None = None
    sd: float | None = None
    interval: Range | None = None
    nominal: float | None = None
    withheld: Reason | None = None

    @property
    def shown(self) -> bool:
        return self.mean is not None


class Share(Frozen, frozen=True):
    """How many of a group said yes. ``bounded`` replaces count and percent where the group is
    homogeneous and small (METHOD 4.3 X): "5% or less", "95% or more"."""

    n: int | None = None
    count: int | None = None
    percent: float | None = None
    interval: Range | None = None
    bounded: Literal["5 or less", "95 or more"] | None = None
    withheld: Reason | None = None

    @property
    def shown(self) -> bool:
        return self.n is not None


class ItemFigures(Frozen, frozen=True):
    """One item in one audience. Percentages of the valid answers; ``dont_know`` of valid + don't-know.

    ``distribution`` counts the points 1..A; only from 10 answers. ``count`` is the number in the top
    two points.
    """

    n: int | None = None
    mean: float | None = None
    count: int | None = None
    favourable: float | None = None
    neutral: float | None = None
    unfavourable: float | None = None
    dont_know: float | None = None
    distribution: tuple[int, ...] | None = None
    bounded: Literal["5 or less", "95 or more"] | None = None
    withheld: Reason | None = None

    @property
    def shown(self) -> bool:
        return self.n is not None


class Gap(Frozen, frozen=True):
    """Management minus customers on a paired measure, in points; positive: management sees it rosier.

    ``state`` and ``class_`` only from 10 answers on both sides. ``superiority`` is the percentage of
    manager-customer pairs in which the manager's score is higher, ties split. ``errors`` says where the
    standard error of the customers comes from. p values are kept for checking, never printed.
    """

    difference: float | None = None
    interval: Range | None = None
    bootstrap: Range | None = None
    hedges_g: float | None = None
    g_label: str | None = None
    cliffs_delta: float | None = None
    delta_interval: Range | None = None
    delta_label: str | None = None
    superiority: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    """Holm's over the family for the indices; Benjamini-Hochberg's for items, which are exploratory."""
    state: Literal["clear gap", "small gap", "aligned", "inconclusive"] | None = None
    class_: str | None = msgspec.field(default=None, name="class")
    provisional: bool = False
    errors: Literal["respondents", "accounts", "weights"] = "respondents"
    withheld: Reason | None = None

    @property
    def shown(self) -> bool:
        return self.difference is not None


class Step(Frozen, frozen=True):
    """One step of the additive chain: the difference of two neighbouring groups, in points."""

    upper: str
    lower: str
    difference: float | None = None
    interval: Range | None = None
    withheld: Reason | None = None


class Level(Frozen, frozen=True):
    """A maturity level, 1-5, as far as the answers allow one (METHOD 2.6, 2.7).

    ``number`` is None below 10 answers. ``touched`` are all levels that the interval touches.
    ``big`` tells whether the number may be printed large (half-width at most 7.5); otherwise it is put
    in words ("between Aware and Practising"). ``printed`` is the score as it must be printed: never as
    if it had reached a cut that it has not. ``capped_by`` names the index that holds the overall level.
    """

    number: int | None = None
    name: str | None = None
    touched: tuple[int, ...] = ()
    touched_names: tuple[str, ...] = ()
    big: bool = False
    printed: str | None = None
    capped_by: str | None = None


class PairResult(Frozen, frozen=True):
    """One item with both wordings. ``customer`` is None for an inside-only item.

    ``used`` is False where at least half of the customers could not judge it (it then counts on neither
    side); ``hard_to_see`` from 30%. The item gap is exploratory.
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


class Reliability(Frozen, frozen=True):
    """Reliability of one index in one audience (n >= 30); ``warnings`` are codes, worded in the report."""

    audience: str
    n: int | None = None
    alpha: float | None = None
    alpha_interval: Range | None = None
    omega: float | None = None
    spearman_brown: float | None = None
    item_rest: dict[str, float] = {}
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


class Headline(Frozen, frozen=True):
    """The three numbers: managers' own view, what they expected of customers, what customers say.

    ``difference`` is in percentage points with Newcombe's interval. ``calibration`` is the managers'
    expectation minus the customers' percent.
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
    """True where no customers answered and the insiders' own view stands in."""


class BlockResult(Frozen, frozen=True):
    """An inside-only block, for example the employee block."""

    code: str
    name: str
    meaning: str
    groups: dict[str, Estimate]
    items: dict[str, dict[str, ItemFigures]]
    wordings: dict[str, str]


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


class Careless(Frozen, frozen=True):
    """Careless-answer counts of one side; excluded only if both flags are up (METHOD 3.9)."""

    side: str
    answered: int | None
    unusable: int | None
    straight: int | None
    fast: int | None
    excluded: int | None


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


class Snapshot(Frozen, frozen=True):
    """Everything that may be known of one wave."""

    schema: str
    scoring_version: str
    levels_version: str
    fingerprint: str
    wave: Wave
    instrument: InstrumentInfo
    level_cuts: tuple[LevelCut, ...]
    coverage: tuple[Coverage, ...]
    careless: tuple[Careless, ...]
    headline: Headline
    overall: dict[str, Level]
    """The overall level (headline composite) per view: customer, management, inside."""
    indices: tuple[IndexResult, ...]
    composites: tuple[CompositeResult, ...]
    pairs: tuple[PairResult, ...]
    blocks: tuple[BlockResult, ...]
    recommendations: tuple[Recommendation, ...]
    mindset_behaviour: MindsetBehaviour
    synergy: Synergy | None
    breakdowns: tuple[Breakdown, ...]
    late: tuple[LateAnswers, ...]
    detectable: Detectable | None
    family_size: int
    importance: Importance
    priorities: tuple[Priority, ...]
    comments: tuple[CommentList, ...]
    withheld: tuple[Withheld, ...]
    warnings: tuple[str, ...] = ()

    def index(self, code: str) -> IndexResult:
        return next(index for index in self.indices if index.code == code)

    def composite(self, code: str) -> CompositeResult:
        return next(composite for composite in self.composites if composite.code == code)

    @property
    def headline_composite(self) -> CompositeResult:
        return next(c for c in self.composites if c.headline)

    def pairs_of(self, index: str) -> tuple[PairResult, ...]:
        return tuple(pair for pair in self.pairs if pair.index == index)
