"""Nothing that is withheld follows from everything that is shown, all statistics of a side together.

Other than in ``test_snapshots``, which attacks statistic by statistic, the unknowns here are the scores of
every single person on every single statistic.
"""

import os
from dataclasses import replace
from itertools import combinations

import msgspec
import numpy as np
import pytest

from cultureassess.instruments.types import Side
from cultureassess.scoring.answers import DONT_KNOW, Segment

from .linear import MEANS, equation, follows, items_of, rank, reduced
from .people import People
from .reader import Figure, figures
from .test_snapshots import K, small, snapshot_of  # noqa: F401  (a fixture)
from .waves import random_wave, side_of

INSTANCES = int(os.environ.get("ADVERSARY_ACROSS", "60"))
FOR_DISTRIBUTIONS = 10


def shown_of(snapshot, side):
    """(statistic, cell) of every mean that is printed of a side."""
    found = {(f.statistic, f.cell): f for f in figures(snapshot) if f.side == side.value}
    return [key for key, f in found.items() if f.mean is not None and key[0].split()[0] in MEANS]


def menu_of(people, snapshot):
    """(statistic, cell) of every mean that could be printed of a side, composites and tags left out."""
    side = people.side.value
    audiences = ["inside", "management", "staff"] if people.side is Side.INSIDE else ["customer", "partner"]
    own = [breakdown for breakdown in snapshot["breakdowns"] if breakdown["side"] == side]
    cells = [f"{one['attribute']}/{cell['value']}" for one in own for cell in one["cells"]]
    indices = [f"index {code}" for code in people.used if people.used[code]]
    asked = {item.id for item in people.instrument.rated_on(people.side)}
    items = [f"item {item}" for item in sorted(asked)]
    inside = [f"full {code}" for code in people.used] + [f"block {b.code}" for b in people.instrument.blocks]
    wide = [*indices, *(inside if people.side is Side.INSIDE else [])]
    by_audience = [(statistic, audience) for statistic in wide for audience in audiences]
    by_item = [(statistic, audience) for statistic in items for audience in audiences if audience != "inside"]
    return by_audience + by_item + [(statistic, cell) for statistic in indices for cell in cells]


def calculable(people, snapshot, shown):
    """What is dangerous, withheld, and follows from what is shown."""
    if not shown:
        return []
    known = Unknowns(people, sorted({statistic for statistic, _ in menu_of(people, snapshot) + shown}))
    rows = [known.printed(*key) for key in shown]
    rows += [row for key in shown for row in relations(people, known, *key)]
    basis, pivots = reduced(np.stack(rows))
    hidden = [key for key in menu_of(people, snapshot) if key not in shown and dangerous(people, *key)]
    return [key for key in hidden if follows(basis, pivots, known.printed(*key))]


class Unknowns:
    """One unknown for each person and statistic: what this person's score on it is."""

    def __init__(self, people, statistics):
        self.people = people
        self.place = {statistic: place for place, statistic in enumerate(statistics)}

    def printed(self, statistic, cell):
        behind = self.people.members(cell) & self.people.valid(statistic) & self.people.kept
        return self.row({statistic: 1}, behind)

    def row(self, factors, behind):
        found = np.zeros((len(self.place), len(behind)), dtype=np.int64)
        for statistic, factor in factors.items():
            found[self.place[statistic]] = factor * behind
        return found.ravel()


def relations(people, known, statistic, cell):
    """What a reader knows of the score of each person in a cell: that it is the mean of its parts.

    Who has some of the parts only is no attribute of anybody. A reader who does not know them can use this
    where nobody is such a one; in a cell too small for distributions it is supposed that somebody knows.
    """
    there = parts_there(people, statistic)
    members = people.members(cell) & people.kept
    if not there or (statistic.split()[0] != "composite" and "/" in cell):
        return
    held = np.stack(list(there.values()), axis=1)
    some = held.any(axis=1) & ~held.all(axis=1)
    if some[members].any() and members.sum() >= FOR_DISTRIBUTIONS:
        return
    for person in np.flatnonzero(members & people.valid(statistic)):
        own = [part for part, has in there.items() if has[person]]
        alone = np.arange(len(members)) == person
        yield known.row({statistic: len(own), **dict.fromkeys(own, -1)}, alone)


def parts_there(people, statistic):
    """Part -> who has it; none for an item."""
    kind, _, code = statistic.partition(" ")
    if kind == "composite":
        own = {index: people.used.get(index) for index in people.composites[code]}
        return {f"index {index}": people.half(items) for index, items in own.items() if items}
    if kind == "item" or (kind, code) == ("tag", "difference"):
        return {}
    return {f"item {item}": people.point(item) for item in items_of(people, kind, code)}


def dangerous(people, statistic, cell):
    """Whether a mean tells about fewer than K people, or about people who are all alike.

    Other means are withheld because of these, and may follow where they give none of these away.
    """
    kind, _, code = statistic.partition(" ")
    items = [code] if kind == "item" else items_of(people, kind, code)
    behind = people.members(cell) & people.valid(statistic) & people.kept
    points = people.answers.points[np.ix_(behind, [people.instrument.position[item] for item in items])]
    answered = ([point for point in one if 0 < point < 10] for one in points.tolist())
    return 0 < behind.sum() < K or len({round(sum(own) / len(own), 6) for own in answered}) == 1


def told_of_few(people, shown):
    """Cells below ``FOR_DISTRIBUTIONS`` whose figures together tell about fewer than K of their people."""
    found = []
    for cell in sorted({cell for _, cell in shown}):
        members = np.flatnonzero(people.members(cell) & people.kept)
        if len(members) >= FOR_DISTRIBUTIONS:
            continue
        rows = np.stack([equation(people, *key)[members] for key in shown if key[1] == cell])
        rows = rows[:, :, rows.any(axis=(0, 1))]
        full = rank(rows.reshape(len(rows), -1))
        for few in combinations(range(len(members)), K - 1):
            others = np.delete(rows, few, axis=1).reshape(len(rows), -1)
            if rank(others) < full:
                found.append(cell)
                break
    return found


def attacked(instrument, seed, plant=lambda people, snapshot, shown: []):
    wave = random_wave(instrument, seed)
    snapshot = snapshot_of(instrument, wave)
    for side, answers in zip(Side, wave, strict=True):
        people = People(instrument, side, answers, snapshot)
        shown = shown_of(snapshot, side)
        yield side, people, snapshot, shown + plant(people, snapshot, shown)


def test_nothing_withheld_follows_from_what_is_shown(small):  # noqa: F811
    hidden = 0
    for seed in range(INSTANCES):
        for side, people, snapshot, shown in attacked(small, seed):
            assert calculable(people, snapshot, shown) == [], (seed, side)
            hidden += sum(key not in shown for key in menu_of(people, snapshot))
    assert hidden > 10 * INSTANCES


def test_no_small_group_tells_about_fewer_than_five_of_its_people(small):  # noqa: F811
    cells = 0
    for seed in range(INSTANCES):
        for side, people, _, shown in attacked(small, seed):
            assert told_of_few(people, shown) == [], (seed, side)
            cells += len({cell for _, cell in shown if (people.members(cell) & people.kept).sum() < 10})
    assert cells > INSTANCES / 4


def protecting(people, snapshot, shown):
    """Every mean of K people or more that is withheld to protect others, as if it were printed."""
    hidden = [key for key in menu_of(people, snapshot) if key not in shown and not dangerous(people, *key)]
    return [(s, c) for s, c in hidden if (people.members(c) & people.valid(s) & people.kept).sum() >= K]


def test_means_printed_against_the_release_are_found(small):  # noqa: F811
    leaks = [
        bool(calculable(people, snapshot, shown))
        for seed in range(INSTANCES)
        for side, people, snapshot, shown in attacked(small, seed, protecting)
        if len(shown) > len(shown_of(snapshot, side))
    ]
    assert len(leaks) > INSTANCES
    assert sum(leaks) > len(leaks) / 3


@pytest.fixture
def sales(instrument):
    """The core indices, and a wave in which one of five in sales gave no answer to one of them."""
    composite = msgspec.structs.replace(instrument.composites[0], headline=True)
    indices = tuple(index for index in instrument.indices if index.code in composite.indices)
    items = tuple(item for item in instrument.items if item.index in composite.indices)
    core = msgspec.structs.replace(
        instrument, indices=indices, items=items, composites=(composite,), blocks=instrument.blocks[:1]
    )
    random = np.random.default_rng(4)
    inside = side_of(core, Side.INSIDE, random, 14)
    points = random.integers(1, 6, size=inside.points.shape).astype(np.uint8)
    asked = {item.id for item in core.rated_on(Side.INSIDE)}
    points[:, [item.id not in asked for item in core.rated]] = 0
    points[0, [item.index == "RG" for item in core.rated]] = DONT_KNOW
    function = Segment(("sales", "IT"), np.array([0] * 5 + [1] * 9))
    staff = replace(
        inside, points=points, audience=np.ones(14, dtype=np.int64), segments={"function": function}
    )
    return core, (staff, side_of(core, Side.OUTSIDE, random, 30))


def test_a_composite_is_withheld_where_it_would_tell_a_withheld_index(sales):
    core, wave = sales
    snapshot = snapshot_of(core, wave)
    people = People(core, Side.INSIDE, wave[0], snapshot)
    shown = shown_of(snapshot, Side.INSIDE)
    for cell, n in (("function/sales", 4), ("function/IT", 9)):
        assert ("index CF", cell) in shown
        assert ("index RG", cell) not in shown
        assert ("composite CORE", cell) not in shown
        assert (people.members(cell) & people.valid("index RG")).sum() == n
    assert calculable(people, snapshot, shown) == []
    planted = [*shown, ("composite CORE", "function/IT")]
    assert calculable(people, snapshot, planted) == [("index RG", "function/sales")]


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_read_as_a_mean_of_answers(small, seed):  # noqa: F811
    """The equations are those of the printed means: filled with the true answers they give them."""
    for side, people, snapshot, shown in attacked(small, seed):
        printed = {(f.statistic, f.cell): f for f in figures(snapshot) if f.side == side.value}
        scale = people.instrument.scale.points - 1
        scores = (people.answers.points.astype(float) - 1) * 100 / scale
        for statistic, cell in shown:
            kind, _, code = statistic.partition(" ")
            if kind != "item":
                continue
            figure: Figure = printed[statistic, cell]
            behind = equation(people, statistic, cell) == 1
            assert figure.mean == pytest.approx(scores[behind].mean())
            assert figure.n == behind.sum()
            assert code in people.instrument.position
