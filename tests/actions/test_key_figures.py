"""Key figures: none without a decision; values by hand or from a file, month by month."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from cultureassess.models import Better, KeyFigure, Moves
from cultureassess.services.actions import key_figures
from cultureassess.services.actions.key_figures import FigureRefused, read_month, read_number
from cultureassess.web.actions import timeline
from tests import scene
from tests.actions import scenery


def complaints(session, name: str = "Complaints", **changes):
    organisation = scene.draft_wave(session).assessment.organisation
    fields = {"name": name, "unit": "", "better": Better.DOWN, "decision": "We answer every one."}
    return key_figures.add_figure(session, organisation, **{**fields, **changes}), organisation


@pytest.mark.parametrize(
    ("field", "changes"),
    [("decision", {"decision": " "}), ("decision", {"decision": "x" * 1001}), ("name", {"name": ""})],
)
def test_no_figure_without_a_name_and_an_answer_to_what_we_change(session, field, changes):
    with pytest.raises(FigureRefused) as refused:
        complaints(session, **changes)
    assert refused.value.field == field


def test_the_database_refuses_a_figure_without_a_decision(session):
    figure, _ = complaints(session)
    with pytest.raises(sa.exc.IntegrityError):
        session.execute(sa.update(KeyFigure).where(KeyFigure.id == figure.id).values(decision=" "))


def test_a_name_stands_once_however_it_is_written(session):
    _, organisation = complaints(session)
    with pytest.raises(FigureRefused, match="already"):
        key_figures.add_figure(
            session, organisation, name="COMPLAINTS", unit="", better=Better.UP, decision="Another one."
        )


def test_a_month_has_one_value_that_can_be_replaced_and_taken_away(session):
    figure, _ = complaints(session)
    key_figures.set_value(session, figure, dt.date(2026, 11, 17), 14)
    key_figures.set_value(session, figure, dt.date(2026, 11, 2), 15)
    assert [(one.month, one.value) for one in figure.values] == [(dt.date(2026, 11, 1), 15.0)]
    key_figures.set_value(session, figure, dt.date(2026, 11, 1), None)
    assert figure.values == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e13])
def test_a_value_is_a_finite_number(session, value):
    figure, _ = complaints(session)
    with pytest.raises(FigureRefused):
        key_figures.set_value(session, figure, dt.date(2026, 11, 1), value)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("14", 14.0), ("2,5", 2.5), ("-3", -3.0), ("−3.25", -3.25), ("'-3", -3.0), ("1.000,5", None)]
    + [(text, None) for text in ("", "1e309", "NaN", "٣", "1 000", "0x5", "=1+1", "5;", "inf", "1" * 14)],
)
def test_a_number_is_written_with_a_point_or_a_comma_and_nothing_else(typed, number):
    assert read_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-11", dt.date(2026, 11, 1)),
        ("2026-11-01", dt.date(2026, 11, 1)),
        ("2026-11-01 00:00:00", dt.date(2026, 11, 1)),
        *(
            (text, None)
            for text in ("2026-13", "2026-00", "11/2026", "", "2026-11-02", "0000-01", "２０２６-11")
        ),
    ],
)
def test_a_month_is_written_by_year_and_month(typed, month):
    assert read_month(typed) == month


def test_a_file_brings_values_and_tells_the_lines_that_it_passed_over(session):
    figure, organisation = complaints(session)
    lines = ("2026-10;complaints;14", "2026-11;Complaints;12,5", "2026-12;Returns;3", "x;Complaints;3")
    file = "\n".join(("Month;Figure;Value", *lines, "2026-12;Complaints;many"))
    found = key_figures.import_values(session, organisation, file.encode())
    assert found.stored == 2
    assert found.passed == (
        (4, "no figure of this name"),
        (5, "no month such as 2026-11"),
        (6, "no number"),
    )
    assert [one.value for one in figure.values] == [14.0, 12.5]


@pytest.mark.parametrize(
    "file", [b"", b"month;figure\n2026-11;Complaints\n", b"\x00\x01", b"month;figure;value\n"]
)
def test_a_file_that_is_none_is_refused(session, file):
    _, organisation = complaints(session)
    with pytest.raises(FigureRefused) as refused:
        key_figures.import_values(session, organisation, file)
    assert refused.value.field == "file"


def test_a_card_survives_the_figure_that_it_should_move(session):
    figure, organisation = complaints(session)
    wave = organisation.assessments[0].waves[0]
    card = scenery.card(session, wave, moves=Moves.KEY_FIGURE, key_figure_id=figure.id)
    key_figures.remove_figure(session, figure)
    session.expire(card)
    assert (card.title, card.key_figure_id) == ("Stop asking for a signature", None)


def test_a_chart_joins_neighbouring_months_and_marks_the_waves(session):
    figure, organisation = complaints(session)
    wave = organisation.assessments[0].waves[0]
    wave.closes_on = dt.date(2026, 2, 15)
    assert timeline.timeline(figure, [wave]) is None
    for month, value in ((1, 30), (2, 20), (4, 10)):
        key_figures.set_value(session, figure, dt.date(2026, month, 1), value)
    with Flask(__name__).app_context():
        chart, title = timeline.timeline(figure, [wave]), timeline.title(figure)
    assert chart is not None
    assert (chart.low, chart.high) == ("10", "30")
    assert len(chart.dots) == 3
    assert [(line.x1, line.x2) for line in chart.lines] == [(chart.dots[0].x, chart.dots[1].x)]
    assert [mark.label for mark in chart.marks] == ["2026"]
    assert title == "10 in April 2026, after 20 in February 2026."
