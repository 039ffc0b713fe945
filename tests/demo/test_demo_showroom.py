import datetime as dt
from collections import Counter

import numpy as np
import pytest
import sqlalchemy as sa

from cultureassess import instruments
from cultureassess.db.engine import make_engine
from cultureassess.db.migrate import upgrade
from cultureassess.db.session import session_factory
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Comment, OpenLink, Organisation, Response, State, Wave
from cultureassess.services.closing import NoSnapshot, latest_snapshot, read_snapshot
from cultureassess.services.demo.generate import wave_answers
from cultureassess.services.demo.showroom import DemoRefused, build
from cultureassess.services.fielding import answers_so_far, create_organisation, require_open
from cultureassess.services.links import find_door
from cultureassess.services.reading import read_wave

INSTRUMENT = instruments.by_code("customer_culture_v1")
TODAY = dt.date(2026, 3, 10)
SECRET = "a secret that is long enough for a test"


def empty_session(folder):
    engine = make_engine(f"sqlite:///{folder}/demo.db")
    upgrade(engine)
    return session_factory(engine)()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A session with the demo in it, and its links. Tests here only read."""
    with empty_session(tmp_path_factory.mktemp("demo")) as session:
        yield session, build(session, today=TODAY, secret_key=SECRET)
    session.bind.dispose()


@pytest.fixture
def session(tmp_path):
    with empty_session(tmp_path) as session:
        yield session
    session.bind.dispose()


def given(segment):
    return [(*segment.values, None)[code] for code in segment.codes.tolist()]


def sorted_rows(side):
    """What a side answered, in an order that does not depend on who came first."""
    names = sorted(side.segments)
    segments = [given(side.segments[name]) for name in names]
    audiences = [side.audiences[place] for place in side.audience.tolist()]
    answers = (side.points.tolist(), side.outcomes.tolist(), audiences, side.late.tolist())
    return sorted(map(repr, zip(*answers, *segments, strict=True)))


def test_last_years_wave_is_reported_and_this_years_open(built):
    session, demo = built
    last, this = session.get(Wave, demo.last_wave), session.get(Wave, demo.this_wave)

    assert (last.state, this.state) == (State.REPORTED, State.OPEN)
    assert last.closes_on == dt.date(2025, 3, 10)
    assert this.opens_on <= TODAY <= this.closes_on
    assert (last.label, this.label) == ("Culture check 2025", "Culture check 2026")
    assert last.assessment is this.assessment
    assert this.assessment.organisation.name == "Nordlicht Logistics"


def test_this_years_wave_is_nearly_done(built):
    session, demo = built
    this = session.get(Wave, demo.this_wave)

    assert answers_so_far(session, this) == {"management": 45, "staff": 180, "customer": 240, "partner": 30}
    assert {a: row.invited for a, row in this.audiences.items()} == {
        Audience.MANAGEMENT: 50,
        Audience.STAFF: 260,
        Audience.CUSTOMER: 900,
        Audience.PARTNER: None,
    }


def test_only_last_year_has_results(built):
    session, demo = built
    snapshot = read_snapshot(session, session.get(Wave, demo.last_wave))

    assert snapshot.wave.date == "2025-03-10"
    assert {index.code: index.gap.state for index in snapshot.indices} == {
        "CF": "clear gap",
        "RG": "aligned",
        "EO": "clear gap",
        "CI": "small gap",
        "CO": "inconclusive",
        "CM": "clear gap",
        "IN": "clear gap",
        "SB": "small gap",
    }
    with pytest.raises(NoSnapshot):
        latest_snapshot(session, session.get(Wave, demo.this_wave))


def test_the_function_of_three_is_withheld_and_proven_to_exist(built):
    session, demo = built
    last = session.get(Wave, demo.last_wave)
    function = next(b for b in read_snapshot(session, last).breakdowns if b.attribute == "function")
    inside, _ = read_wave(session, last, INSTRUMENT)
    stored = inside.segments["function"]

    assert (stored.codes == stored.values.index("HR")).sum() == 3
    assert {cell.value: cell.n for cell in function.cells}["HR"] is None
    assert len([cell for cell in function.cells if cell.n is not None]) >= 5


def test_answers_are_stored_as_they_were_generated(built):
    session, demo = built
    stored = read_wave(session, session.get(Wave, demo.this_wave), INSTRUMENT)

    for one, other in zip(stored, wave_answers(INSTRUMENT, year="this"), strict=True):
        assert sorted_rows(one) == sorted_rows(other)
        assert np.array_equal(np.sort(one.seconds), np.sort(other.seconds))
        assert Counter(one.comments) == Counter(other.comments)


def test_every_door_opens_its_questionnaire(built):
    session, demo = built

    assert sorted(demo.doors) == ["customer", "inside", "partner"]
    for name, token in demo.doors.items():
        door = find_door(session, token)
        assert door.wave.id == demo.this_wave
        assert (door.audience or door.side) == name
        require_open(door.wave, today=TODAY)
    assert find_door(session, demo.doors["inside"]).side is Side.INSIDE


def test_addresses_are_below_the_installations_own(built):
    _, demo = built

    assert (
        demo.addresses("https://demo.example/")["customer"]
        == f"https://demo.example/s/{demo.doors['customer']}"
    )


def test_building_twice_changes_nothing(session):
    first = build(session, today=TODAY, secret_key=SECRET)
    tables = (Organisation, Wave, Response, Comment, OpenLink)
    count = [session.scalar(sa.select(sa.func.count()).select_from(table)) for table in tables]

    assert build(session, today=TODAY, secret_key=SECRET) == first
    assert [session.scalar(sa.select(sa.func.count()).select_from(table)) for table in tables] == count


def test_the_doors_of_an_old_demo_open_again(session):
    demo = build(session, today=TODAY, secret_key=SECRET)
    later = TODAY + dt.timedelta(days=90)

    assert build(session, today=later, secret_key=SECRET) == demo
    require_open(session.get(Wave, demo.this_wave), today=later)


def test_an_organisation_that_is_not_the_demo_is_left_alone(session):
    create_organisation(session, "Nordlicht Media", "nordlicht-logistics")

    with pytest.raises(DemoRefused, match="is not the demo"):
        build(session, today=TODAY, secret_key=SECRET)


def test_a_leap_day_has_a_last_year(session):
    demo = build(session, today=dt.date(2028, 2, 29), secret_key=SECRET)

    assert session.get(Wave, demo.last_wave).closes_on == dt.date(2027, 2, 28)
