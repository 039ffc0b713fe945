"""The report speaks every language of the questionnaire wholly."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from cultureassess import instruments
from cultureassess.report.document import document
from cultureassess.report.languages import FILE, FOLDER, languages, words_in
from cultureassess.report.library import library
from cultureassess.report.svg.shaping import visual
from tests.report import scenes

ROOT = Path(__file__).parents[2]
TRANSLATED = [name for name in languages() if name != "en"]
PLACE = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def wanted():
    with (ROOT / "babel-report.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    ours = {
        ROOT.name,
        "cultureassess",
        "report",
        "templates",
        *(p.name for p in (ROOT / "cultureassess/report").iterdir()),
    }
    found = extract_from_dir(
        ROOT, methods, options, directory_filter=lambda folder: Path(folder).name in ours
    )
    return {message[2] for message in found}


def read(language):
    with (FOLDER / language / FILE).open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale=language) if message.id}


def forms(text):
    return (text,) if isinstance(text, str) else tuple(text)


def test_every_language_of_the_questionnaire_has_a_report():
    assert set(languages()) == set(instruments.languages("customer_culture_v1"))


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_of_the_report_is_missing_or_stale(wanted, language):
    assert set(read(language)) == wanted


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_places_and_columns_are_those_of_english(language):
    for text, told in read(language).items():
        english = forms(text)[-1]
        assert set(PLACE.findall("".join(forms(told)))) == set(PLACE.findall(english)), text
        assert all(form.count("|") == english.count("|") for form in forms(told)), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_library_is_complete(language):
    assert library(language).keys() == library("en").keys()
    for code, advice in library(language).items():
        assert advice.question != library("en")[code].question


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("scene", scenes.SCENES)
def test_every_wave_can_be_worded(language, scene):
    told = document(scenes.SCENES[scene](), words_in(language))
    assert told.language == language
    assert all("{" not in sentence for sentence in told.cover.answer.sentences)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Gap +37", "Gap +37"),
        ("من 32", "32 \ufee6\ufee3"),
        ("لا", "\ufefb"),
        ("(أ)", "(\ufe83)"),
        ("27 إلى 35", "35 \ufef0\ufedf\ufe87 27"),
    ],
)
def test_arabic_in_a_chart_is_joined_and_turned(written, drawn):
    assert visual(written) == drawn if re.search("[\u0600-\u06ff]", written) else written == drawn
