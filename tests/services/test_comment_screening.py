"""Screening: what leaves the consultant's desk (METHOD 4.3 K)."""

from __future__ import annotations

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
    return screening.digest(LIST, text)


def shown(session, wave, snapshot) -> tuple[tuple[str, ...], ...]:
    presentation = screening.presentation_of(session, wave)
    found = screening.screened(snapshot, presentation, screening.decisions_of(session, wave))
    return tuple(one.comments for one in found.comments)


def test_nothing_goes_out_before_it_was_read(session, wave, snapshot):
    assert shown(session, wave, snapshot) == ((),)
    screening.mark_read(session, wave, snapshot)
    assert shown(session, wave, snapshot) == (TEXTS,)


def test_other_comments_have_to_be_read_again(session, wave, snapshot):
    screening.mark_read(session, wave, snapshot)
    other = factory.c17(comments=(CommentList("customer", "OPEN_C1", LIST.text, (*TEXTS, "late")),))
    assert shown(session, wave, other) == ((),)


def test_decisions_are_kept_and_can_be_taken_back(session, wave, snapshot):
    screening.mark_read(session, wave, snapshot)
    hide = Decision(withheld=True)
    assert screening.decide(session, wave, snapshot, key("third"), hide)
    assert not screening.decide(session, wave, snapshot, key("third"), hide)
    assert shown(session, wave, snapshot) == ((*TEXTS[:2], *TEXTS[3:]),)
    assert screening.decide(session, wave, snapshot, key("third"), screening.SHOWN)
    assert shown(session, wave, snapshot) == (TEXTS,)


def test_a_list_that_becomes_too_short_is_not_shown_at_all(session, wave, snapshot):
    screening.mark_read(session, wave, snapshot)
    for text in TEXTS[:2]:
        screening.decide(session, wave, snapshot, key(text), Decision(withheld=True))
    assert shown(session, wave, snapshot) == ()


def test_every_occurrence_is_masked_however_it_is_written(session, wave, snapshot):
    screening.mark_read(session, wave, snapshot)
    screening.decide(session, wave, snapshot, key(TEXTS[1]), Decision(masked=("anna",)))
    assert shown(session, wave, snapshot)[0][1] == f"{MASK} and {MASK}."


def test_a_longer_name_is_masked_before_its_part():
    assert screening.masked("Ann and Anna", ("Ann", "Anna")) == f"{MASK} and {MASK}"


@pytest.mark.parametrize("words", ["Berta", "", "  ", "strasse"])
def test_words_that_are_not_there_are_refused(session, wave, snapshot, words):
    with pytest.raises(screening.WordsNotFound):
        screening.decide(session, wave, snapshot, key(TEXTS[0]), Decision(masked=(words,)))
    assert screening.decisions_of(session, wave) == {}


def test_a_comment_of_another_wave_is_unknown(session, wave, snapshot):
    with pytest.raises(screening.CommentUnknown):
        screening.decide(session, wave, snapshot, bytes(32), Decision(withheld=True))


def test_without_comments_there_is_nothing_to_read(snapshot):
    empty = factory.c17()
    assert screening.screened(empty, Presentation(wave_id=1, pages=(), signature=""), {}) is empty
