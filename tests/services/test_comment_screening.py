"""Screening: what leaves the consultant's desk (METHOD 4.3 K)."""

from __future__ import annotations

import hashlib

import pytest

from cultureassess.models import Presentation
from cultureassess.services import comment_screening as screening
from cultureassess.services.comment_screening import MASK, Decision
from cultureassess.snapshot.types import CommentList
from tests import scene
from tests.report import factory

TEXTS = ("Ms Straße helps.", "Anna and ANNA.", "third", "fourth", "fifth", "sixth")
LIST = CommentList("customer", "OPEN_C1", "What should {ORG} keep doing?", TEXTS)


@pytest.fixture
def snapshot():
    return factory.c17(comments=(LIST,))


@pytest.fixture
def wave(session):
    return scene.draft_wave(session)


def key(text: str) -> bytes:
    return screening.digest(LIST, text, secret_key=scene.SECRET_KEY)


def read(session, wave, snapshot):
    screening.mark_read(session, wave, snapshot, secret_key=scene.SECRET_KEY)


def decide(session, wave, snapshot, comment, decision):
    return screening.decide(session, wave, snapshot, comment, decision, secret_key=scene.SECRET_KEY)


def shown(session, wave, snapshot) -> tuple[tuple[str, ...], ...]:
    presentation = screening.presentation_of(session, wave)
    decisions = screening.decisions_of(session, wave)
    found = screening.screened(snapshot, presentation, decisions, secret_key=scene.SECRET_KEY)
    return tuple(one.comments for one in found.comments)


def test_nothing_goes_out_before_it_was_read(session, wave, snapshot):
    assert shown(session, wave, snapshot) == ((),)
    read(session, wave, snapshot)
    assert shown(session, wave, snapshot) == (TEXTS,)


def test_other_comments_have_to_be_read_again(session, wave, snapshot):
    read(session, wave, snapshot)
    other = factory.c17(comments=(CommentList("customer", "OPEN_C1", LIST.text, (*TEXTS, "late")),))
    assert shown(session, wave, other) == ((),)


def test_decisions_are_kept_and_can_be_taken_back(session, wave, snapshot):
    read(session, wave, snapshot)
    hide = Decision(withheld=True)
    assert decide(session, wave, snapshot, key("third"), hide)
    assert not decide(session, wave, snapshot, key("third"), hide)
    assert shown(session, wave, snapshot) == ((*TEXTS[:2], *TEXTS[3:]),)
    assert decide(session, wave, snapshot, key("third"), screening.SHOWN)
    assert shown(session, wave, snapshot) == (TEXTS,)


def test_a_list_that_becomes_too_short_is_not_shown_at_all(session, wave, snapshot):
    read(session, wave, snapshot)
    for text in TEXTS[:2]:
        decide(session, wave, snapshot, key(text), Decision(withheld=True))
    assert shown(session, wave, snapshot) == ()


def test_every_occurrence_is_masked_however_it_is_written(session, wave, snapshot):
    read(session, wave, snapshot)
    decide(session, wave, snapshot, key(TEXTS[1]), Decision(masked=("anna",)))
    assert shown(session, wave, snapshot)[0][1] == f"{MASK} and {MASK}."


def test_a_longer_name_is_masked_before_its_part():
    assert screening.masked("Ann and Anna", ("Ann", "Anna")) == f"{MASK} and {MASK}"


@pytest.mark.parametrize("words", ["Berta", "", "  ", "strasse"])
def test_words_that_are_not_there_are_refused(session, wave, snapshot, words):
    with pytest.raises(screening.WordsNotFound):
        decide(session, wave, snapshot, key(TEXTS[0]), Decision(masked=(words,)))
    assert screening.decisions_of(session, wave) == {}


def test_a_comment_of_another_wave_is_unknown(session, wave, snapshot):
    with pytest.raises(screening.CommentUnknown):
        decide(session, wave, snapshot, bytes(32), Decision(withheld=True))


def test_without_comments_there_is_nothing_to_read(snapshot):
    empty = factory.c17()
    nobody = Presentation(wave_id=1, pages=(), signature="")
    assert screening.screened(empty, nobody, {}, secret_key=scene.SECRET_KEY) is empty


def test_a_guess_about_a_comment_cannot_be_tried_out_without_the_secret():
    guess = "\x00".join((LIST.audience, LIST.question, TEXTS[0]))
    plain = {hashlib.sha256(text.encode()).digest() for text in (guess, f"comment\x00{guess}")}
    assert key(TEXTS[0]) not in plain
    assert key(TEXTS[0]) != screening.digest(LIST, TEXTS[0], secret_key="another installation's")


def test_what_was_decided_goes_with_its_comment(session, wave, snapshot):
    for text, words in ((TEXTS[0], "Straße"), (TEXTS[1], "Anna")):
        decide(session, wave, snapshot, key(text), Decision(masked=(words,)))
    left = factory.c17(comments=(CommentList("customer", "OPEN_C1", LIST.text, TEXTS[1:]),))
    screening.forget_decisions(session, wave, left, secret_key=scene.SECRET_KEY)
    assert screening.decisions_of(session, wave) == {key(TEXTS[1]): Decision(masked=("Anna",))}
