"""Waves made to be attacked: tiny audiences, tiny units, many don't-knows; all from a seed."""

import datetime as dt
from dataclasses import replace

import numpy as np

from cultureassess.instruments.types import Side
from cultureassess.scoring.answers import DONT_KNOW, Segment, SideAnswers
from cultureassess.snapshot.settings import Settings

SETTINGS = Settings(organisation="Nordlicht Logistics", chosen="all", date=dt.date(2026, 10, 5))
INSIDE = {
    "role": ("executive", "middle manager", "frontline manager or supervisor", "no people responsibility"),
    "function": ("HR", "marketing", "sales", "IT", "finance", "operations"),
    "tenure": ("under 1 year", "1 to under 4 years", "4 to under 10 years", "10 years or more"),
}
OUTSIDE = {
    "segment": ("Key accounts", "Regional business", "Small business"),
    "contact": ("weekly or more", "a few times a year", "less often"),
}
MANAGERS = 3
"""The first of the roles lead people (METHOD 1.8)."""


def random_wave(instrument, seed):
    """Both sides of a wave of 8 to 40 people inside and 6 to 40 outside; late answers in every third."""
    rng = np.random.default_rng(seed)
    inside = side_of(instrument, Side.INSIDE, rng, int(rng.integers(8, 41)))
    outside = side_of(instrument, Side.OUTSIDE, rng, int(rng.integers(6, 41)))
    if seed % 3 == 0:
        outside = replace(outside, late=rng.random(len(outside)) < rng.uniform(0.1, 0.5))
    return inside, outside


def side_of(instrument, side, rng, people):
    offered = INSIDE if side is Side.INSIDE else OUTSIDE
    segments = {
        code: segment_of(values, rng, people, required=code == "role") for code, values in offered.items()
    }
    if side is Side.INSIDE:
        audiences = ("management", "staff")
        audience = (segments["role"].codes >= MANAGERS).astype(np.int64)
    else:
        audiences = ("customer", "partner")
        audience = (rng.random(people) < rng.choice([0.0, 0.2])).astype(np.int64)
    return SideAnswers(
        points=points_of(instrument, side, rng, people),
        outcomes=outcomes_of(instrument, side, rng, people),
        audiences=audiences,
        audience=audience,
        segments=segments,
    )


def segment_of(values, rng, people, *, required):
    """Unequal units, often tiny; the last kind of answer is "not given"."""
    kinds = values if required else (*values[: rng.integers(2, len(values) + 1)], None)
    codes = rng.choice(len(kinds), size=people, p=rng.dirichlet(np.full(len(kinds), 0.8)))
    return Segment(values, np.where(codes < len(values), codes, -1) if required else given(codes, kinds))


def given(codes, kinds):
    return np.where(codes == len(kinds) - 1, -1, codes)


def points_of(instrument, side, rng, people):
    """Answers from 1 to the scale's end; some items are hard to judge, some people skip a lot."""
    shape = (people, len(instrument.rated))
    points = rng.integers(1, instrument.scale.points + 1, size=shape).astype(np.uint8)
    points[rng.random(shape) < rng.choice([0.0, 0.1, 0.4], size=shape[1])] = DONT_KNOW
    points[rng.random(shape) < rng.choice([0.0, 0.05, 0.5], size=(people, 1), p=[0.6, 0.3, 0.1])] = 0
    asked = {item.id for item in instrument.rated_on(side)}
    points[:, [item.id not in asked for item in instrument.rated]] = 0
    return points


def outcomes_of(instrument, side, rng, people):
    columns = []
    for outcome in instrument.outcomes:
        low, high = (1, len(outcome.options)) if outcome.kind == "degree" else (outcome.low, outcome.high)
        numbers = rng.integers(low, high + 1, size=people)
        numbers[rng.random(people) < 0.2] = -1
        columns.append(numbers if outcome.wording(side) is not None else np.full(people, -1))
    return np.stack(columns, axis=1).astype(np.int16)
