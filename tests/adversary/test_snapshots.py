"""RELIABILITY R8: nobody can solve a published snapshot for a group of fewer than k people."""

import os
import time
from collections import defaultdict

import msgspec
import numpy as np
import pytest

from cultureassess.instruments.types import Side
from cultureassess.snapshot.build import build_snapshot
from cultureassess.snapshot.document import to_json

from ..disclosure.adversary import attack
from .people import People
from .reader import Figure, figures, published
from .waves import SETTINGS, random_wave

K = 5
INSTANCES = 200
TORTURED = int(os.environ.get("TORTURE_WAVES", "20000"))
"""How many the long run attacks; fewer to fit a time."""
WHOLE = 15


@pytest.fixture(scope="module")
def small(instrument):
    """The questionnaire cut to two indices and two block items: the same code, four times as fast."""
    indices = instrument.indices[:2]
    items = tuple(item for item in instrument.items if item.index in {index.code for index in indices})
    composite = msgspec.structs.replace(
        instrument.composites[0], indices=tuple(index.code for index in indices), headline=True
    )
    block = msgspec.structs.replace(instrument.blocks[0], items=instrument.blocks[0].items[:2])
    return msgspec.structs.replace(
        instrument, indices=indices, items=items, composites=(composite,), blocks=(block,)
    )


def snapshot_of(instrument, wave):
    return msgspec.json.decode(to_json(build_snapshot(instrument, *wave, SETTINGS)))


def attacked(instrument, wave, snapshot, extra=()):
    """Attack every statistic of a snapshot. Returns (figures read, leaks by statistic)."""
    people = {
        side.value: People(instrument, side, answers, snapshot)
        for side, answers in zip(Side, wave, strict=True)
    }
    statistics = defaultdict(dict)
    for one in [*figures(snapshot), *extra]:
        statistics[one.side, one.statistic][one.cell] = one
    leaks = {}
    for (side, statistic), found in statistics.items():
        if statistic != "drivers":
            leak = attack_one(people[side], statistic, list(found.values()))
            if leak:
                leaks[side, statistic] = leak
    return sum(map(len, statistics.values())), leaks


def attack_one(people, statistic, found):
    valid = people.valid(statistic) & people.kept
    members = {one.cell: people.members(one.cell) for one in found}
    values = np.random.default_rng(len(found)).integers(0, 101, size=len(valid))
    equations = published(found, members, values, valid)
    everybody = dict.fromkeys(np.flatnonzero(people.kept).tolist(), 1)
    leak = attack(equations, everybody, K)
    if leak:
        assert leak.value == sum(weight * int(values[person]) for person, weight in leak.weights.items())
    return leak


def run(instrument, seeds):
    started, read = time.perf_counter(), 0
    for seed in seeds:
        wave = random_wave(instrument, seed)
        number, leaks = attacked(instrument, wave, snapshot_of(instrument, wave))
        assert leaks == {}, (seed, leaks)
        read += number
    print(f"{read} figures of {len(seeds)} waves attacked in {time.perf_counter() - started:.1f} s")
    return read


def test_no_snapshot_of_a_random_wave_can_be_solved(small):
    assert run(small, range(INSTANCES)) > 30 * INSTANCES


def test_no_snapshot_of_the_whole_questionnaire_can_be_solved(instrument):
    assert run(instrument, range(WHOLE)) > 100 * WHOLE


@pytest.mark.torture
@pytest.mark.timeout(0)
def test_no_snapshot_of_twenty_thousand_waves_can_be_solved(small):
    run(small, range(INSTANCES, TORTURED))


def planted(instrument, wave, snapshot, side):
    """Counts that the release of one side withholds to protect others, and the total, as if printed."""
    people = People(instrument, side, wave[side is Side.OUTSIDE], snapshot)
    total = "inside" if side is Side.INSIDE else "customer"
    protecting = [
        f"{breakdown['attribute']}/{cell['value']}"
        for breakdown in snapshot["breakdowns"]
        for cell in breakdown["cells"]
        if breakdown["side"] == side.value and cell["withheld"] == "protects"
    ]
    sizes = {name: int(people.members(name).sum()) for name in [total, *protecting]}
    printed = [Figure(side.value, "people", name, size, None) for name, size in sizes.items() if size >= K]
    return printed if len(printed) > 1 else []


def leaks_of(instrument, wave, snapshot, extra):
    return attacked(instrument, wave, snapshot, extra)[1]


def test_cells_printed_against_the_release_are_found(small):
    """All protecting cells together always give somebody away.

    A single one does so with few exceptions: some protect only together, and a role that is a whole
    audience is shown as such anyway.
    """
    together, single = [], []
    for seed in range(60):
        wave = random_wave(small, seed)
        snapshot = snapshot_of(small, wave)
        for side in Side:
            total, *cells = planted(small, wave, snapshot, side) or [None]
            if cells:
                leaks = leaks_of(small, wave, snapshot, [total, *cells])
                together.append(leaks.get((side.value, "people")))
                single += [
                    (side.value, "people") in leaks_of(small, wave, snapshot, [total, cell]) for cell in cells
                ]
    assert len(together) > 20
    assert all(leak is not None and leak.n < K for leak in together)
    assert sum(single) > 0.9 * len(single)


def test_a_figure_in_an_unknown_place_is_not_overlooked(small):
    snapshot = snapshot_of(small, random_wave(small, 1))
    snapshot["extra"] = {"sales": {"n": 7, "mean": 50.0}}
    with pytest.raises(AssertionError, match="extra/sales"):
        figures(snapshot)
