"""RELIABILITY R3: what a database says beside its columns joins nobody to an answer."""

import pytest
import sqlalchemy as sa

from cultureassess.db import session_factory, transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Comment, Intake, Invitation, Response, Submission
from cultureassess.models.responses import new_key
from cultureassess.services import intake
from cultureassess.services.drafts import Answers
from cultureassess.services.erasure import reclaim

from ..scene import TODAY, answer, everything, open_token, open_wave, rows
from .scenery import close, invited_wave, mix, number_of, numbered, send, spearman

PEOPLE = 10_000
BATCH = 500


def joined_by_transaction(engine, link, answer_table="response"):
    statement = f'SELECT count(*) FROM "{answer_table}" a JOIN "{link}" l ON a.xmin = l.xmin'  # noqa: S608
    with engine.connect() as connection:
        return connection.scalar(sa.text(statement))


@pytest.fixture
def empty_postgresql(postgresql):
    with postgresql.begin() as connection:
        connection.exec_driver_sql("TRUNCATE organisation CASCADE")
    return postgresql


@pytest.fixture
def answered(empty_postgresql):
    """Eight holders of personal links have answered, each in a transaction of their own."""
    postgresql = empty_postgresql
    wave_id, tokens = invited_wave(postgresql, [{}] * 8)
    for token in tokens:
        send(postgresql, token)
    return postgresql, wave_id


def test_before_mixing_the_transaction_joins_a_used_link_to_its_answer(answered):
    engine, _ = answered
    assert joined_by_transaction(engine, "invitation", "intake") == 8


def test_after_mixing_no_transaction_joins_a_used_link_to_an_answer(answered):
    engine, wave_id = answered
    mix(engine, wave_id)
    assert len(rows(engine, Response)) == 8
    assert joined_by_transaction(engine, "invitation") == 0


def test_after_the_close_no_transaction_joins_a_used_link_to_an_answer(answered):
    engine, wave_id = answered
    close(engine, wave_id)
    reclaim(engine)
    assert len(rows(engine, Response)) == 8
    assert all(invitation.used for invitation in rows(engine, Invitation))
    assert joined_by_transaction(engine, "invitation") == 0


def test_after_mixing_no_transaction_joins_the_mark_of_a_browser_to_an_answer(empty_postgresql):
    with transaction(empty_postgresql) as session:
        wave = open_wave(session)
        token = open_token(session, wave, Side.INSIDE)
    for _ in range(6):
        with transaction(empty_postgresql) as session:
            answer(session, token, everything(), audience=Audience.STAFF)
    mix(empty_postgresql, wave.id)
    assert len(rows(empty_postgresql, Submission)) == 6
    assert joined_by_transaction(empty_postgresql, "submission") == 0


def test_the_order_of_storage_says_nothing_about_the_order_of_answering(engine):
    """A chance value lies within 0.05 of 0 in 89 of 100 trials at n = 1,000, but always at n = 10,000."""
    with transaction(engine) as session:
        wave = open_wave(session)
        for start in range(0, PEOPLE, BATCH):
            session.execute(sa.insert(Intake), [waiting(wave, n) for n in range(start, start + BATCH)])
            intake.mix_intake(session, wave)
    close(engine, wave.id)
    reclaim(engine)
    stored = "ctid" if engine.dialect.name == "postgresql" else "id"
    with engine.connect() as connection:
        found = connection.scalars(sa.select(Response.answers).order_by(sa.text(stored))).all()
    numbers = [number_of(answers) for answers in found]
    assert sorted(numbers) == list(range(PEOPLE))
    assert abs(spearman(range(PEOPLE), numbers)) < 0.05


def waiting(wave, number):
    """A row of intake whose answers tell who came when."""
    return {
        "id": new_key(),
        "wave_id": wave.id,
        "audience": Audience.STAFF,
        "answers": "".join(numbered(number).points.values()),
        "outcomes": "---" * wave.outcome_items,
        "language": "en",
        "day": TODAY,
    }


def test_two_comments_of_one_person_have_nothing_in_common(engine):
    with transaction(engine) as session:
        wave = open_wave(session)
        token = open_token(session, wave, Side.INSIDE)
        for place in range(6):
            texts = {"OPEN_I1": f"first {place}", "OPEN_I2": f"second {place}"}
            answer(session, token, Answers(comments=texts), audience=Audience.STAFF)
    mix(engine, wave.id)
    comments = rows(engine, Comment)
    assert len(comments) == 12
    columns = set(Comment.__table__.columns.keys())
    assert columns == {"id", "wave_id", "audience", "question", "text"}
    assert len({comment.id for comment in comments}) == 12


def test_a_mixed_response_has_another_key_than_the_waiting_one(engine):
    wave_id, tokens = invited_wave(engine, [{}] * 5)
    for token in tokens:
        send(engine, token)
    with session_factory(engine)() as session:
        before = set(session.scalars(sa.text("SELECT id FROM intake")))
    mix(engine, wave_id)
    after = {response.id for response in rows(engine, Response)}
    assert len(before) == len(after) == 5
    assert before.isdisjoint(after)
