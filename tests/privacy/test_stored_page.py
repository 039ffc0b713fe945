"""The page "exactly what is stored" is made from the schema, and names every column of it."""

import pytest

from cultureassess.instruments.types import Audience
from cultureassess.models import Intake, Response
from cultureassess.models.responses import SEGMENT_COLUMNS
from cultureassess.services import links
from cultureassess.services.drafts import Answers
from cultureassess.web import database
from cultureassess.web.survey import stored
from cultureassess.web.survey.visit import Visit

from ..scene import everything, rows
from .scenery import invited_wave, mix, send

COLUMNS = {
    "id", "wave_id", "audience", "answers", "outcomes", "role", "segment_1", "segment_2", "segment_3",
    "segment_4", "account", "language", "day", "late", "seconds", "fast",
}  # fmt: skip


def test_a_new_column_needs_a_sentence_on_the_page():
    """Whoever adds a column to the answers explains it in ``web/survey/stored.py``, and then here."""
    assert set(Intake.__table__.columns.keys()) == set(Response.__table__.columns.keys()) == COLUMNS


@pytest.fixture
def described(app, sqlite):
    """What the page says to somebody whose link brings a function along: column -> example."""
    _, tokens = invited_wave(sqlite, [{"segments": {"inside.function": ("IT",)}}] * 5)
    with app.test_request_context():
        visit = Visit(links.find_door(database.session(), tokens[0]), tokens[0])
        answers = Answers(points=everything("3").points, segments={"tenure": "under 1 year"})
        return sqlite, tokens, answers, {c.name: c for c in stored.describe(visit, answers)}


def test_every_column_is_on_the_page_with_its_meaning(described):
    *_, page = described
    assert set(page) == COLUMNS - {"segment_3", "segment_4"}
    assert set(SEGMENT_COLUMNS[:2]) <= set(page)
    assert all(len(column.meaning) > 10 for column in page.values())


def test_the_example_is_the_row_that_is_stored_then(described):
    engine, tokens, answers, page = described
    for token in tokens:
        send(engine, token, answers)
    row = rows(engine, Intake)[0]
    random = {"id"}
    shown = {name: column.example for name, column in page.items() if name not in random}
    assert shown == {
        name: "(empty)" if getattr(row, name) is None else str(getattr(row, name)) for name in shown
    } | {"day": shown["day"]}
    assert (row.segment_1, row.segment_2, row.audience) == ("IT", "under 1 year", Audience.STAFF)


def test_the_page_shows_a_value_as_coarse_as_it_is_stored(app, sqlite):
    _, tokens = invited_wave(sqlite, [{"segments": {"inside.function": ("IT",)}}] * 4)
    with app.test_request_context():
        visit = Visit(links.find_door(database.session(), tokens[0]), tokens[0])
        page = {column.name: column.example for column in stored.describe(visit, None)}
    assert page["segment_1"] == "(empty)"


def test_mixing_changes_the_key_and_nothing_else(described):
    engine, tokens, answers, _ = described
    for token in tokens:
        send(engine, token, answers)
    waiting = [{name: getattr(row, name) for name in COLUMNS - {"id"}} for row in rows(engine, Intake)]
    mix(engine, waiting[0]["wave_id"])
    assert [
        {name: getattr(row, name) for name in COLUMNS - {"id"}} for row in rows(engine, Response)
    ] == waiting
