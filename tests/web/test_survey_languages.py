"""Which language a respondent reads: the link's, the chosen one, the browser's; never what is stored."""

import html
import re

import pytest

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Intake, Wave
from cultureassess.services import links
from tests import scene
from tests.web.respondent import Respondent

ALL = ("en", "de", "fr", "es", "ar")
PAGES = ("/survey", "/survey/stored", "/survey/thanks", "/privacy", "/accessibility", "/s/x")
WELCOME = {
    "en": "How do you experience Nordlicht Logistics?",
    "de": "Wie erleben Sie Nordlicht Logistics?",
    "fr": "Quelle est votre expérience avec Nordlicht Logistics\u202f?",
    "es": "¿Cómo es su experiencia con Nordlicht Logistics?",
    "ar": "كيف هي تجربتكم مع شركة \u2068Nordlicht Logistics\u2069؟",
}


@pytest.fixture
def wave(app, sqlite):
    """Make an open wave that offers what the plan says, and give back its links."""

    def make(**plan) -> dict[str, str]:
        key = app.config["SECRET_KEY"]
        with transaction(sqlite) as session:
            made = scene.open_wave(session, opens_on=scene.LONG_AGO, **{"languages": ALL, **plan})
            return {
                "inside": scene.open_token(session, made, Side.INSIDE, secret_key=key),
                "customer": scene.open_token(session, made, Audience.CUSTOMER, secret_key=key),
                "executive": links.create_invitation(session, made, Audience.MANAGEMENT),
            }

    return make


def reader(app, accept: str = "") -> Respondent:
    respondent = Respondent(app)
    respondent.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = accept
    return respondent


def spoken(respondent: Respondent) -> tuple[str, ...]:
    return re.findall(r'<html lang="([^"]+)" dir="([^"]+)"', respondent.page)[0]


@pytest.mark.parametrize("language", ALL)
def test_the_link_chooses_the_language(app, wave, language):
    respondent = reader(app, "pt")
    respondent.open(f"{wave()['customer']}?lang={language}")
    assert respondent.heading == WELCOME[language]
    assert spoken(respondent) == (language, "rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("fr;q=0.4,es;q=0.8", "es"),
        ("ar-EG", "ar"),
        ("pt", "en"),
        ("", "en"),
        (";;q", "en"),
    ],
)
def test_the_browser_chooses_among_the_languages_of_the_wave(app, wave, accept, language):
    respondent = reader(app, accept)
    respondent.open(wave()["customer"])
    assert spoken(respondent)[0] == language


def test_a_language_that_the_wave_does_not_offer_is_not_spoken(app, wave):
    respondent = reader(app, "de")
    respondent.open(f"{wave(languages=('fr', 'es'))['customer']}?lang=ar")
    assert spoken(respondent)[0] == "fr"
    assert "Deutsch" not in respondent.page


def test_the_switch_names_every_language_in_itself(app, wave):
    respondent = reader(app)
    respondent.open(wave()["customer"])
    switch = re.findall(r'<a href="\?lang=(\w+)" hreflang="\w+" lang="\w+">([^<]+)</a>', respondent.page)
    assert switch == [("de", "Deutsch"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]


def test_a_wave_in_one_language_has_no_switch(app, wave):
    respondent = reader(app)
    respondent.open(wave(languages=("en",))["customer"])
    assert "lang=" not in respondent.page.replace("<html lang=", "")


def test_switching_within_a_part_keeps_what_was_answered(app, wave, sqlite):
    respondent = reader(app)
    respondent.open(wave()["customer"])
    respondent.begin()
    respondent.send("/survey/1", RG1="4", go="lang-de")
    assert (respondent.place, respondent.heading) == ("/survey/1", "Teil 1 von 6")
    assert respondent.chosen() == {"RG1": "4"}
    respondent.send("/survey/1", RG1="5")
    respondent.go("/survey/6")
    respondent.send("/survey/6")
    row = scene.rows(sqlite, Intake)[0]
    assert (row.language, row.answers[16]) == ("de", "5")


def test_a_mistake_and_a_switch_at_once_lose_nothing(app, wave):
    respondent = reader(app)
    respondent.open(wave()["inside"])
    respondent.begin(role="executive")
    respondent.send("/survey/5", OV2="viele", OV1="4", go="lang-de")
    assert respondent.shown.status_code == 422
    assert "Geben Sie eine ganze Zahl von 0 bis 100 ein." in respondent.page
    assert 'value="viele"' in respondent.page


def test_a_personal_link_remembers_the_language_on_another_device(app, wave):
    token = wave()["executive"]
    first = reader(app)
    first.open(f"{token}?lang=es")
    first.begin()
    other = reader(app, "en")
    other.open(token)
    assert spoken(other)[0] == "es"


def test_stored_codes_do_not_change_with_the_language(app, wave, sqlite):
    tokens = wave()
    answers = {
        "RG1": "5",
        "EE5": "D",
        "OV2": "٦٠ ٪",
        "ENPS": "10",
        "function": "operations",
        "contact": "never",
    }
    for language in ALL:
        respondent = reader(app)
        respondent.open(f"{tokens['inside']}?lang={language}")
        respondent.begin(role="middle manager")
        while respondent.place != "/survey/thanks":
            shown = {name: answers[name] for name in respondent.names() if name in answers}
            respondent.send(respondent.place, **shown)
    rows = scene.rows(sqlite, Intake)
    stored = [(row.answers, row.outcomes, row.role, row.segment_1, row.segment_2) for row in rows]
    assert len(stored) == len(ALL)
    assert len(set(stored)) == 1
    assert stored[0][1:] == ("---060---010", "middle manager", "operations", "never")
    assert {row.language for row in rows} == set(ALL)


def test_the_organisations_own_values_stay_as_typed(app, wave):
    respondent = reader(app)
    respondent.open(f"{wave()['customer']}?lang=ar")
    respondent.begin()
    respondent.go("/survey/6")
    for value in scene.SEGMENTS["outside.segment"]:
        assert f"<span>{value}</span>" in respondent.page


def test_insiders_are_addressed_as_the_wave_says_and_customers_always_formally(app, wave):
    tokens = wave(informal=True)
    inside, outside = reader(app, "de"), reader(app, "de")
    inside.open(tokens["inside"])
    outside.open(tokens["customer"])
    assert inside.heading == "Wie siehst du Nordlicht Logistics?"
    assert "Führst du Menschen?" in inside.page
    assert outside.heading == WELCOME["de"]


def test_a_wave_may_name_the_organisation_in_a_language(app, wave):
    respondent = reader(app, "ar")
    respondent.open(wave(organisation_names={"ar": ("مؤسسة نوردليشت",)})["customer"])
    assert respondent.heading == "كيف هي تجربتكم مع مؤسسة نوردليشت؟"


@pytest.mark.parametrize("language", ALL)
def test_no_page_of_the_questionnaire_shows_a_placeholder_or_english(app, wave, sqlite, language):
    respondent = reader(app)
    respondent.open(f"{wave()['inside']}?lang={language}")
    respondent.begin(role="executive")
    pages = []
    for path in [*(f"/survey/{n}" for n in range(1, 9)), *PAGES]:
        respondent.go(path)
        pages.append(html.unescape(re.sub(r"<[^>]+>", " ", respondent.page)))
        assert spoken(respondent)[0] == language
    text = " ".join(pages)
    assert "{" not in text
    assert "%(" not in text
    english = [
        word for word in ("Send my answers", "Your answers", "Please", "customers", "Exactly") if word in text
    ]
    assert bool(english) == (language == "en")


def test_error_pages_speak_the_language_of_the_browser(app):
    respondent = reader(app, "ar")
    respondent.go("/s/nonsense")
    assert (respondent.heading, spoken(respondent)) == ("هذا الرابط لا يعمل", ("ar", "rtl"))


@pytest.mark.parametrize("language", ["xx", "", "../de", "de-DE", "\0", "a" * 5000])
def test_a_language_that_is_none_changes_nothing(client, language):
    answer = client.get("/survey/thanks", query_string={"lang": language})
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (200, None)


def test_the_choice_is_kept_in_a_cookie_without_a_name_of_anybody(client):
    header = client.get("/survey/thanks?lang=fr").headers["Set-Cookie"]
    assert header.startswith("language=fr; ")
    assert "HttpOnly" in header
    assert "Merci" in client.get("/survey/thanks").text


def test_a_wave_in_an_unknown_language_is_refused(session):
    from cultureassess.services.errors import WaveRefused

    with pytest.raises(WaveRefused, match="no language 'it'; there is en, ar, de, es, fr"):
        scene.draft_wave(session, languages=("en", "it"))
    assert session.query(Wave).count() == 0
