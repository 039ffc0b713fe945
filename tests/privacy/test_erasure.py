"""RELIABILITY R10: what is erased leaves no bytes in the database's files."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Comment, CommentScreening, Invitation, Organisation, Response, Wave
from cultureassess.services import comment_screening, drafts, erasure
from cultureassess.services.closing import close_wave
from cultureassess.services.comment_screening import Decision, digest
from cultureassess.services.comments import read_with_comments
from cultureassess.services.drafts import Answers

from ..scene import LONG_AGO, SECRET_KEY, TODAY, answer, everything, open_token, open_wave, rows
from .scenery import close, invited_wave, mix, send

SECRET_TEXT = "the manager of the northern depot shouts"
ACCOUNT = "Umlaufberg Stahl AG"


def bytes_of(engine):
    """Everything in the database's own files: the file, its write-ahead log, its shared memory."""
    path = Path(sa.make_url(engine.url).database)
    return {file.name: file.read_bytes() for file in path.parent.glob(f"{path.name}*")}


def holding(engine, text):
    return [name for name, content in bytes_of(engine).items() if text.encode() in content]


@pytest.fixture
def answered(sqlite):
    people = [{"account": ACCOUNT, "segments": {"inside.function": ("IT",)}}] * 6
    wave_id, tokens = invited_wave(sqlite, people, accounts=True)
    for token in tokens:
        send(sqlite, token, Answers(points={"CF1": "4"}, comments={"OPEN_I1": SECRET_TEXT}))
    mix(sqlite, wave_id)
    with transaction(sqlite) as session:
        wave = session.get_one(Wave, wave_id)
        drafts.save_draft(session, wave, drafts.derive("a" * 43), Answers(role="x"), today=TODAY)
    return sqlite, wave_id


def test_before_erasure_the_files_hold_the_text(answered):
    engine, _ = answered
    assert holding(engine, SECRET_TEXT)
    assert holding(engine, ACCOUNT)


@pytest.mark.parametrize("what", ["organisation", "wave"])
def test_after_erasure_no_file_holds_it(answered, what):
    engine, wave_id = answered
    hashes = [invitation.token_hash for invitation in rows(engine, Invitation)]
    with transaction(engine) as session:
        wave = session.get_one(Wave, wave_id)
        if what == "wave":
            erasure.erase_wave(session, wave)
        else:
            erasure.erase_organisation(session, wave.assessment.organisation)
    erasure.reclaim(engine)
    assert rows(engine, Response) == rows(engine, Comment) == rows(engine, Invitation) == []
    assert len(rows(engine, Organisation)) == (1 if what == "wave" else 0)
    contents = bytes_of(engine)
    assert len(contents["cultureassess.sqlite3"]) > 100_000
    for content in contents.values():
        assert SECRET_TEXT.encode() not in content
        assert ACCOUNT.encode() not in content
        assert not any(token_hash in content for token_hash in hashes)


def test_an_erased_invitation_leaves_the_answers(answered):
    engine, _ = answered
    gone = rows(engine, Invitation)[0]
    with transaction(engine) as session:
        erasure.erase_invitation(session, session.get_one(Invitation, gone.id))
    erasure.reclaim(engine)
    assert len(rows(engine, Invitation)) == 5
    assert len(rows(engine, Response)) == 6
    assert not any(gone.token_hash in content for content in bytes_of(engine).values())


def test_a_closed_wave_holds_no_account_name(answered):
    engine, wave_id = answered
    close(engine, wave_id)
    erasure.reclaim(engine)
    assert len({response.account for response in rows(engine, Response)}) == 1
    assert holding(engine, ACCOUNT) == []


def test_a_closed_wave_can_be_erased_on_either_engine(engine):
    wave_id, tokens = invited_wave(engine, [{}] * 5)
    for token in tokens:
        send(engine, token)
    close(engine, wave_id)
    with transaction(engine) as session:
        erasure.erase_wave(session, session.get_one(Wave, wave_id))
    erasure.reclaim(engine)
    assert rows(engine, Response) == rows(engine, Wave) == []


def test_masked_words_go_with_the_comment_that_they_stand_in(sqlite):
    texts = [f"{SECRET_TEXT}, says Ms Zwiebelfisch", *(f"comment {place}" for place in range(11))]
    with transaction(sqlite) as session:
        wave = open_wave(session, opens_on=LONG_AGO)
        customers = open_token(session, wave, Audience.CUSTOMER)
        for place, text in enumerate(texts):
            points = everything(str(1 + place % 5)).points
            answer(session, customers, Answers(points=points, comments={"OPEN_C1": text}))
        close_wave(session, wave, today=TODAY, secret_key=SECRET_KEY)
        whole = read_with_comments(session, wave)
        found = next(one for one in whole.comments if texts[0] in one.comments)
        for text, words in ((texts[0], "Ms Zwiebelfisch"), (texts[1], "comment")):
            name, masked = digest(found, text, secret_key=SECRET_KEY), Decision(masked=(words,))
            comment_screening.decide(session, wave, whole, name, masked, secret_key=SECRET_KEY)
    assert holding(sqlite, "Zwiebelfisch")
    with transaction(sqlite) as session:
        erased = erasure.erase_comments(
            session, session.get_one(Wave, wave.id), "zwiebelfisch", secret_key=SECRET_KEY
        )
    erasure.reclaim(sqlite)
    assert erased == 1
    assert [row.masked for row in rows(sqlite, CommentScreening)] == [("comment",)]
    assert holding(sqlite, "Zwiebelfisch") == []
