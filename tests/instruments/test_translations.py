"""A translation says all that the questionnaire says, with the same codes, and is a draft until read."""

import re

import pytest

from cultureassess import instruments
from cultureassess.instruments import InstrumentError, translations
from cultureassess.instruments.registry import DATA
from cultureassess.instruments.translations import read_translation, texts_of
from cultureassess.instruments.types import Side

CODE = "customer_culture_v1"
BASE = DATA / f"{CODE}.toml"
TRANSLATED = ["ar", "de", "es", "fr"]
SAME = {"Marketing", "IT", "Courage", "Inclusion"}
"""Words that a translation may share with English."""


def texts(language: str) -> dict[str, str]:
    return translations.translation(CODE, language).texts


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return texts_of(translations.read_tables(BASE))


def test_english_comes_first_and_four_translations_follow():
    assert instruments.languages(CODE) == ("en", *TRANSLATED)


def test_every_text_of_the_questionnaire_has_a_place(english):
    assert len(english) == 152
    assert english["items.CF1.customer"].startswith("When my request goes to several people")
    assert english["segments.inside.tenure.labels.0"] == "Under 1 year"


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_missing_and_nothing_is_left_in_english(english, language):
    found = texts(language)
    assert found.keys() == english.keys()
    assert {text for place, text in found.items() if text == english[place]} <= SAME


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_informal_text_differs_from_the_formal_one(language):
    found = translations.translation(CODE, language)
    assert [place for place, text in found.informal.items() if found.texts[place] == text] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_wording_is_longer_than_twenty_words(language):
    found = instruments.in_language(CODE, language)
    wordings = [text for item in found.rated for text in (item.inside, item.customer) if text]
    assert max(len(re.findall(r"[\w’]+", text.replace("’", ""))) for text in wordings) <= 20


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("address", ["formal", "informal"])
def test_codes_and_order_do_not_depend_on_the_language(instrument, language, address):
    found = instruments.in_language(CODE, language, address)
    assert found.language == language
    assert [item.id for item in found.rated] == [item.id for item in instrument.rated]
    assert found.pages == instrument.pages
    assert [o.code for o in found.role_question.options] == [o.code for o in instrument.role_question.options]
    assert [s.codes for s in found.segments] == [s.codes for s in instrument.segments]
    assert [(o.id, o.highly, o.low, o.high) for o in found.outcomes] == [
        (o.id, o.highly, o.low, o.high) for o in instrument.outcomes
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_both_voices_are_there_where_english_has_them(instrument, language):
    voices = {item.id: (item.inside is None, item.customer is None) for item in instrument.rated}
    found = instruments.in_language(CODE, language)
    assert {item.id: (item.inside is None, item.customer is None) for item in found.rated} == voices


GENITIVE = {
    "de": r"{ORG}s\b|des {ORG}|der {ORG}",
    "fr": r"\bd(e|u|es) {ORG}",
    "es": r"\bdel? {ORG}",
    "ar": "$^",
}


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_name_never_stands_in_the_genitive(language):
    found = translations.translation(CODE, language)
    assert [
        t for t in (*found.texts.values(), *found.informal.values()) if re.search(GENITIVE[language], t)
    ] == []


def test_the_pattern_of_the_genitive_finds_one():
    assert re.search(GENITIVE["fr"], "les gens de {ORG}")
    assert re.search(GENITIVE["de"], "die Leute der {ORG}")


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_without_reviewer_is_a_draft(language):
    found = translations.translation(CODE, language)
    assert (found.status == "draft") == (not found.reviewer)


def test_insiders_may_be_addressed_informally():
    formal, informal = (instruments.in_language(CODE, "de", address) for address in ("formal", "informal"))
    assert formal.role_question.text == "Führen Sie Menschen?"
    assert informal.role_question.text == "Führst du Menschen?"
    assert formal.outcomes[2].wording(Side.OUTSIDE) == informal.outcomes[2].wording(Side.OUTSIDE)


def test_a_period_is_said_in_the_language_or_as_typed():
    assert instruments.period_in(CODE, "de", "6 months") == "6 Monate"
    assert instruments.period_in(CODE, "de", "zwei Jahre") == "zwei Jahre"
    assert instruments.period_in(CODE, "en", "6 months") == "6 months"


def test_arabic_puts_a_noun_before_the_name():
    name = instruments.organisation_in(CODE, "ar", "Nordlicht")
    assert name.startswith("شركة")
    assert "Nordlicht" in name
    assert instruments.organisation_in(CODE, "de", "Nordlicht") == "Nordlicht"


def test_an_unknown_language_is_refused_with_the_known_ones():
    with pytest.raises(InstrumentError) as refused:
        instruments.in_language(CODE, "it")
    assert str(refused.value) == f"{CODE}: is not there in 'it'; there is en, ar, de, es, fr"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('CF2.inside = "Kunden', '#CF2.inside = "Kunden', "items.CF2.inside: is missing"),
        ("Bei {ORG} hält man", "Bei uns hält man", "items.RG1.customer: must have the placeholders"),
        ('"Wir halten, was wir Kunden zusagen."', '" "', "items.RG1.inside: is empty"),
        ('version = "1.0"', 'version = "0.9"', "is for customer_culture_v1 0.9, not for"),
        ('reviewer = ""', 'reviewer = "E. Beispiel"', "status: is a draft until a reviewer is named"),
        ('"Stimme nicht zu", ', "", "scale.labels.4: is missing"),
        ('"12 months" = "12 Monate"', "", "periods: lacks '12 months'"),
        ('RG.name = "Risiko & Steuerung"', 'RG.nome = "R"\nRG.name = "R"', "indices.RG.nome: is not a text"),
        ('status = "draft"', 'status = "done"', "Invalid enum value 'done'"),
    ],
)  # fmt: skip
def test_a_faulty_translation_is_refused_with_its_place(tmp_path, old, new, problem):
    text = (DATA / f"{CODE}.de.toml").read_text("utf-8")
    assert old in text
    faulty = tmp_path / f"{CODE}.de.toml"
    faulty.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InstrumentError) as refused:
        read_translation(faulty, BASE)
    assert problem in str(refused.value)
