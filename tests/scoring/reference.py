"""The reference cases of tests/fixtures/reference, as the tests read them."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from cultureassess.scoring.answers import DONT_KNOW
from cultureassess.scoring.covariance import Covariance
from cultureassess.scoring.scores import Tally

FOLDER = Path(__file__).parents[1] / "fixtures" / "reference"


def case(name):
    """The whole content of a case file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def expected(name):
    """The numbers that a case expects."""
    return case(f"{name}.expected")["expected"]


def rows(name):
    """A data file as a list of dictionaries of strings."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(name, header):
    """One numeric column of a data file, shape (rows,), NaN where empty or NA."""
    return np.array([float("nan" if row[header] in ("", "NA") else row[header]) for row in rows(name)])


def points(table, headers):
    """Answers as the engine stores them, shape (rows, headers): empty and NA are 0, DK is DONT_KNOW."""
    codes = {"": 0, "NA": 0, "DK": DONT_KNOW}
    cells = [[codes[row[h]] if row[h] in codes else int(row[h]) for h in headers] for row in table]
    return np.array(cells, dtype=np.uint8)


def near(value, relative=1e-6):
    """Equal within the tolerance that the case files state."""
    return pytest.approx(value, rel=relative, abs=1e-12)


def tally(*scores):
    return Tally.of(np.array(scores, dtype=float))


def equicorrelated(r, *, k=4, n=100):
    """The covariance of standardised items of which every two correlate ``r``."""
    return Covariance(n, np.zeros(k), np.full((k, k), float(r)) + (1 - r) * np.eye(k))
