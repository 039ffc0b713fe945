"""A large wave, made up: the same answers as arrays, as a SQLite file with our schema, and as CSV files."""

import datetime as dt
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np

from cultureassess import instruments
from cultureassess.db.engine import make_engine
from cultureassess.db.migrate import upgrade
from cultureassess.db.session import transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Assessment, Chosen, Organisation, State, Wave
from cultureassess.scoring.answers import DONT_KNOW, Segment, SideAnswers
from cultureassess.snapshot.settings import Settings

INSTRUMENT = instruments.by_code("customer_culture_v1")
SETTINGS = Settings(organisation="Bench", chosen="all", date=dt.date(2026, 11, 30))
SEGMENTS = ("inside.function", "inside.tenure", "outside.decider", "outside.tenure")
AUDIENCES = {Side.INSIDE: ("management", "staff"), Side.OUTSIDE: ("customer", "partner")}
INSERT = """
INSERT INTO response
(id, wave_id, audience, answers, outcomes, role, segment_1, segment_2, seconds, late, language)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'en')
"""


@dataclass(frozen=True)
class Files:
    """Where a wave of some size lies."""

    database: Path
    inside: Path
    customers: Path


def insiders(customers: int) -> int:
    """How many of the organisation's people answer in a wave with so many customers."""
    return max(customers // 10, 60)


@dataclass(frozen=True)
class Opinions:
    """What insiders and customers think on average, in points, and how many of the insiders manage."""

    inside: float
    outside: float
    managers: float


CLOSE = Opinions(inside=3.7, outside=3.3, managers=0.1)
FAR_APART = Opinions(inside=4.3, outside=2.7, managers=1 / 3)
"""A gap so large that 20 managers and 128 customers establish it in every index, as a million do."""


def side_answers(side: Side, respondents: int, opinions: Opinions = CLOSE) -> SideAnswers:
    """One side, reproducible: a common opinion per respondent, 4% skipped, 8% can't judge."""
    random = np.random.default_rng([len(side.value), respondents])
    middle = opinions.outside if side is Side.OUTSIDE else opinions.inside
    opinion = random.normal(middle, 0.8, size=(respondents, 1)).astype(np.float32)
    shape = respondents, len(INSTRUMENT.rated)
    noise = random.standard_normal(shape, dtype=np.float32)
    points = np.clip(np.rint(opinion + noise), 1, 5).astype(np.uint8)
    fate = random.random(shape, dtype=np.float32)
    points[fate < 0.12] = DONT_KNOW
    points[fate < 0.04] = 0
    points[:, [item.wording(side) is None for item in INSTRUMENT.rated]] = 0
    second = 1 - opinions.managers if side is Side.INSIDE else 0.05
    audience = (random.random(respondents) < second).astype(np.int8)
    return SideAnswers(
        points=points,
        outcomes=_outcomes(side, random, opinion[:, 0]),
        audiences=AUDIENCES[side],
        audience=audience,
        segments=_segments(side, random, audience),
        seconds=np.rint(random.gamma(4.0, 60.0, size=respondents)) + 20,
        late=random.random(respondents) < 0.2,
    )


def _outcomes(side, random, opinion):
    columns = []
    for outcome in INSTRUMENT.outcomes:
        low, high = (1, len(outcome.options)) if outcome.kind == "degree" else (outcome.low, outcome.high)
        middle = low + (opinion - 1) / 4 * (high - low)
        drawn = np.rint(middle + random.normal(0, (high - low) / 6, size=len(opinion)))
        asked = outcome.wording(side) is not None
        columns.append(np.clip(drawn, low, high) if asked else np.full(len(opinion), -1))
    return np.column_stack(columns).astype(np.int16)


def _segments(side, random, audience):
    questions = {question.code: question.codes for question in INSTRUMENT.segments if question.side is side}
    wanted = [name.split(".")[1] for name in SEGMENTS if name.startswith(side.value)]
    found = {
        code: Segment(questions[code], _places(random, len(audience), len(questions[code])))
        for code in wanted
    }
    if side is Side.INSIDE:
        options = INSTRUMENT.role_question.options
        leads = [place for place, option in enumerate(options) if option.audience is Audience.MANAGEMENT]
        others = [place for place, option in enumerate(options) if option.audience is Audience.STAFF]
        role = np.where(
            audience == 0, random.choice(leads, len(audience)), random.choice(others, len(audience))
        )
        found = {"role": Segment(tuple(option.code for option in options), role.astype(np.int8))} | found
    return found


def _places(random, respondents, values):
    return random.integers(-1, values, size=respondents).astype(np.int8)


def write(folder: Path, customers: int, insiders: int) -> Files:
    """Write a wave of that size into ``folder``, unless it is there already."""
    files = Files(
        folder / f"wave-{customers}.db",
        folder / f"inside-{insiders}.csv",
        folder / f"customers-{customers}.csv",
    )
    if not files.customers.exists():
        sides = {
            Side.INSIDE: side_answers(Side.INSIDE, insiders),
            Side.OUTSIDE: side_answers(Side.OUTSIDE, customers),
        }
        files.database.unlink(missing_ok=True)
        _write_database(files.database, sides)
        _write_csv(files.inside, Side.INSIDE, sides[Side.INSIDE])
        _write_csv(files.customers, Side.OUTSIDE, sides[Side.OUTSIDE])
    return files


def _write_database(path: Path, sides: dict[Side, SideAnswers]) -> None:
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    with transaction(engine) as session:
        wave = Wave(
            label="Bench",
            state=State.OPEN,
            period="12 months",
            chosen=Chosen.ALL,
            management_roles=tuple(
                option.code
                for option in INSTRUMENT.role_question.options
                if option.audience is Audience.MANAGEMENT
            ),
            segments=SEGMENTS,
            rated_items=len(INSTRUMENT.rated),
            outcome_items=len(INSTRUMENT.outcomes),
        )
        assessment = Assessment(instrument=INSTRUMENT.code, waves=[wave])
        session.add(Organisation(name="Bench", slug="bench", assessments=[assessment]))
        session.flush()
        key = wave.id
    with engine.begin() as connection:
        cursor = connection.connection.cursor()
        for side, answers in sides.items():
            cursor.executemany(INSERT, _rows(key, side, answers))
    engine.dispose()


def _rows(wave_id, side, answers):
    """Responses as the table stores them, in the order of their random keys; for a bulk insert."""
    respondents = len(answers)
    keys = np.zeros(respondents, dtype=[("side", "u1"), ("key", ">u8"), ("rest", "S7")])
    keys["side"] = side is Side.INSIDE
    keys["key"] = np.sort(np.random.default_rng(3).integers(2**63, size=respondents, dtype=np.uint64))
    rated = np.ascontiguousarray(answers.points + np.uint8(48)).view(f"S{answers.points.shape[1]}")[:, 0]
    numbers = np.array([f"{number:03d}" for number in range(101)] + ["---"])[answers.outcomes]
    outcomes = np.ascontiguousarray(numbers).view(f"U{3 * numbers.shape[1]}")[:, 0]
    texts = {
        code: np.array([*segment.values, None], dtype=object)[segment.codes]
        for code, segment in answers.segments.items()
    }
    nobody = np.full(respondents, None)
    return zip(
        (key.tobytes() for key in keys),
        repeat(wave_id),
        np.array(answers.audiences, dtype=object)[answers.audience],
        rated.astype(f"U{answers.points.shape[1]}").tolist(),
        outcomes.tolist(),
        texts.pop("role", nobody),
        *texts.values(),
        answers.seconds.astype(int).tolist(),
        answers.late.astype(int).tolist(),
        strict=False,
    )


def _write_csv(path: Path, side: Side, answers: SideAnswers) -> None:
    words = np.array([""] + [str(n) for n in range(101)], dtype=object)
    rated = np.array(["", "1", "2", "3", "4", "5", *[""] * (DONT_KNOW - 6), "DK"], dtype=object)
    columns = {"rid": [f"R{number}" for number in range(len(answers))]}
    columns["audience"] = np.array(answers.audiences, dtype=object)[answers.audience]
    for code, segment in answers.segments.items():
        columns[code] = np.array([*segment.values, ""], dtype=object)[segment.codes]
    for item in INSTRUMENT.rated_on(side):
        columns[item.id] = rated[answers.points[:, INSTRUMENT.position[item.id]]]
    for place, outcome in enumerate(INSTRUMENT.outcomes):
        if outcome.wording(side) is not None:
            columns[outcome.id] = words[answers.outcomes[:, place] + 1]
    columns["seconds"] = answers.seconds.astype(int).astype(str)
    columns["late"] = np.where(answers.late, "1", "0")
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(columns) + "\n")
        file.writelines(",".join(row) + "\n" for row in zip(*columns.values(), strict=True))
