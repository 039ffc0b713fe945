"""Who answers in the demo: attributes in exact numbers, joined as they are in a real company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from cultureassess.scoring.answers import FloatArray
from cultureassess.services.demo.profile import Cast, Contact

NOT_ASKED = ""


@dataclass(frozen=True)
class People:
    """The respondents of one audience. ``attributes``: code -> one value per respondent."""

    size: int
    attributes: Mapping[str, Sequence[str]]

    def __len__(self) -> int:
        return self.size

    def values(self, attribute: str) -> Sequence[str]:
        """Everybody's value; ``NOT_ASKED`` where the audience has no such attribute."""
        return self.attributes.get(attribute, [NOT_ASKED] * self.size)

    def worth(self, attribute: str, points: Mapping[str, float], default: float = 0.0) -> FloatArray:
        """What an attribute's value stands for: shape (respondents,), ``default`` for other values."""
        return np.array([points.get(value, default) for value in self.values(attribute)])

    def some(self, count: int, rng: Generator) -> NDArray[np.intp]:
        """Draw respondents from the largest function, so that no small unit loses anyone."""
        functions = self.values("function")
        largest = max(sorted(set(functions)), key=functions.count)
        return rng.choice(np.flatnonzero(np.equal(functions, largest)), size=count, replace=False)


def draw_people(cast: Cast, contact: Contact, rng: Generator) -> People:
    """Hand out the attributes of an audience: exact numbers of every value, in random order.

    Contact follows the function: sales and service talk to customers, finance does not.
    """
    attributes = {code: _shuffled(counts, rng) for code, counts in cast.segments.items()}
    people = People(cast.size, attributes)
    if "function" in attributes:
        near = people.worth("function", contact.near) + rng.standard_normal(cast.size)
        attributes["contact"] = _nearest_first(cast.segments["contact"], near)
    return people


def rank_into(values: FloatArray, shares: Sequence[float]) -> NDArray[np.intp]:
    """Cut values into ordered classes of given shares: the lowest get 0, the next 1, and so on."""
    cuts = np.round(np.cumsum(shares)[:-1] * len(values))
    return np.searchsorted(cuts, _ranks(values), side="right")


def _ranks(values: FloatArray) -> NDArray[np.intp]:
    return np.argsort(np.argsort(values, kind="stable"), kind="stable")


def _shuffled(counts: Mapping[str, int], rng: Generator) -> list[str]:
    values = [value for value, count in counts.items() for _ in range(count)]
    return [values[place] for place in rng.permutation(len(values))]


def _nearest_first(counts: Mapping[str, int], near: FloatArray) -> list[str]:
    """Values in the order of ``counts``, the first ones to those who are nearest."""
    values = [value for value, count in counts.items() for _ in range(count)]
    return [values[place] for place in _ranks(-near)]
