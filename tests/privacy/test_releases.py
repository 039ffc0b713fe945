"""The ledger: what was released is known, and a second release that would isolate somebody is refused."""

import json
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from cultureassess.db import transaction
from cultureassess.disclosure.refresh import Refusal
from cultureassess.models import ReleaseRecord, Response, SnapshotRecord, Wave
from cultureassess.services import closing, releases
from cultureassess.services.drafts import Answers
from cultureassess.services.releases import Ledger, ReleaseRefused

from ..scene import TODAY, everything, rows
from .scenery import close, invited_wave, send

C18 = json.loads((Path(__file__).parents[1] / "fixtures/reference/c18_anonymity.json").read_text())
WHY = {
    "RF1": Refusal.ADDED,
    "RF3": Refusal.ADDED,
    "RF4": Refusal.REMOVED,
    "RF6": Refusal.ADDED,
    "RF7": Refusal.UNION,
}


def ledger(cells):
    """A ledger of one statistic, whose respondents are numbers."""
    people = sorted({person for members in cells.values() for person in members})
    bits = {name: f"{sum(1 << people.index(p) for p in members):x}" for name, members in cells.items()}
    valid = f"{(1 << len(people)) - 1:x}"
    return Ledger(tuple(map(str, people)), bits, {"index CF": (valid, tuple(cells))})


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in C18["refresh"]])
def test_a_second_release_is_judged_as_in_the_reference(case):
    before, after = ledger(case["before"]), ledger(case["after"])
    if case["expect_ok"]:
        releases.may_rerelease(before, after, C18["k"])
    else:
        with pytest.raises(ReleaseRefused) as refused:
            releases.may_rerelease(before, after, C18["k"])
        assert refused.value.refusal is WHY[case["id"]]
        assert refused.value.statistic == "index CF"


def test_a_ledger_gives_back_who_is_in_a_cell():
    found = ledger({"all": range(7), "Sales": (1, 3, 5)})
    assert found.cells("index CF") == {"all": frozenset("0123456"), "Sales": frozenset("135")}
    assert found.cells("index RG") == {}


def varied(place):
    """Answers that are not all alike, so that they are shown."""
    points = everything().points
    return Answers(points={item: str((place + n * n) % 5 + 1) for n, item in enumerate(points)})


@pytest.fixture
def closed(engine):
    """A closed wave with twenty answers of staff: (engine, wave id)."""
    wave_id, tokens = invited_wave(engine, [{"segments": {"inside.function": ("IT",)}}] * 20)
    for place, token in enumerate(tokens):
        send(engine, token, varied(place))
    close(engine, wave_id)
    return engine, wave_id


def erase(engine, number):
    with transaction(engine) as session:
        keys = session.scalars(sa.select(Response.id).limit(number)).all()
        session.execute(sa.delete(Response).where(Response.id.in_(keys)))


def publish_again(engine, wave_id):
    with transaction(engine) as session:
        return closing.publish_again(session, session.get_one(Wave, wave_id), today=TODAY).version


def test_the_close_records_what_it_released(closed):
    engine, wave_id = closed
    (record,) = rows(engine, ReleaseRecord)
    (snapshot,) = rows(engine, SnapshotRecord)
    assert (record.wave_id, record.version) == (wave_id, 1)
    assert record.digest == releases.digest(snapshot.json)
    found = msgspec.json.decode(record.cells, type=Ledger)
    keys = {response.id.hex()[: releases.KEY_DIGITS] for response in rows(engine, Response)}
    assert found.cells("inside/item CF1")["inside/staff"] == keys
    assert len(keys) == 20


def test_a_wave_in_which_nothing_changed_keeps_its_version(closed):
    engine, wave_id = closed
    assert publish_again(engine, wave_id) == 1
    assert [record.version for record in rows(engine, ReleaseRecord)] == [1]


def test_the_erasure_of_one_answer_is_not_published(closed):
    engine, wave_id = closed
    erase(engine, 1)
    with pytest.raises(ReleaseRefused, match="would lose fewer than 5 people"):
        publish_again(engine, wave_id)
    assert len(rows(engine, Response)) == 19
    assert [snapshot.version for snapshot in rows(engine, SnapshotRecord)] == [1]


def test_the_erasure_of_five_answers_may_be_published(closed):
    engine, wave_id = closed
    erase(engine, 5)
    assert publish_again(engine, wave_id) == 2


def test_a_record_never_changes(closed):
    engine, _ = closed
    with pytest.raises(DBAPIError, match="not changed afterwards"), engine.begin() as connection:
        connection.execute(sa.update(ReleaseRecord).values(cells="{}"))
