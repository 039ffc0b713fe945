"""RELIABILITY R11 for people invited by name, for mails, and for what is kept of staff."""

import datetime as dt

import pytest
import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import (
    AuditEntry,
    DayKey,
    Invitation,
    Invitee,
    Mail,
    MailPlan,
    MailState,
    MemberInvitation,
    PendingList,
    RateCount,
)
from cultureassess.services import audit_log, rates, retention

from ..scene import TODAY, rows
from .inspection import broken
from .scenery import NOW, close, invited_wave

SECOND = dt.timedelta(seconds=1)
HASH = b"\x07" * 32


def midnight(days):
    return dt.datetime.combine(TODAY + dt.timedelta(days=days), dt.time(), dt.UTC)


def at(moment):
    return int(moment.timestamp())


def purge(engine, now):
    with transaction(engine) as session:
        return {what: number for what, number in retention.purge(session, now=now).items() if number}


def store(engine, *found):
    with transaction(engine) as session:
        session.add_all(found)


def people(engine, number=2):
    """An open wave with people who were invited by name: (wave id, their names)."""
    wave_id, _ = invited_wave(engine, [{}] * number)
    links = rows(engine, Invitation)
    named = [
        Invitee(
            wave_id=wave_id,
            invitation_id=link.id,
            audience=Audience.STAFF,
            name=f"Person {place}",
            address=f"person.{place}@nordlicht.example",
            folded=f"person.{place}@nordlicht.example",
            language="en",
        )
        for place, link in enumerate(links)
    ]
    store(engine, *named)
    return wave_id


@pytest.mark.parametrize("keep", retention.KEEP_DAYS)
def test_people_go_when_the_wave_said_they_would(engine, keep):
    wave_id = people(engine)
    store(engine, MailPlan(wave_id=wave_id, keep_days=keep))
    close(engine, wave_id)
    assert "people with their addresses" not in purge(engine, midnight(keep) - SECOND)
    assert purge(engine, midnight(keep) + SECOND)["people with their addresses"] == 2
    assert rows(engine, Invitee) == []


def test_without_a_plan_people_go_after_as_long_as_a_plan_says_by_itself(sqlite):
    close(sqlite, people(sqlite))
    assert MailPlan.__table__.c.keep_days.default.arg == retention.KEPT_WITHOUT_PLAN
    assert purge(sqlite, midnight(7) - SECOND) == {}
    assert purge(sqlite, midnight(7)) == {"people with their addresses": 2}


def test_people_of_an_open_wave_stay(sqlite):
    people(sqlite)
    assert purge(sqlite, midnight(4000)) == {}


def test_the_close_parts_people_and_links_and_deals_the_numbers_out_anew(engine):
    wave_id = people(engine, 40)
    before = [link.token_hash for link in sorted(rows(engine, Invitation), key=lambda link: link.id)]
    close(engine, wave_id)
    after = [link.token_hash for link in sorted(rows(engine, Invitation), key=lambda link: link.id)]
    assert {person.invitation_id for person in rows(engine, Invitee)} == {None}
    assert sorted(before) == sorted(after)
    assert sum(old == new for old, new in zip(before, after, strict=True)) < 12
    assert broken(engine) == {}


def mail(**known):
    blank = {"kind": "member", "key": "1", "expires": at(midnight(1)), "state": MailState.SENT}
    return Mail(**{**blank, "settled_on": TODAY, **known})


def test_a_settled_mail_goes_after_thirty_days(engine):
    people(engine)
    store(engine, mail())
    assert "mails" not in purge(engine, midnight(30) - SECOND)
    assert purge(engine, midnight(30))["mails"] == 1


def test_a_mail_about_which_nobody_decided_goes_as_well(sqlite):
    unknown = mail(state=MailState.UNKNOWN, settled_on=None, address="jana@nordlicht.example", sealed=b"x")
    store(sqlite, unknown)
    assert purge(sqlite, midnight(31) - SECOND) == {}
    assert purge(sqlite, midnight(31)) == {"mails": 1}


def test_what_is_kept_of_staff_ends(engine):
    store(
        engine,
        AuditEntry(at=at(NOW), who="Jana", action="closed a wave"),
        MemberInvitation(token_hash=HASH, email="jana@nordlicht.example", expires=at(NOW) + 60),
        RateCount(key=HASH, number=3, expires=NOW.timestamp() + 60),
        DayKey(id=1, day=TODAY, key=HASH),
    )
    assert purge(engine, NOW + 59 * SECOND) == {}
    assert purge(engine, NOW + 60 * SECOND) == {
        "used or expired sign-up links": 1,
        "counts of attempts": 1,
    }
    assert purge(engine, midnight(1) - SECOND) == {}
    assert purge(engine, midnight(1)) == {"keys by which network addresses are hashed": 1}
    assert purge(engine, NOW + audit_log.KEPT - SECOND) == {}
    assert purge(engine, NOW + audit_log.KEPT) == {"entries of what staff did": 1}


def test_a_list_that_nobody_accepted_goes_after_a_day(sqlite):
    wave_id = people(sqlite)
    waiting = {"audience": Audience.STAFF, "owner": HASH, "content": b"[]", "columns": ""}
    store(sqlite, PendingList(id=b"\x01" * 16, wave_id=wave_id, expires=at(NOW), **waiting))
    assert purge(sqlite, NOW - SECOND) == {}
    assert purge(sqlite, NOW) == {"lists nobody accepted": 1}


def damaged(engine, *statements):
    with transaction(engine) as session:
        for statement in statements:
            session.execute(statement)
    return broken(engine)


def test_a_person_who_still_leads_to_a_link_is_found(engine):
    wave_id = people(engine)
    close(engine, wave_id)
    link = sa.select(sa.func.min(Invitation.id)).scalar_subquery()
    person = sa.select(sa.func.min(Invitee.id)).scalar_subquery()
    found = damaged(engine, sa.update(Invitee).where(Invitee.id == person).values(invitation_id=link))
    assert found == {"People and their links part at the close": "1 people still lead to their links"}


def test_addresses_past_their_retention_are_found(sqlite):
    close(sqlite, people(sqlite))
    assert broken(sqlite, midnight(7) + dt.timedelta(hours=12)) == {}
    assert broken(sqlite, midnight(9)) == {
        "What has stayed long enough is gone": "2 people with their addresses"
    }


def test_a_mail_text_that_was_kept_is_found(sqlite):
    store(sqlite, mail(sealed=b"sealed", address="jana@nordlicht.example"))
    assert broken(sqlite) == {"Mails keep nothing once they are settled": "1 texts, 1 addresses"}


def test_an_address_where_none_belongs_is_found(sqlite):
    store(
        sqlite,
        AuditEntry(at=at(NOW), who="Jana", action="invited", detail="to ben@nordlicht.example"),
        AuditEntry(at=at(NOW), who="Jana", action="signed in", detail="from 203.0.113.7"),
    )
    assert broken(sqlite) == {
        "Addresses stand only where they are needed": (
            "audit_entry.detail holds an e-mail address; audit_entry.detail holds a network address"
        )
    }


def test_a_count_under_something_else_than_a_hash_is_found(sqlite):
    store(sqlite, RateCount(key=b"203.0.113.7", number=1, expires=NOW.timestamp() + 60))
    assert broken(sqlite) == {"Attempts are counted under hashes": "1 keys are no hashes"}


def test_a_password_that_is_not_hashed_is_found(sqlite):
    with sqlite.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO member (name, email, password, active, administrator, consultant,"
                " fs_uniquifier, mf_recovery_codes) VALUES ('Jana', 'jana@nordlicht.example', 'plain', 1, 0,"
                " 0, 'x', '[]')"
            )
        )
    assert broken(sqlite) == {
        "No column holds a link's secret": "member.password holds something else than hashes"
    }


def test_network_addresses_are_counted_under_a_hash(sqlite):
    with transaction(sqlite) as session:
        key = rates.address_key(session, "203.0.113.7", today=TODAY)
        rates.count(session, rates.SIGN_IN_ADDRESS, key, now=NOW)
    assert broken(sqlite) == {}
