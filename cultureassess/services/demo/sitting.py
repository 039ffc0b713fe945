"""One audience of the demo answers the questionnaire."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cultureassess.instruments.types import Audience, Instrument, Item, Outcome, Side
from cultureassess.scoring.answers import (
    DONT_KNOW,
    NOT_GIVEN,
    SKIPPED,
    BoolArray,
    FloatArray,
    IntArray,
    PointArray,
)
from cultureassess.services.demo.people import draw_people, rank_into
from cultureassess.services.demo.profile import Forecast, Year, nordlicht

HALO = 0.55
"""Part of an index factor's variance that all indices share: who likes one thing likes the next."""

SKIP_RATE = 0.006
BLANK_RATE = 0.04
"""How often an optional outcome stays empty."""

LEANING = {
    Audience.MANAGEMENT: "role",
    Audience.STAFF: "contact",
    Audience.CUSTOMER: "segment",
    Audience.PARTNER: "type",
}
"""The attribute that sets the members of an audience apart."""

DETRACTORS = (0.01, 0.01, 0.03, 0.06, 0.12, 0.35, 0.42)
PASSIVES = (0.45, 0.55)
PROMOTERS = (0.6, 0.4)
"""How the points 0-6, 7-8 and 9-10 share their group."""


class Sitting:
    """One audience in one year: drawn once, then read part by part.

    Attributes:
        people: who they are.
        points: shape (respondents, rated items), as in :class:`SideAnswers`, and so the others.
        outcomes: shape (respondents, outcomes).
        seconds: shape (respondents,), whole seconds.
        late: shape (respondents,), True for a quarter of them.
    """

    def __init__(self, instrument: Instrument, audience: Audience, year: Year, seed: int) -> None:
        self.instrument, self.audience, self.side = instrument, audience, audience.side
        self.profile = nordlicht()
        self.cast = self.profile.casts[audience]
        self.levels = self.profile.levels[year]
        self.indices = [index.code for index in instrument.indices]
        self.asked = np.array([item.wording(self.side) is not None for item in instrument.rated])
        self.rng = np.random.default_rng((seed, year == "this", list(Audience).index(audience)))
        # A stream of their own: one attribute more or less does not change what everybody answers.
        (who,) = self.rng.spawn(1)
        self.people = draw_people(self.cast, self.profile.contact, who)
        self.factors = self._draw_factors()
        self.points = self._answer_items()
        self.outcomes = self._answer_outcomes()
        self.seconds = self._take_time()
        self.late = self.rng.permutation(self.cast.size) < self.cast.size // 4
        self._answer_carelessly()

    def _draw_factors(self) -> FloatArray:
        """Where everybody stands on every index: shape (respondents, indices), points around 0."""
        halo = self.rng.standard_normal((self.cast.size, 1))
        own = self.rng.standard_normal((self.cast.size, len(self.indices)))
        spread = self.cast.spread * np.sqrt(self.cast.shared)
        factors: FloatArray = spread * (np.sqrt(HALO) * halo + np.sqrt(1 - HALO) * own)
        return self._centred(factors) + self._leans() + self._camps()

    def _centred(self, factors: FloatArray) -> FloatArray:
        """Take the luck out of the groups that lean: what sets them apart is their lean alone."""
        centred = factors.copy()
        groups = np.array(self.people.values(LEANING[self.audience]))
        for value in set(groups.tolist()):
            centred[groups == value] -= factors[groups == value].mean(axis=0)
        return centred

    def _leans(self) -> FloatArray:
        """What role, segment and contact add: shape (respondents, indices)."""
        lean = sum(self.people.worth(attribute, points) for attribute, points in self.profile.leans.items())
        leans: FloatArray = np.outer(lean, np.ones(len(self.indices)))
        if self.audience is Audience.STAFF:
            managers, customers = self.levels["management"], self.levels["customer"]
            gaps = [managers[index] - customers[index] for index in self.indices]
            leans += np.outer(self.people.worth("contact", self.profile.contact.way), gaps)
        return leans

    def _camps(self) -> FloatArray:
        """Half of the audience above, half below, where it is divided."""
        sign = np.where(self.rng.permutation(self.cast.size) % 2, 1.0, -1.0)
        return np.outer(sign, [self.cast.camps.get(index, 0.0) for index in self.indices])

    def _answer_items(self) -> PointArray:
        items = self.instrument.rated
        own = self.rng.standard_normal((self.cast.size, len(items)))
        stands = np.stack([self._stand(item) for item in items], axis=1)
        stands += self.cast.spread * np.sqrt(1 - self.cast.shared) * own
        cannot_judge = self.rng.random(stands.shape) < self._no_view(items)
        skipped = self.rng.random(stands.shape) < SKIP_RATE
        levels = np.array([self._level(item) for item in items])
        points = cut_to_points(
            stands, ~cannot_judge & ~skipped, levels, scale_points=self.instrument.scale.points
        )
        points[cannot_judge] = DONT_KNOW
        points[skipped] = SKIPPED
        points[:, ~self.asked] = SKIPPED
        return points

    def _stand(self, item: Item) -> FloatArray:
        """The index factor of an item; the employee block lives off what all indices share."""
        if item.index in self.indices:
            return self.factors[:, self.indices.index(item.index)]
        everything: FloatArray = self.factors.mean(axis=1)
        return everything

    def _level(self, item: Item) -> float:
        block = self.profile.block
        if item.id in block.levels:
            return block.levels[item.id] + (block.managers if self.audience is Audience.MANAGEMENT else 0)
        return self.levels[self.audience][item.index] + self.profile.easier[item.id]

    def _no_view(self, items: Sequence[Item]) -> FloatArray:
        """Chance of "can't judge": shape (respondents, items)."""
        hidden = self.profile.hard_to_see if self.side is Side.OUTSIDE else {}
        chance = [hidden.get(item.id, self.cast.no_view) for item in items]
        return np.outer(self.people.worth("contact", self.profile.contact.blind, default=1.0), chance)

    def _answer_outcomes(self) -> NDArray[np.int16]:
        columns = [self._answer_outcome(outcome) for outcome in self.instrument.outcomes]
        return np.stack(columns, axis=1).astype(np.int16)

    def _answer_outcome(self, outcome: Outcome) -> IntArray:
        if outcome.wording(self.side) is not None:
            if outcome.kind == "degree":
                return rank_into(self._opinion(), self.cast.degree) + 1
            if outcome.kind == "forecast" and self.cast.forecast is not None:
                return self._forecast(self.cast.forecast)
            if outcome.kind == "recommendation" and self.cast.recommend:
                return self._recommend(self.cast.recommend)
        return np.full(self.cast.size, NOT_GIVEN)

    def _opinion(self) -> FloatArray:
        """All in all: what matters of the indices, and something of its own. Shape (respondents,)."""
        standing = (self.factors - self.factors.mean(axis=0)) / self.factors.std(axis=0)
        matters = np.array([self.profile.matters.get(index, 0.0) for index in self.indices])
        opinion: FloatArray = (standing * matters).sum(axis=1)
        return opinion + 0.7 * self.rng.standard_normal(self.cast.size)

    def _forecast(self, forecast: Forecast) -> IntArray:
        """A guess in steps of five, as people guess; the hopeful guess higher."""
        opinion = self._opinion()
        guess = forecast.mean + forecast.spread * (opinion - opinion.mean()) / opinion.std()
        rounded: IntArray = np.clip(5 * np.round(guess / 5), 0, 100).astype(np.int16)
        return rounded

    def _recommend(self, shares: Sequence[float]) -> IntArray:
        groups = zip(shares, (DETRACTORS, PASSIVES, PROMOTERS), strict=True)
        points = rank_into(self._opinion(), [share * part for share, parts in groups for part in parts])
        return np.where(self.rng.random(self.cast.size) < BLANK_RATE, NOT_GIVEN, points)

    def _take_time(self) -> FloatArray:
        """Around nine seconds a statement, never below three."""
        each = 9.0 * np.exp(0.38 * self.rng.standard_normal(self.cast.size))
        seconds: FloatArray = np.round(self.asked.sum() * np.maximum(3.0, each))
        return seconds

    def _answer_carelessly(self) -> None:
        """Let a few tick the same point everywhere, faster than anyone can read (METHOD 3.9)."""
        for who in self.people.some(self.cast.careless, self.rng):
            self.points[who, self.asked] = self.rng.integers(3, 5, endpoint=True)
            self.seconds[who] = np.round(self.asked.sum() * self.rng.uniform(0.9, 1.7))


def cut_to_points(
    stands: FloatArray, answered: BoolArray, levels: FloatArray, *, scale_points: int
) -> PointArray:
    """Round standpoints to the points of the scale so that every item's mean meets its level.

    Args:
        stands: shape (respondents, items), in points of the 0-100 scale around any centre.
        answered: same shape; who counts for the mean.
        levels: shape (items,), the mean wanted, 0-100; met as closely as the number of answers allows.
        scale_points: number of labelled points, 2 to 9.

    Returns:
        shape (respondents, items), 1..scale_points, also where ``answered`` is False.
    """
    step = 100 / (scale_points - 1)

    def places(shift: FloatArray) -> FloatArray:
        return np.clip(np.round((stands + shift) / step), 0, scale_points - 1)

    low, high = np.full(len(levels), -300.0), np.full(len(levels), 400.0)
    for _ in range(40):
        middle = (low + high) / 2
        means = step * (places(middle) * answered).sum(axis=0) / np.maximum(answered.sum(axis=0), 1)
        low, high = np.where(means < levels, middle, low), np.where(means < levels, high, middle)
    points: PointArray = (1 + places(high)).astype(np.uint8)
    return points
