"""Exactly once, and unlinkable afterwards."""

import threading

import pytest
import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import (
    Comment,
    Draft,
    Intake,
    IntakeComment,
    Invitation,
    Response,
    State,
    Submission,
)
from cultureassess.services import drafts, links
from cultureassess.services.drafts import Answers
from cultureassess.services.errors import AlreadySent, WaveNotOpen
from cultureassess.services.intake import mix_intake
from tests import scene

FULL = Answers(
    role="executive",
    points={"CF1": "5", "EO3": "D", "EE5": "1"},
    outcomes={"OV1": 4, "OV2": 100, "ENPS": 0},
    segments={"function": "IT", "contact": "daily"},
    comments={"OPEN_I1": "Too many forms.", "OPEN_I2": "Fewer forms."},
    seconds={1: 40, 2: 41, 3: 42, 4: 43, 6: 60, 7: 30},
)


def count(session, table) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table))


def test_the_stored_row_is_what_was_answered(session, instrument):
    wave = scene.open_wave(session)
    scene.answer(session, scene.open_token(session, wave, Side.INSIDE), FULL, audience=Audience.MANAGEMENT)
    row = session.scalars(sa.select(Intake)).one()
    expected = {"CF1": "5", "EO3": "D", "EE5": "1"}
    assert row.answers == "".join(expected.get(item.id, "0") for item in instrument.rated)
    assert row.outcomes == "004" + "100" + "---" + "000"
    assert (row.role, row.segment_1, row.segment_2, row.segment_3) == ("executive", "IT", "daily", None)
    assert (row.audience, row.day, row.seconds, row.language) == (Audience.MANAGEMENT, scene.TODAY, 256, "en")
    texts = {(c.question, c.text) for c in session.scalars(sa.select(IntakeComment))}
    assert texts == {("OPEN_I1", "Too many forms."), ("OPEN_I2", "Fewer forms.")}


def test_time_is_stored_only_when_every_rated_page_was_timed(session):
    wave = scene.open_wave(session)
    some = Answers(role="executive", seconds={1: 40})
    scene.answer(session, scene.open_token(session, wave, Side.INSIDE), some, audience=Audience.MANAGEMENT)
    assert session.scalars(sa.select(Intake.seconds)).one() is None


def test_what_an_invitation_knows_is_stored_and_not_asked(session):
    wave = scene.open_wave(session, accounts=True)
    known = {"outside.segment": ("Key accounts",)}
    tokens = [
        links.create_invitation(session, wave, Audience.CUSTOMER, account="A-17", segments=known)
        for _ in range(5)
    ]
    for token in tokens[:2]:
        scene.answer(session, token, Answers(segments={"decider": "both", "segment": "Small business"}))
    first, second = session.scalars(sa.select(Intake))
    assert (first.segment_1, first.segment_2) == ("both", "Key accounts")
    assert first.account == second.account
    assert first.account not in (None, "A-17")


def test_an_account_is_not_stored_where_the_wave_declares_none(session):
    wave = scene.open_wave(session)
    token = links.create_invitation(session, wave, Audience.CUSTOMER, account="A-17")
    scene.answer(session, token, scene.everything())
    assert session.scalars(sa.select(Intake.account)).one() is None


def test_a_personal_link_is_used_once(session):
    wave = scene.open_wave(session)
    token = links.create_invitation(session, wave, Audience.STAFF)
    scene.answer(session, token, scene.everything("1"))
    with pytest.raises(AlreadySent):
        scene.answer(session, token, scene.everything("2"))
    assert [row.answers for row in session.scalars(sa.select(Intake))] == ["1" * 33]


def test_a_browser_on_an_open_link_sends_once_and_its_neighbour_too(session):
    wave = scene.open_wave(session)
    token = scene.open_token(session, wave, Audience.CUSTOMER)
    for secret in ("a" * 43, "b" * 43):
        scene.answer(session, token, scene.everything(), secret=secret)
    with pytest.raises(AlreadySent):
        scene.answer(session, token, scene.everything(), secret="a" * 43)
    assert count(session, Intake) == 2


@pytest.mark.parametrize("personal", [True, False])
def test_of_requests_sent_at_once_exactly_one_is_stored(engine, personal):
    with transaction(engine) as session:
        wave = scene.open_wave(session)
        token = (
            links.create_invitation(session, wave, Audience.STAFF)
            if personal
            else scene.open_token(session, wave, Audience.CUSTOMER)
        )
    outcomes, start = [], threading.Barrier(6)

    def send() -> None:
        start.wait()
        try:
            with transaction(engine) as session:
                scene.answer(session, token, scene.everything(), secret=None if personal else "s" * 43)
            outcomes.append("stored")
        except AlreadySent:
            outcomes.append("refused")

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 5 + ["stored"]
    assert len(scene.rows(engine, Intake)) == 1


def test_a_failed_sending_leaves_the_link_unused(engine):
    with transaction(engine) as session:
        token = links.create_invitation(session, scene.open_wave(session), Audience.STAFF)
    broken = Answers(points={"CF1": "X"})
    with pytest.raises(sa.exc.DBAPIError), transaction(engine) as session:
        scene.answer(session, token, broken)
    assert [(i.used) for i in scene.rows(engine, Invitation)] == [False]
    assert scene.rows(engine, Intake) == []


def test_sending_discards_the_draft(session):
    wave = scene.open_wave(session)
    token = links.create_invitation(session, wave, Audience.STAFF)
    drafts.save_draft(session, wave, drafts.derive(token), FULL, today=scene.TODAY)
    scene.answer(session, token, FULL)
    assert count(session, Draft) == 0


def test_a_closed_wave_takes_no_answers(session):
    wave = scene.open_wave(session)
    token = scene.open_token(session, wave, Audience.CUSTOMER)
    wave.state = State.CLOSED
    session.flush()
    with pytest.raises(WaveNotOpen):
        scene.answer(session, token, scene.everything())
    assert count(session, Submission) == 0


def test_fewer_than_k_answers_of_an_audience_wait(session):
    wave = scene.open_wave(session)
    staff = [links.create_invitation(session, wave, Audience.STAFF) for _ in range(4)]
    customers = [links.create_invitation(session, wave, Audience.CUSTOMER) for _ in range(5)]
    for token in staff + customers:
        scene.answer(session, token, scene.everything())
    assert mix_intake(session, wave) == 5
    assert set(session.scalars(sa.select(Intake.audience))) == {Audience.STAFF}
    assert list(session.scalars(sa.select(Response.audience))) == [Audience.CUSTOMER] * 5


def test_at_the_close_everything_is_moved(session):
    wave = scene.open_wave(session)
    scene.answer(session, scene.open_token(session, wave, Side.INSIDE), FULL, audience=Audience.MANAGEMENT)
    assert mix_intake(session, wave, everything=True) == 1
    assert (count(session, Intake), count(session, IntakeComment)) == (0, 0)
    assert (count(session, Response), count(session, Comment)) == (1, 2)


def test_mixing_gives_every_row_a_new_key_and_keeps_the_rest(session):
    wave = scene.open_wave(session)
    token = scene.open_token(session, wave, Audience.CUSTOMER)
    for point in "12345":
        scene.answer(session, token, scene.everything(point))
    before = {row.id for row in session.scalars(sa.select(Intake))}
    mix_intake(session, wave)
    after = list(session.scalars(sa.select(Response)))
    assert not before & {row.id for row in after}
    assert sorted(row.answers[0] for row in after) == list("12345")


def test_the_order_of_storage_tells_nothing_about_the_order_of_answering(engine):
    with transaction(engine) as session:
        wave = scene.open_wave(session)
        token = scene.open_token(session, wave, Audience.CUSTOMER)
        for number in range(300):
            answers = scene.everything()
            answers.outcomes["NPS"] = number % 11
            answers.outcomes["OV2"] = number // 3
            scene.answer(session, token, answers)
    with transaction(engine) as session:
        mix_intake(session, session.merge(wave))
    with transaction(engine) as session:
        stored = session.execute(sa.text("SELECT outcomes FROM response")).scalars().all()
    places = [int(outcomes[3:6]) for outcomes in stored]
    mean = sum(places) / len(places)
    along = sum((place - mean) * (rank - 149.5) for rank, place in enumerate(places))
    spread = (
        sum((place - mean) ** 2 for place in places) ** 0.5 * sum((r - 149.5) ** 2 for r in range(300)) ** 0.5
    )
    assert abs(along / spread) < 0.25  # five standard errors at n = 300


def test_no_transaction_number_joins_a_response_to_an_invitation(postgresql):
    with postgresql.begin() as connection:
        connection.exec_driver_sql("TRUNCATE organisation CASCADE")
    with transaction(postgresql) as session:
        wave = scene.open_wave(session)
        tokens = [links.create_invitation(session, wave, Audience.STAFF) for _ in range(5)]
    for token in tokens:
        with transaction(postgresql) as session:
            scene.answer(session, token, Answers(comments={"OPEN_I1": "a", "OPEN_I2": "b"}))
    joined = "SELECT count(*) FROM invitation i JOIN {} r ON i.xmin = r.xmin"
    with transaction(postgresql) as session:
        assert session.scalar(sa.text(joined.format("intake"))) == 5
    with transaction(postgresql) as session:
        mix_intake(session, session.merge(wave))
    with transaction(postgresql) as session:
        assert session.scalar(sa.text(joined.format("response"))) == 0
        assert session.scalar(sa.text(joined.format("comment"))) == 0
        assert session.scalar(sa.text("SELECT count(DISTINCT xmin::text) FROM comment")) == 1


def test_the_files_of_the_database_hold_no_token_and_no_draft_in_clear(sqlite, tmp_path):
    secret_remark = "A remark that was never sent."
    with transaction(sqlite) as session:
        wave = scene.open_wave(session)
        tokens = [
            links.create_invitation(session, wave, Audience.STAFF),
            scene.open_token(session, wave, Side.INSIDE),
        ]
        draft = Answers(comments={"OPEN_I1": secret_remark})
        drafts.save_draft(session, wave, drafts.derive(tokens[0]), draft, today=scene.TODAY)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("cultureassess.sqlite3*"))
    assert b"Nordlicht Logistics" in stored
    for text in (*tokens, secret_remark, "OPEN_I1"):
        assert text.encode() not in stored
