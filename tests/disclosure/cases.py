"""The adversarial cases of METHOD 4.5, as data."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

C18 = json.loads((Path(__file__).parents[1] / "fixtures/reference/c18_anonymity.json").read_text())
K = C18["k"]


def cases(section):
    return [pytest.param(case, id=case["id"]) for case in C18[section]]


def published_rows(case):
    return [published_row(cell) for cell in case["release"]]


def published_row(cell):
    if "atoms" in cell:
        return dict.fromkeys(cell["atoms"], 1)
    return {atom: Fraction(weight) for atom, weight in cell["weights"].items()}
