"""The respondents' pages speak every language wholly: no text is missing, stale or left in English."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from cultureassess import instruments
from cultureassess.web import i18n

ROOT = Path(__file__).parents[2]
TRANSLATED = ["ar", "de", "es", "fr"]
INFORMAL = ["de", "es", "fr"]
SAME = {"CultureAssess", "Continue", "Questionnaire", "Code", "Note", "Error:"}
"""Texts that a translation may share with English."""
FIELD = re.compile(r"%\(\w+\)[ds]")

Texts = dict[str | tuple[str, ...], str | tuple[str, ...]]


@pytest.fixture(scope="module")
def wanted() -> set[str | tuple[str, ...]]:
    """The texts in templates and code, as ``babel.cfg`` says where to look."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    return {found[2] for found in extract_from_dir(ROOT, methods, options, directory_filter=ours)}


def ours(folder: str) -> bool:
    return Path(folder).name in {
        ROOT.name,
        "cultureassess",
        "web",
        "survey",
        "templates",
        "privacy",
        "errors",
    }


def read(name: str) -> Texts:
    with (i18n.FOLDER / name / i18n.FILE).open("rb") as file:
        catalogue: Catalog = read_po(file, locale=name.partition("@")[0], abort_invalid=True)
    return {message.id: message.string for message in catalogue if message.id and not message.fuzzy}


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_every_language_of_the_questionnaire_has_a_catalogue():
    assert i18n.languages() == ("en", *TRANSLATED)
    assert set(i18n.languages()) == set(instruments.languages("customer_culture_v1"))


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_missing_or_stale(wanted, language):
    assert len(wanted) > 140
    assert set(read(language)) == wanted


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_empty_or_left_in_english(language):
    for text, translated in read(language).items():
        assert all(forms(translated)), text
        assert text in SAME or text != translated


@pytest.mark.parametrize("name", [*TRANSLATED, *(f"{language}@informal" for language in INFORMAL)])
def test_the_places_for_values_are_those_of_english(name):
    for text, translated in read(name).items():
        places = set(FIELD.findall(forms(text)[-1]))
        for form in forms(translated):
            assert set(FIELD.findall(form)) <= places
        assert set(FIELD.findall("".join(forms(translated)))) == places


@pytest.mark.parametrize("language", INFORMAL)
def test_the_informal_catalogue_holds_only_what_differs(wanted, language):
    formal, informal = read(language), read(f"{language}@informal")
    assert set(informal) <= wanted
    assert [text for text in informal if formal[text] == informal[text]] == []


ADDRESS = {
    "de": r"\b(Ihr|Ihre[mnrs]?|Ihnen)\b",
    "fr": r"\b([Vv]ous|[Vv]otre|[Vv]os)\b",
    "es": r"\b([Uu]sted|[Ss]us?)\b",
}


@pytest.mark.parametrize("language", INFORMAL)
def test_who_is_addressed_informally_never_meets_the_formal_word(language):
    spoken = {**read(language), **read(f"{language}@informal")}
    texts = [form for text in spoken.values() for form in forms(text)]
    allowed = ("que sus clientes", "sagen", "dicen sus clientes")
    found = [t for t in texts if re.search(ADDRESS[language], t) and not any(a in t for a in allowed)]
    statement = [form for text, value in read(language).items() for form in forms(value) if text in STATEMENT]
    assert [text for text in found if text not in statement] == []


STATEMENT = {
    "You met a barrier",
    "Please tell us, and we will find a way for you to answer: %(contact)s",
    "Please tell whoever sent you the link; there is another way to answer.",
}
"""Texts of the accessibility statement, which belongs to no wave and is always formal."""


def test_plurals_follow_the_language():
    with_number = [
        i18n.catalogue("ar").ngettext("About %(num)d minute.", "About %(num)d minutes.", n)
        for n in (1, 2, 7, 11)
    ]
    assert with_number == ["نحو دقيقة واحدة.", "نحو دقيقتين.", "نحو %(num)d دقائق.", "نحو %(num)d دقيقة."]


def test_languages_name_themselves():
    assert [i18n.own_name(code) for code in i18n.languages()] == [
        "English",
        "العربية",
        "Deutsch",
        "Español",
        "Français",
    ]
