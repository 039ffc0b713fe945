"""c17: a whole wave, from its two files to every number; computed in R and Python independently."""

import csv
import math
from dataclasses import replace

import pytest

from cultureassess.snapshot.files import read_sides
from cultureassess.snapshot.statistics import statistics
from cultureassess.snapshot.wave import measure_wave
from tests.scoring.reference import FOLDER, case
from tests.snapshot.waves import INSTRUMENT, SETTINGS

FILES = {"inside": FOLDER / "c17_demo_inside.csv", "outside": FOLDER / "c17_demo_customers.csv"}


def identifiers(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [row["rid"] for row in csv.DictReader(file)]


def values(tree, path=""):
    """Every single value with its path."""
    if isinstance(tree, dict):
        for name, branch in tree.items():
            yield from values(branch, f"{path}/{name}")
    elif isinstance(tree, list):
        for place, branch in enumerate(tree):
            yield from values(branch, f"{path}/{place}")
    else:
        yield path, tree


@pytest.fixture(scope="module")
def expected():
    return dict(values(case("c17_demo_full.expected")["expected"]))


@pytest.fixture(scope="module")
def found():
    read = read_sides(FILES["inside"], FILES["outside"], INSTRUMENT)
    settings = replace(SETTINGS, chosen="picked")
    names = {side: identifiers(path) for side, path in FILES.items()}
    return dict(values(statistics(measure_wave(INSTRUMENT, read.inside, read.outside), settings, names)))


def equal(one, other):
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-12)
    return one == other


def test_the_case_has_592_values(expected):
    assert len(expected) == 592


def test_the_files_give_the_same_values_and_no_others(expected, found):
    assert found.keys() == expected.keys()


def test_every_value_agrees(expected, found):
    assert {path: found[path] for path in expected if not equal(expected[path], found[path])} == {}
