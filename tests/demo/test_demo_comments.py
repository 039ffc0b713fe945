import re
from collections import Counter

import pytest

from cultureassess import instruments
from cultureassess.instruments.types import Audience, Side
from cultureassess.services.demo.comments import of_side, texts

INSTRUMENT = instruments.by_code("customer_culture_v1")
GERMAN = re.compile(
    r"[äöüßÄÖÜ]|\b(die|der|das|und|nicht|wir|ist|sind|bitte|für|mehr|weniger|ein|eine|nur)\b", re.IGNORECASE
)


def pools_of(side):
    """Question -> every text of the side."""
    pools = {}
    for audience, questions in texts().items():
        if Audience(audience).side is side:
            for question, pool in questions.items():
                pools.setdefault(question, []).extend(pool)
    return pools


@pytest.mark.parametrize("side", list(Side))
def test_each_question_of_a_side_has_25_to_50_texts_in_two_languages(side):
    asked = [question.id for question in INSTRUMENT.open_questions if question.side is side]

    assert sorted(pools_of(side)) == sorted(asked)
    for pool in pools_of(side).values():
        german = sum(bool(GERMAN.search(text)) for text in pool)
        assert 25 <= len(pool) <= 50
        assert 10 <= german <= len(pool) - 10


def test_no_text_is_written_twice():
    written = [text for side in Side for pool in pools_of(side).values() for text in pool]

    assert [text for text, count in Counter(written).items() if count > 1] == []


def test_texts_identify_nobody():
    written = [text for side in Side for pool in pools_of(side).values() for text in pool]

    assert [text for text in written if re.search(r"@|https?:|\b(Mr|Mrs|Ms|Herr|Frau)\b|\d{5}", text)] == []
    assert max(map(len, written)) <= 160


@pytest.mark.parametrize("year", ["last", "this"])
@pytest.mark.parametrize("side", list(Side))
def test_a_year_has_enough_comments_of_every_audience_to_show(side, year):
    lists = Counter((comment.audience, comment.question) for comment in of_side(side, year, 1))

    assert all(count >= 5 for count in lists.values())
    assert {audience for audience, _ in lists} == {a.value for a in Audience if a.side is side}
    by_question = Counter(comment.question for comment in of_side(side, year, 1))
    assert all(25 <= count <= 40 for count in by_question.values())


def test_both_years_share_texts_but_not_all():
    last, this = ({comment.text for comment in of_side(Side.OUTSIDE, year, 1)} for year in ("last", "this"))

    assert last & this
    assert last - this
    assert this - last


def test_comments_are_mixed():
    questions = [comment.question for comment in of_side(Side.OUTSIDE, "this", 1)]

    assert questions != sorted(questions)
