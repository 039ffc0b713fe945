"""What may be said of an action: nothing that the figures do not say, and nothing too early."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from cultureassess import clock
from cultureassess.models import (
    ActionCard,
    Better,
    KeyFigureValue,
    Moves,
    Organisation,
    SnapshotRecord,
    Wave,
)
from cultureassess.services.actions.outcome import LATE, Helped, index_outcome, key_figure_outcome
from cultureassess.services.comparing_waves import compare_waves
from cultureassess.services.releasing import Earlier
from cultureassess.web.actions import shown_cards
from cultureassess.web.actions.blueprint import Place
from cultureassess.web.actions.pulse import _before
from tests.actions.browser import HOME, Browser
from tests.actions.test_pages import CARD
from tests.actions.year import close_and_release
from tests.services.test_comparing_waves import wave
from tests.web import showcase

JANUARY, TODAY = dt.date(2026, 1, 15), dt.date(2026, 6, 1)


def months(**values: float) -> list[KeyFigureValue]:
    """Values by month: ``m2026_01=10``."""
    return [
        KeyFigureValue(month=dt.date(int(name[1:5]), int(name[6:]), 1), value=value)
        for name, value in values.items()
    ]


def fewer(target: float, **values: float) -> shown_cards.Outcome:
    """What a figure says of which less is better, on the day of its review."""
    return key_figure_outcome(months(**values), Better.DOWN, target, since=JANUARY, due=TODAY, today=TODAY)


def test_a_figure_that_got_worse_did_not_move_even_below_its_target():
    found = fewer(12, m2026_01=10, m2026_02=11)
    assert (found.helped, found.reached) == (Helped.DID_NOT, True)
    with Flask(__name__).app_context():
        assert shown_cards.told(found, key_figure=True).endswith(
            "It was reached before, and the figure has not become better."
        )


def test_a_figure_that_got_better_and_reached_its_target_moved():
    assert fewer(12, m2026_01=14, m2026_02=11).helped is Helped.MOVED


def test_months_that_are_yet_to_come_tell_nothing():
    found = fewer(12, m2026_01=14, m2099_01=1)
    assert (found.helped, found.after) == (Helped.CANNOT_TELL, None)


def test_a_figure_that_nobody_counted_before_cannot_tell_whether_it_moved():
    assert fewer(12, m2026_02=11).helped is Helped.CANNOT_TELL


@pytest.mark.parametrize(
    ("before", "after", "helped"),
    [(6, -20, Helped.DID_NOT), (26, -22, Helped.DID_NOT), (26, -2, Helped.MOVED)],
)
def test_a_gap_that_turned_round_moved_only_if_it_is_narrower(before, after, helped):
    found = compare_waves(wave(50.0, 50.0 + before), wave(50.0, 50.0 + after))
    assert index_outcome(found, "CF", Moves.GAP, None).helped is helped


def test_a_gap_that_turned_round_beyond_its_target_has_not_reached_it():
    found = compare_waves(wave(50.0, 56.0), wave(50.0, 30.0))
    assert index_outcome(found, "CF", Moves.GAP, 5).reached is False


VERDICTS = ("It moved.", "It did not move.", "Cannot tell yet.")


def agreed_card(app: Flask) -> Browser:
    """A consultant whose card of the reported wave is agreed on; the next wave is closed."""
    consultant = Browser(app.test_client(), "consultant")
    consultant.post(f"{HOME}/cards/new", **CARD)
    consultant.post(f"{HOME}/cards/1/settle", state="agreed")
    close_and_release(app, showcase.THIS)
    return consultant


def test_an_action_is_judged_by_the_next_wave_if_it_was_agreed_on_before(app):
    page = agreed_card(app).read(f"{HOME}/cards/1")
    assert any(verdict in page for verdict in VERDICTS)


def test_an_action_that_was_agreed_on_after_the_next_wave_gets_no_verdict(app):
    """Be it on the very day of the close; the history says why."""
    consultant = Browser(app.test_client(), "consultant")
    consultant.post(f"{HOME}/cards/new", **{**CARD, "wave": "1"})
    close_and_release(app, showcase.THIS)
    consultant.post(f"{HOME}/cards/1/settle", state="agreed")
    page = consultant.read(f"{HOME}/cards/1")
    assert not any(verdict in page for verdict in VERDICTS)
    assert "The next results were there already" in page


def test_what_somebody_notes_changes_no_verdict(app):
    consultant = agreed_card(app)
    consultant.post(f"{HOME}/cards/1/settle", note=LATE)
    consultant.post(f"{HOME}/cards/1/settle", note="Agreed on.")
    assert any(verdict in consultant.read(f"{HOME}/cards/1") for verdict in VERDICTS)


def test_an_action_agreed_on_after_the_next_wave_was_over_gets_no_verdict(app, demo):
    consultant = agreed_card(app)
    later = clock.today() + dt.timedelta(days=30)
    demo.execute(sa.update(ActionCard).values(agreed_on=later))
    demo.commit()
    page = consultant.read(f"{HOME}/cards/1")
    assert not any(verdict in page for verdict in VERDICTS)


def test_an_action_that_was_dropped_gets_no_verdict(app):
    consultant = agreed_card(app)
    consultant.post(f"{HOME}/cards/1/settle", state="dropped")
    page = consultant.read(f"{HOME}/cards/1")
    assert not any(verdict in page for verdict in VERDICTS)


def result(number: int, opens_on: dt.date, closes_on: dt.date) -> Earlier:
    """A wave whose results were made when it was over."""
    record = SnapshotRecord(wave_id=number, created_on=closes_on)
    return Earlier(Wave(id=number, opens_on=opens_on, closes_on=closes_on), record)


def test_a_pulse_is_compared_with_the_wave_that_was_over_when_it_began():
    first = result(1, dt.date(2025, 10, 1), dt.date(2025, 10, 29))
    second = result(2, dt.date(2026, 10, 1), dt.date(2026, 10, 29))
    pulse = result(3, dt.date(2026, 5, 1), dt.date(2026, 5, 14))
    assert _before(Place(Organisation(), True, [second, first], [pulse]), pulse) == first
    assert _before(Place(Organisation(), True, [second], [pulse]), pulse) is None
    late = result(4, dt.date(2026, 11, 1), dt.date(2026, 11, 14))
    assert _before(Place(Organisation(), True, [second, first], [late]), late) == second


def test_a_card_that_is_moved_to_another_index_is_about_a_statement_of_that_index(app, demo):
    consultant = Browser(app.test_client(), "consultant")
    consultant.post(f"{HOME}/cards/new", **CARD)
    assert demo.get_one(ActionCard, 1).item.startswith("CF")
    demo.rollback()
    consultant.post(f"{HOME}/cards/1/edit", **{**CARD, "index_code": "EO"})
    demo.expire_all()
    assert demo.get_one(ActionCard, 1).item.startswith("EO")
