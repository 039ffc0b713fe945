"""What no sentence may say, over waves of every shape."""

import dataclasses
import re

import pytest

from cultureassess.report import narrative
from cultureassess.report.document import document
from cultureassess.report.languages import words_in
from cultureassess.report.narrative import reading
from cultureassess.report.words import ENGLISH
from tests.report.scenes import SCENES

FORBIDDEN = re.compile(r"signific|p[ -]value|\bp\s*[<=]|\d\.\d\d|%%|\bNone\b|\bnan\b|\{|\}", re.IGNORECASE)
APPENDIX = "appendix"


def texts(value):
    """Every text inside a worded document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name != APPENDIX:
                yield from texts(getattr(value, field.name))


def leniency_set_aside(text):
    return text.replace(reading.self_leniency(ENGLISH), "")


@pytest.mark.parametrize("scene", SCENES)
def test_no_sentence_says_what_leaders_must_not_read(scene):
    found = [text for text in texts(document(SCENES[scene]())) if FORBIDDEN.search(leniency_set_aside(text))]
    assert found == []


def test_the_check_itself_bites():
    assert [bool(FORBIDDEN.search(text)) for text in ("p = 0.03", "significantly", "0.32", "gap")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("scene", SCENES)
def test_every_sentence_of_page_one_is_whole(scene):
    sentences = narrative.answer(SCENES[scene]()).sentences
    ends = {sentence.rstrip("”)")[-1] for sentence in sentences}
    assert ends == {"."}
    assert [sentence for sentence in sentences if "  " in sentence] == []


@pytest.mark.parametrize("scene", SCENES)
def test_a_gap_is_said_only_where_the_range_excludes_none(scene):
    snapshot = SCENES[scene]()
    told = {gap.index for gap in narrative.answer(snapshot).gaps}
    crossing = {i.code for i in snapshot.indices if i.gap.interval is None or i.gap.interval.contains(0)}
    assert told & crossing == set()


def test_published_figures_carry_year_industry_and_no_range():
    council, bain = reading.published_comparisons(ENGLISH)
    assert council == (
        "CMO Council, 2007/08, B2B technology vendors only: 56% of vendors perceived themselves as extremely "
        "customer-centric, but only 12% of customers agreed."
    )
    assert bain == (
        "Bain, 2005, 362 firms: 80% believed that they delivered a superior experience; customers said 8%."
    )


def test_a_translation_reaches_every_sentence(demo):
    class Upper:
        def gettext(self, text):
            return re.sub(r"[a-z]+(?![^{]*\})", lambda match: match[0].upper(), text)

        def ngettext(self, one, many, count):
            return self.gettext(one if count == 1 else many)

    from cultureassess.report.words import Words

    translated = narrative.answer(demo, Words(Upper(), "en"))
    assert translated.headline[0] == "13 OF 18 MANAGERS (72%) SAY Acme STRONGLY PUTS ITS CUSTOMERS FIRST."
    assert translated.chosen == narrative.answer(demo).chosen.upper()


def test_the_answers_of_the_overall_question_are_told_in_the_language_of_the_report(demo):
    told = dict(document(demo, words_in("de")).outcomes.questions)["Antworten"]
    assert told.startswith("„Gar nicht“, „Etwas“")
    assert "Very strongly" not in told
