"""One index on the results page: its row in the table, and its section with the pairs."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.narrative import level_words, state_word, verdict
from cultureassess.report.narrative.concerns import concern_sentences
from cultureassess.report.narrative.gaps import class_word
from cultureassess.snapshot.types import Estimate, IndexResult, Snapshot, Step
from cultureassess.web.results.cells import Cell, Setting, difference, mean, points
from cultureassess.web.results.pairs import PairView, Wordings, pair_view
from cultureassess.web.results.strips import Strip, strip

COMPARED = ("management", "staff", "customer")
"""The columns of every table, in this order; partners follow where they were asked."""


@dataclass(frozen=True)
class ChainStep:
    """One step of the additive chain (METHOD 3.1): managers over staff, staff over customers."""

    upper: str
    lower: str
    difference: Cell


@dataclass(frozen=True)
class IndexView:
    """``tone`` is the state as a class name; ``answers`` the number of people on both sides."""

    code: str
    name: str
    meaning: str
    core: bool
    emphasised: bool
    groups: dict[str, Cell]
    gap: Cell
    answers: str | None
    word: str | None
    reading: str | None
    tone: str
    verdict: str
    level: str | None
    strip: Strip
    chain: tuple[ChainStep, ...]
    concerns: tuple[str, ...]
    pairs: tuple[PairView, ...]

    @property
    def wordings(self) -> Wordings:
        """The pairs that both sides were asked, inside wording first."""
        return tuple((pair.inside, pair.customer) for pair in self.pairs if pair.inside and pair.customer)


def audiences(snapshot: Snapshot) -> tuple[str, ...]:
    """The audiences that get a column: the three compared ones, and partners where they were asked."""
    asked = {coverage.audience for coverage in snapshot.coverage}
    return COMPARED + (("partner",) if "partner" in asked else ())


def index_view(setting: Setting, index: IndexResult) -> IndexView:
    """An index with everything that the page says about it."""
    shown, words, gap = audiences(setting.snapshot), setting.words, index.gap
    customers = index.levels.get("customer")
    has_level = customers is not None and customers.number is not None
    return IndexView(
        code=index.code,
        name=index.name,
        meaning=index.meaning,
        core=index.kind == "core",
        emphasised=index.emphasised,
        groups={code: mean(setting, index.groups.get(code), index.levels.get(code)) for code in shown},
        gap=difference(setting, gap),
        answers=answers(index.groups),
        word=state_word(gap, words) if gap.shown else None,
        reading=class_word(gap, words),
        tone=(gap.state or "none").replace(" ", "-"),
        verdict=verdict(index, setting.snapshot, words),
        level=level_words(customers, words) if customers is not None and has_level else None,
        strip=strip((code, index.groups[code]) for code in shown if code in index.groups),
        chain=tuple(chain_step(setting, step) for step in index.chain),
        concerns=concern_sentences(index, words),
        pairs=tuple(pair_view(setting, pair, shown) for pair in setting.snapshot.pairs_of(index.code)),
    )


def answers(groups: dict[str, Estimate]) -> str | None:
    """The number of managers and of customers behind a gap: ``17 / 41``."""
    counts = [groups[code].n for code in ("management", "customer") if code in groups]
    known = [f"{n:,}" for n in counts if n is not None]
    return " / ".join(known) if len(known) == 2 else None


def chain_step(setting: Setting, step: Step) -> ChainStep:
    """One step in words; withheld with either of its two groups, and without a range (METHOD 1.9)."""
    if step.difference is None or step.interval is None:
        cell = setting.withheld(step.withheld)
    else:
        cell = points(setting, step.difference, step.interval)
    return ChainStep(setting.audience(step.upper), setting.audience(step.lower), cell)
