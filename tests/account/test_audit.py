"""The audit log: who sees what of it, what never enters it, and the file."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import AuditEntry, Organisation
from cultureassess.services import audit_log
from cultureassess.services.audit_log import Wanted
from cultureassess.services.rights import COMMAND_LINE, Actor
from tests import cast, scene
from tests.cast import Person

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def write(app, *actions: str, organisation_id: int | None = None, **more: object) -> None:
    with transaction(app.extensions["engine"]) as session:
        for action in actions:
            audit_log.record(
                session, Actor(name="Ada"), action, now=NOON, organisation_id=organisation_id, **more
            )


def rows(person: Person, query: str = "") -> list[list[str]]:
    answer = person.get(f"/audit/audit-log.csv{query}")
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_an_administrator_sees_everything_and_a_consultant_what_was_done_with_the_own_clients(staff):
    write(staff, "closed a wave", organisation_id=1)
    write(staff, "closed another wave", organisation_id=2)
    write(staff, "changed a setting")
    everything = {row[2] for row in rows(cast.signed_in(staff, "Administrator"))[1:]}
    assert {"closed a wave", "closed another wave", "changed a setting", "signed in"} <= everything
    consultant = cast.signed_in(staff, "consultant a")
    assert [row[2] for row in rows(consultant)[1:]] == ["closed a wave"]
    page = consultant.get("/audit").text
    assert "closed a wave" in page
    assert "closed another wave" not in page


@pytest.mark.parametrize("name", ["leader a", "Outsider"])
def test_leaders_and_outsiders_do_not_see_it(staff, name):
    person = cast.signed_in(staff, name)
    assert [person.get(path).status_code for path in ("/audit", "/audit/audit-log.csv")] == [404, 404]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["d", "c", "b", "a"]),
        ("?organisation=2", ["b"]),
        ("?who=Ada", ["c", "b", "a"]),
        ("?action=c", ["c"]),
        ("?since=2026-11-23", ["d"]),
        ("?until=2026-11-22", ["c", "b", "a"]),
        ("?since=2026-11-22&until=2026-11-22&organisation=1", ["c", "a"]),
        ("?since=yesterday&organisation=x&until=0001-01-01", ["d", "c", "b", "a"]),
        ("?organisation=99999999999999999999", ["d", "c", "b", "a"]),
    ],
)
def test_it_is_filtered_by_client_person_action_and_day(staff, query, found):
    administrator = cast.signed_in(staff, "Administrator")
    with transaction(staff.extensions["engine"]) as session:
        session.query(AuditEntry).delete()
    write(staff, "a", organisation_id=1)
    write(staff, "b", organisation_id=2)
    write(staff, "c", organisation_id=1)
    with transaction(staff.extensions["engine"]) as session:
        audit_log.record(session, COMMAND_LINE, "d", now=NOON + dt.timedelta(hours=12))
    assert [row[2] for row in rows(administrator, query)[1:]] == found
    assert administrator.get(f"/audit{query}").status_code == 200


def test_the_page_shows_a_hundred_entries_and_leads_to_older_ones(staff):
    write(staff, *(f"deed {number}" for number in range(150)), organisation_id=1)
    person = cast.signed_in(staff, "consultant a")
    first = person.get("/audit?who=Ada")
    assert first.text.count("<td>deed ") == 100
    older = first.text.split("Older entries")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = person.get(older)
    assert second.text.count("<td>deed ") == 50
    assert "Older entries" not in second.text


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(1)", "\tx", "\rx"])
def test_no_text_of_the_file_runs_as_a_formula(staff, text):
    write(staff, "did", organisation_id=1, detail=text)
    assert rows(cast.signed_in(staff, "consultant a"))[1][6] == f"'{text}"


def test_texts_are_shown_as_texts(staff):
    write(staff, "<script>alert(1)</script>", organisation_id=1, detail='"><img src=x onerror=alert(1)>')
    page = cast.signed_in(staff, "consultant a").get("/audit").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_deleting_a_client_deletes_its_entries_and_nothing_else(engine):
    with transaction(engine) as session:
        organisation = Organisation(name="Erased Ltd", slug="erased")
        session.add(organisation)
        session.flush()
        audit_log.record(
            session,
            COMMAND_LINE,
            "invited a member",
            now=NOON,
            organisation_id=organisation.id,
            detail="Erased Ltd",
        )
        audit_log.record(
            session, COMMAND_LINE, "deleted a client", now=NOON, kind="organisation", object_id=7
        )
        session.delete(organisation)
    assert [row.action for row in scene.rows(engine, AuditEntry)] == ["deleted a client"]


def test_a_deed_that_is_rolled_back_leaves_no_entry(engine):
    with transaction(engine) as session:
        audit_log.record(session, COMMAND_LINE, "did", now=NOON)
        session.rollback()
    assert scene.rows(engine, AuditEntry) == []


def test_a_long_detail_is_cut(engine):
    with transaction(engine) as session:
        audit_log.record(session, COMMAND_LINE, "did", now=NOON, detail="x" * 600)
        wanted = audit_log.entries(session, COMMAND_LINE, Wanted())
        assert len(wanted[0].detail) == 500


def test_answering_a_questionnaire_leaves_no_entry(engine):
    with transaction(engine) as session:
        wave = scene.open_wave(session)
        scene.answer(session, scene.open_token(session, wave, Audience.CUSTOMER), scene.everything())
    assert scene.rows(engine, AuditEntry) == []


def test_the_file_is_limited_to_twenty_an_hour(staff):
    person = cast.signed_in(staff, "consultant a")
    statuses = [person.get("/audit/audit-log.csv").status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
