"""The demo's waves, measured with the scoring functions as METHOD 2.0 orders them."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from cultureassess import instruments
from cultureassess.instruments.types import Side
from cultureassess.scoring.careless import careless_flags, usable
from cultureassess.scoring.gaps import Welch, welch
from cultureassess.scoring.indices import composite_scores, index_scores
from cultureassess.scoring.multiplicity import holm
from cultureassess.scoring.scores import Scores, Tally
from cultureassess.scoring.verdicts import Verdict, verdict
from cultureassess.services.demo.generate import wave_answers
from cultureassess.services.demo.profile import SEED

INSTRUMENT = instruments.by_code("customer_culture_v1")
INDICES = [index.code for index in INSTRUMENT.indices]


@dataclass(frozen=True)
class Judged:
    """One paired index: both distributions, the gap's test and its verdict."""

    management: Tally
    customers: Tally
    test: Welch
    verdict: Verdict


class Measured:
    """One side without those who answered carelessly."""

    def __init__(self, side, answers):
        asked = [INSTRUMENT.position[item.id] for item in INSTRUMENT.rated_on(side)]
        self.answers = answers
        self.usable = usable(answers.points[:, asked])
        self.flags = careless_flags(answers.points[:, asked], answers.seconds)
        self.kept = self.usable & ~self.flags.excluded

    def points(self, audience, index):
        """The pairs of an index as one audience answered them."""
        columns = [INSTRUMENT.position[item.id] for item in INSTRUMENT.items_of(index) if item.paired]
        return self.answers.points[self.members(audience)][:, columns]

    def members(self, audience, **values):
        found = self.kept & (self.answers.audience == self.answers.audiences.index(audience))
        for attribute, value in values.items():
            segment = self.answers.segments[attribute]
            found = found & (segment.codes == segment.values.index(value))
        return found

    def index(self, index) -> Scores:
        columns = [INSTRUMENT.position[item.id] for item in INSTRUMENT.items_of(index) if item.paired]
        return index_scores(self.answers.points[:, columns], scale_points=5)

    def composite(self, indices) -> Scores:
        return composite_scores([self.index(index) for index in indices])

    def tally(self, index, audience, **values) -> Tally:
        return self.index(index).tally(self.members(audience, **values))

    def headline(self, audience, **values) -> float:
        """The mean of the headline composite, CC4."""
        return self.composite(INSTRUMENT.headline.indices).tally(self.members(audience, **values)).mean

    def outcome(self, outcome, audience):
        """The numbers given, shape (respondents who gave one,)."""
        column = [one.id for one in INSTRUMENT.outcomes].index(outcome)
        numbers = self.answers.outcomes[self.members(audience), column]
        return numbers[numbers >= 0]


@cache
def wave(year, seed=SEED) -> tuple[Measured, Measured]:
    return tuple(map(Measured, Side, wave_answers(INSTRUMENT, year=year, seed=seed)))


@cache
def judged(year, seed=SEED) -> dict[str, Judged]:
    """Every paired index with its verdict, Holm over all eight."""
    inside, outside = wave(year, seed)
    pairs = {
        index: (inside.tally(index, "management"), outside.tally(index, "customer")) for index in INDICES
    }
    tests = {index: welch(*pair) for index, pair in pairs.items()}
    adjusted = holm([test.p for test in tests.values()])
    return {
        index: Judged(*pairs[index], test, verdict_of(*pairs[index], test, p_holm))
        for (index, test), p_holm in zip(tests.items(), adjusted, strict=True)
    }


def verdict_of(management, customers, test, p_holm):
    return verdict(
        management=management.mean,
        customers=customers.mean,
        low=test.interval.low,
        high=test.interval.high,
        p_holm=p_holm,
    )


def share_highly(degrees) -> float:
    """Percent of the degree outcome's top two options."""
    return 100 * np.isin(degrees, INSTRUMENT.outcomes[0].highly).mean()
