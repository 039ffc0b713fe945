import sqlalchemy as sa

from cultureassess.models import Draft
from cultureassess.services import drafts, links
from cultureassess.services.drafts import Answers
from tests import scene

SECRET = "s" * 43


def test_a_draft_comes_back_as_it_was_saved(session):
    wave = scene.open_wave(session)
    answers = Answers(
        role="executive",
        points={"CF1": "5", "EO2": "D"},
        outcomes={"OV2": 0},
        segments={"function": "IT"},
        comments={"OPEN_I1": "Zu viele Formulare – 書類が多すぎる"},
        seconds={1: 34},
        reached=2,
    )
    drafts.save_draft(session, wave, drafts.derive(SECRET), answers, today=scene.TODAY)
    assert drafts.load_draft(session, drafts.derive(SECRET)) == answers


def test_saving_again_replaces_the_draft(session):
    wave, keys = scene.open_wave(session), drafts.derive(SECRET)
    for point in ("1", "2"):
        drafts.save_draft(session, wave, keys, Answers(points={"CF1": point}), today=scene.TODAY)
    assert drafts.load_draft(session, keys, lock=True) == Answers(points={"CF1": "2"})
    assert session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 1


def test_another_secret_finds_no_draft(session):
    wave = scene.open_wave(session)
    drafts.save_draft(session, wave, drafts.derive(SECRET), Answers(), today=scene.TODAY)
    assert drafts.load_draft(session, drafts.derive(links.new_token())) is None


def test_a_draft_moved_to_another_name_does_not_open(session):
    wave, mine, yours = scene.open_wave(session), drafts.derive(SECRET), drafts.derive("t" * 43)
    drafts.save_draft(session, wave, mine, Answers(), today=scene.TODAY)
    session.execute(sa.update(Draft).values(key_hash=yours.name))
    assert drafts.load_draft(session, yours) is None


def test_a_draft_with_a_changed_byte_does_not_open(session):
    wave, keys = scene.open_wave(session), drafts.derive(SECRET)
    drafts.save_draft(session, wave, keys, Answers(), today=scene.TODAY)
    stored = session.scalar(sa.select(Draft.ciphertext))
    assert stored is not None
    session.execute(sa.update(Draft).values(ciphertext=stored[:-1] + bytes([stored[-1] ^ 1])))
    assert drafts.load_draft(session, keys) is None


def test_the_length_of_a_draft_does_not_tell_how_much_was_written(session):
    wave, lengths = scene.open_wave(session), set()
    for place, text in enumerate(("", "No.", "A longer remark about the waiting line. " * 10)):
        answers = Answers(comments={"OPEN_C1": text} if text else {})
        drafts.save_draft(session, wave, drafts.derive(str(place) * 43), answers, today=scene.TODAY)
    lengths = {len(found) for found in session.scalars(sa.select(Draft.ciphertext))}
    assert len(lengths) == 1


def test_the_three_keys_of_a_secret_differ():
    keys = drafts.derive(SECRET)
    assert len({keys.name, keys.seal, keys.sent, SECRET.encode()}) == 4


def test_the_seal_is_not_printed():
    keys = drafts.derive(SECRET)
    assert keys.seal.hex() not in repr(keys)
    assert repr(keys.seal) not in repr(keys)


def test_a_discarded_draft_is_gone(session):
    wave, keys = scene.open_wave(session), drafts.derive(SECRET)
    drafts.save_draft(session, wave, keys, Answers(), today=scene.TODAY)
    drafts.discard_draft(session, keys)
    assert drafts.load_draft(session, keys) is None
