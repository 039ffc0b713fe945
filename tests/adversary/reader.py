"""What a reader can collect from a snapshot: every figure, whose it is, and how many are behind it.

The reader walks the JSON and knows no code of the product. A figure in a place that it has not heard of is
an error, so that nothing new can be published without being attacked.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..disclosure.adversary import Published

BY_GROUP = "(management|staff|inside|customer|partner)"
PLACES = (
    (rf"indices/(?P<statistic>\w+)/groups/(?P<cell>{BY_GROUP})", "index"),
    (rf"indices/(?P<statistic>\w+)/full/(?P<cell>{BY_GROUP})", "full"),
    (rf"composites/(?P<statistic>\w+)/groups/(?P<cell>{BY_GROUP})", "composite"),
    (rf"pairs/(?P<statistic>\w+)/groups/(?P<cell>{BY_GROUP})", "item"),
    (rf"blocks/(?P<statistic>\w+)/groups/(?P<cell>{BY_GROUP})", "block"),
    (rf"blocks/\w+/items/(?P<statistic>\w+)/(?P<cell>{BY_GROUP})", "item"),
    (rf"headline/groups/(?P<cell>{BY_GROUP})", "headline"),
    (rf"headline/forecast/(?P<cell>{BY_GROUP})", "forecast"),
    (rf"mindset_behaviour/(?P<statistic>\w+)/(?P<cell>{BY_GROUP})", "tag"),
    (r"breakdowns/(?P<attribute>\w+)/cells/(?P<value>[^/]+)/indices/(?P<statistic>\w+)", "index"),
    (r"breakdowns/(?P<attribute>\w+)/cells/(?P<value>[^/]+)/composites/(?P<statistic>\w+)", "composite"),
    (r"breakdowns/(?P<attribute>\w+)/cells/(?P<value>[^/]+)", "people"),
    (r"late/(?P<side>\w+)/(?P<value>early|late)", "late"),
    (r"recommendations/(?P<statistic>\w+) (?P<cell>\w+)", "recommendation"),
    (rf"indices/(?P<statistic>\w+)/reliability/(?P<cell>{BY_GROUP})", "complete"),
    (r"synergy/(people|customers)", "repeated"),
    (r"importance", "drivers"),
)
NAMES = {"indices": "code", "composites": "code", "pairs": "id", "blocks": "code", "breakdowns": "attribute"}
NAMES |= {"cells": "value", "reliability": "audience", "late": "side", "drivers": "index"}


@dataclass(frozen=True)
class Figure:
    """A figure as printed: what of whom, and the values that were printed (None where withheld)."""

    side: str
    statistic: str
    cell: str
    n: int
    mean: float | None


def figures(snapshot):
    """Every figure of a snapshot's JSON that has a number of people behind it."""
    found = [place(path, value, snapshot) for path, value in walk(snapshot, "") if value.get("n") is not None]
    counted = [
        Figure(side_of({}, one["audience"], snapshot), "people", one["audience"], one["usable"], None)
        for one in snapshot["coverage"]
        if one["usable"] is not None
    ]
    return [figure for figure in found if figure is not None] + counted


def walk(value, path):
    """Every object with an ``n``, with the path of names that leads to it."""
    if isinstance(value, dict):
        if "n" in value and path:
            yield path, value
        for name, inner in value.items():
            yield from walk(inner, f"{path}/{name}" if path else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from walk(inner, f"{path}/{name_of(path, inner, number)}")


def name_of(path, value, number):
    if not isinstance(value, dict):
        return str(number)
    kind = path.rsplit("/", 1)[-1]
    if kind == "recommendations":
        return f"{value['id']} {value['audience']}"
    return str(value[NAMES[kind]]) if kind in NAMES else str(number)


def place(path, value, snapshot):
    for pattern, kind in PLACES:
        if match := re.fullmatch(pattern, path):
            return None if kind == "repeated" else figure(kind, match.groupdict(), value, snapshot)
    raise AssertionError(f"An unknown figure at {path}: teach the adversary whose it is.")


def figure(kind, names, value, snapshot):
    statistic, cell = f"{kind} {names.get('statistic', '')}".strip(), names.get("cell")
    if kind == "late":
        headline = next(c["code"] for c in snapshot["composites"] if c["headline"])
        statistic, cell = f"composite {headline}", f"late/{names['value']}"
    if kind == "drivers":
        cell = "customer"
    if "attribute" in names:
        cell = f"{names['attribute']}/{names['value']}"
    return Figure(side_of(names, cell, snapshot), statistic, cell, value["n"], value.get("mean"))


def side_of(names, cell, snapshot):
    if "attribute" in names:
        return next(b["side"] for b in snapshot["breakdowns"] if b["attribute"] == names["attribute"])
    return "inside" if cell in ("management", "staff", "inside") else "outside"


def published(found, members, values, valid):
    """The figures of one statistic as the attacker's equations, over single respondents.

    ``members``: cell -> respondents of the cell; ``values``: shape (respondents,), any answers: what is
    attacked is who stands in an equation, so that random numbers do as well as the true ones.
    """
    equations = []
    for one in found:
        inside = members[one.cell] & valid
        assert one.n == inside.sum(), (one, int(inside.sum()))
        total = Fraction(int(values[inside].sum()))
        equations.append(
            Published(one.cell, frozenset(np.flatnonzero(inside).tolist()), one.n, total / one.n)
        )
    return equations
