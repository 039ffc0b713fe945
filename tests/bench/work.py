"""What is measured: ours, and what it is measured against."""

from functools import cache
from pathlib import Path

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.db.engine import make_engine
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Response, Wave
from cultureassess.scoring.answers import SideAnswers
from cultureassess.services.reading import read_wave
from cultureassess.snapshot.build import build_snapshot
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.files import read_sides
from tests.bench import data
from tests.bench.data import INSTRUMENT, SETTINGS


def snapshot_from_database(path: Path) -> bytes:
    """Read a wave and compute everything that is stored of it."""
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        wave = session.scalars(sa.select(Wave)).one()
        sides = read_wave(session, wave, INSTRUMENT)
    engine.dispose()
    return to_json(build_snapshot(INSTRUMENT, *sides, SETTINGS))


def count_from_database(path: Path) -> int:
    """The least that anybody has to do: the same strings into NumPy, and every answer counted by audience."""
    engine = make_engine(f"sqlite:///{path}")
    counted = 0
    with engine.connect() as connection:
        for audiences in ((Audience.MANAGEMENT, Audience.STAFF), (Audience.CUSTOMER, Audience.PARTNER)):
            group = sa.case((Response.audience == audiences[0], "0"), else_="1")
            text = sa.func.aggregate_strings(group.concat(Response.answers).concat(Response.outcomes), "")
            wanted = sa.select(text).where(Response.audience.in_(audiences))
            characters = connection.execute(wanted).scalar_one()
            width = 1 + len(INSTRUMENT.rated) + 3 * len(INSTRUMENT.outcomes)
            table = np.frombuffer(characters.encode("ascii"), np.uint8).reshape(-1, width) - np.uint8(48)
            groups = table[:, 0].astype(np.intp) * 256
            for item in range(1, len(INSTRUMENT.rated) + 1):
                counted += int(np.bincount(groups + table[:, item], minlength=512).sum())
    engine.dispose()
    return counted


def snapshot_from_files(files: data.Files) -> bytes:
    """What ``cultureassess analyse`` does, without the report."""
    read = read_sides(files.inside, files.customers, INSTRUMENT)
    return to_json(build_snapshot(INSTRUMENT, read.inside, read.outside, SETTINGS))


def both_sides(customers: int) -> tuple[SideAnswers, SideAnswers]:
    """The answers of a wave in memory: a tenth as many insiders as customers, and at least 60."""
    return data.side_answers(Side.INSIDE, data.insiders(customers)), data.side_answers(
        Side.OUTSIDE, customers
    )


def snapshot_of(sides: tuple[SideAnswers, SideAnswers]) -> bytes:
    return to_json(build_snapshot(INSTRUMENT, *sides, SETTINGS))


@cache
def document_of(customers: int) -> str:
    """The snapshot of a wave with so many customers: computed once for all that show it."""
    return snapshot_of(both_sides(customers)).decode()


@cache
def document_far_apart(responses: int) -> str:
    """The snapshot of a wave of so many answers, 3 insiders to 7 customers, with a gap in every index."""
    insiders = responses * 3 // 10
    sides = (
        data.side_answers(Side.INSIDE, insiders, data.FAR_APART),
        data.side_answers(Side.OUTSIDE, responses - insiders, data.FAR_APART),
    )
    return snapshot_of(sides).decode()


def read_with_pandas(files: data.Files) -> None:
    import pandas as pd

    for path in (files.inside, files.customers):
        pd.read_csv(path)


class Pandas:
    """The indices of both sides and their Welch tests with pandas, and nothing else.

    It begins with the same arrays as ours, points and codes for what is missing.
    """

    def __init__(self, sides):
        import pandas as pd
        from scipy import stats

        self.frame, self.test = pd.DataFrame, stats.ttest_ind
        self.sides = sides

    def means_and_tests(self) -> list[float]:
        names = [item.id for item in INSTRUMENT.rated]
        frames = [self.frame(answers.points[answers.audience == 0], columns=names) for answers in self.sides]
        found = []
        for index in INSTRUMENT.indices:
            items = [item.id for item in INSTRUMENT.items_of(index.code) if item.paired]
            scores = [self._scores(frame[items]) for frame in frames]
            found.append(float(self.test(*scores, equal_var=False, nan_policy="omit").pvalue))
        return found

    @staticmethod
    def _scores(points):
        given = points.where((points >= 1) & (points <= INSTRUMENT.scale.points))
        enough = given.notna().sum(axis=1) >= (given.shape[1] + 1) // 2
        return ((given.mean(axis=1) - 1) / (INSTRUMENT.scale.points - 1) * 100).where(enough)
