"""The verdict on one index, in METHOD 3.10's words."""

import pytest

from cultureassess.report import narrative
from cultureassess.report.words import ENGLISH
from tests.report import scenes


def first_verdict(scene):
    snapshot = scenes.SCENES[scene]()
    return narrative.verdict(snapshot.indices[0], snapshot, ENGLISH)


@pytest.mark.parametrize(
    ("scene", "sentence"),
    [
        (
            "small gap",
            (
                "A real but small difference: managers rate this 4 points higher than customers "
                "(likely between 2 and 6; 900 managers and 4,000 customers)."
            ),
        ),
        (
            "no gap",
            (
                "Managers and customers see this alike, within 10 points "
                "(measured +1, likely between −5 and +7; 18 managers and 42 customers)."
            ),
        ),
        (
            "undecided",
            (
                "We measured +8, but with 18 managers and 42 customers "
                "anything from +2 to +14 is compatible. "
                "Ask more people before acting."
            ),
        ),
        (
            "tiny",
            (
                "8 managers: 82 (±16). 7 customers: 70 (±17). "
                "Where a side has so few answers, this is a conversation, not a measurement."
            ),
        ),
        ("all hidden", "Not shown. Fewer than 5 answers."),
    ],
)
def test_every_state_has_its_sentence(scene, sentence):
    assert first_verdict(scene) == sentence


@pytest.mark.parametrize(
    ("scene", "word"),
    [
        ("strong", "gap"),
        ("small gap", "gap (small)"),
        ("no gap", "agree"),
        ("undecided", "cannot tell yet"),
        ("tiny", "no verdict"),
    ],
)
def test_leaders_read_four_words(scene, word):
    assert narrative.state_word(scenes.SCENES[scene]().indices[0].gap, ENGLISH) == word
