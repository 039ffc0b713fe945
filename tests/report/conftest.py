"""The demo of the reference files, computed for real."""

from __future__ import annotations

import datetime as dt

import pytest

from cultureassess import instruments
from cultureassess.snapshot.build import build_snapshot
from cultureassess.snapshot.files import read_sides
from cultureassess.snapshot.settings import Settings
from cultureassess.snapshot.types import Snapshot
from tests.report.parts import FIXTURES


@pytest.fixture(scope="session")
def demo() -> Snapshot:
    instrument = instruments.by_code("customer_culture_v1")
    folder = FIXTURES / "reference"
    answers = read_sides(folder / "c17_demo_inside.csv", folder / "c17_demo_customers.csv", instrument)
    settings = Settings(
        organisation="Acme",
        chosen="picked",
        date=dt.date(2026, 5, 29),
        label="Spring 2026",
        invited={"management": 20, "staff": 40, "customer": 120},
    )
    return build_snapshot(instrument, answers.inside, answers.outside, settings)
