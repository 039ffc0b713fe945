"""Waves that nobody would call a wave, and an instrument unlike ours: report and pages can still be read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cultureassess.instruments.loading import load
from cultureassess.instruments.types import Side
from cultureassess.report.narrative.levels import level_sentence
from cultureassess.report.pdf import render_html, render_pdf
from cultureassess.report.words import ENGLISH
from tests.snapshot.waves import INSTRUMENT, cannot_judge, inside, outside, side, snapshot
from tests.web import desk, showcase

PULSE = load(Path(__file__).parents[1] / "fixtures" / "instruments" / "service_pulse_7.toml")


def blank(answers):
    """The same people, none of whom can judge anything."""
    return replace(answers, points=np.where(answers.points > 0, 20, 0).astype(np.uint8))


def unseen(*indices):
    """Customers of whom more than half cannot judge the items of some indices."""
    answers = outside(60)
    for code in indices:
        for item in INSTRUMENT.items_of(code):
            if item.paired:
                answers = cannot_judge(answers, item.id, slice(36))
    return answers


def pulse():
    return snapshot(
        side(Side.INSIDE, 12, 12, instrument=PULSE), side(Side.OUTSIDE, 30, instrument=PULSE), PULSE
    )


WAVES = {
    "nobody": lambda: snapshot(inside(), outside()),
    "one of each": lambda: snapshot(inside(1), outside(1)),
    "no insiders": lambda: snapshot(inside(), outside(40)),
    "no customers": lambda: snapshot(inside(20, 40), outside()),
    "partners only": lambda: snapshot(inside(20), outside(0, 9)),
    "customers cannot judge two indices": lambda: snapshot(inside(20, 40), unseen("CF", "EO")),
    "customers cannot judge anything": lambda: snapshot(inside(20, 40), blank(outside(60))),
    "nobody can judge anything": lambda: snapshot(blank(inside(20, 40)), blank(outside(60))),
    "another instrument": pulse,
}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="module", params=WAVES)
def wave(request):
    return WAVES[request.param]()


def test_the_report_can_be_made(wave):
    assert wave.wave.organisation in render_html(wave)


@pytest.mark.parametrize("key", desk.BUILDERS)
def test_every_page_of_the_results_can_be_read(app, wave, key):
    if key == "index" and not wave.indices:
        pytest.skip("There is no index whose page could be asked for.")
    assert "<h1" in desk.html(app, wave, key)


def test_an_imported_instrument_becomes_a_pdf():
    assert render_pdf(pulse()).startswith(b"%PDF-")


def test_without_the_headline_composite_there_is_no_level_and_the_reason_is_not_too_few_customers():
    result = snapshot(inside(20, 40), unseen("CF", "EO"))
    assert result.headline_composite is None
    assert level_sentence(result, ENGLISH) == (
        "No level: too few of the statements that it rests on could be judged."
    )
