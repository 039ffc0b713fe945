""" "About you": everybody may prefer not to say, and nobody becomes a group by that (METHOD 1.8)."""

import html
import re

import pytest

from cultureassess import instruments
from cultureassess.db import session_factory, transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Intake, Wave
from cultureassess.services.intake import mix_intake
from cultureassess.services.planning import segment_budgets
from cultureassess.services.questions import NOT_SAID
from cultureassess.services.reading import read_side
from cultureassess.web.i18n import catalogue
from tests import scene
from tests.web.respondent import PARTS, Respondent

OWN = ("North", "South")
LANGUAGES = ("en", "de", "fr", "es", "ar")


@pytest.fixture
def come(app, sqlite):
    """Let somebody come to the last part of a wave whose plan names the organisation's own groups."""

    def arrive(who: str, own: tuple[str, ...] = OWN) -> Respondent:
        key = app.config["SECRET_KEY"]
        options = {"outside.segment": own, "inside.function": own}
        doors = {"inside": Side.INSIDE, "customer": Audience.CUSTOMER, "partner": Audience.PARTNER}
        with transaction(sqlite) as session:
            wave = scene.open_wave(session, opens_on=scene.LONG_AGO, segment_options=options)
            token = scene.open_token(session, wave, doors[who], secret_key=key)
        respondent = Respondent(app)
        respondent.open(token)
        respondent.begin(**({"role": "executive"} if who == "inside" else {}))
        respondent.go(f"/survey/{PARTS[who]}")
        return respondent

    return arrive


def offered(respondent: Respondent, name: str) -> list[tuple[str, str]]:
    """The values of a question and their labels, in order."""
    found = re.findall(
        rf'<input type="radio" name="{name}" id="[^"]+" value="([^"]+)"[^>]*>\s*<span>(.*?)</span>',
        respondent.page,
    )
    return [(html.unescape(value), html.unescape(label)) for value, label in found]


@pytest.mark.parametrize(
    ("who", "questions"),
    [("inside", ["function", "contact"]), ("customer", ["decider", "segment"]), ("partner", ["type"])],
)
def test_every_question_about_oneself_ends_with_prefer_not_to_say(come, who, questions):
    respondent = come(who)
    last = {name: offered(respondent, name)[-1] for name in questions}
    assert last == dict.fromkeys(questions, (NOT_SAID, "Prefer not to say"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_as_in_the_questions_of_the_questionnaire(language):
    questions = instruments.in_language("customer_culture_v1", language).segments
    labels = {q.labels[q.codes.index(NOT_SAID)] for q in questions if NOT_SAID in q.codes}
    assert labels == {catalogue(language).gettext("Prefer not to say")}


@pytest.mark.parametrize(("who", "name"), [("inside", "function"), ("customer", "segment")])
def test_of_ones_own_group_it_is_kept_while_answering_and_stored_as_no_answer(come, sqlite, who, name):
    respondent = come(who)
    respondent.send(respondent.place, **{name: NOT_SAID, "go": "back"})
    respondent.go(f"/survey/{PARTS[who]}")
    assert respondent.chosen() == {name: NOT_SAID}
    respondent.send(respondent.place, **{name: NOT_SAID})
    (row,) = scene.rows(sqlite, Intake)
    assert (row.segment_1, row.segment_2) == (None, None)


def test_a_group_that_was_named_is_stored(come, sqlite):
    respondent = come("customer")
    respondent.send(respondent.place, segment="South", decider="prefer not to say")
    (row,) = scene.rows(sqlite, Intake)
    assert (row.segment_1, row.segment_2) == ("prefer not to say", "South")


def test_an_organisation_that_lists_it_among_its_groups_gets_no_group_of_it(come, sqlite):
    respondent = come("customer", own=(*OWN, "Prefer not to say"))
    assert [value for value, _ in offered(respondent, "segment")] == [*OWN, "Prefer not to say"]
    respondent.send(respondent.place, segment="Prefer not to say")
    (row,) = scene.rows(sqlite, Intake)
    assert row.segment_2 is None
    with session_factory(sqlite)() as session:
        budgets = segment_budgets(session.get_one(Wave, 1), instruments.by_code("customer_culture_v1"))
    assert {budget.key: budget.values for budget in budgets}["outside.segment"] == 2


def test_whoever_prefers_not_to_say_is_no_group_in_what_is_scored(come, sqlite):
    respondent = come("customer")
    respondent.send(respondent.place, segment=NOT_SAID)
    with transaction(sqlite) as session:
        wave = session.get_one(Wave, 1)
        assert mix_intake(session, wave, everything=True) == 1
        side = read_side(session, wave, instruments.by_code("customer_culture_v1"), Side.OUTSIDE)
    assert side.segments["segment"].values == OWN
    assert side.segments["segment"].codes.tolist() == [-1]
