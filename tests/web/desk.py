"""The results as one reader finds them, from a snapshot alone: for tests of single pages."""

from __future__ import annotations

import re

from flask import Flask, render_template
from flask.testing import FlaskClient

from cultureassess.models import Assessment, Organisation, Presentation, State, Wave
from cultureassess.snapshot.types import Snapshot
from cultureassess.web.results import (
    chain,
    change,
    contrasts,
    eight,
    inside,
    matters,
    next_steps,
    one,
    page,
    quality,
    segments,
    workshop,
)
from cultureassess.web.results.reading import Reading

BUILDERS = {
    "answer": lambda reading: page.build(reading.snapshot),
    "indices": lambda reading: eight.build(reading.setting),
    "index": lambda reading: one.build(reading.setting, reading.snapshot.indices[0]),
    "next": lambda reading: next_steps.build(reading.setting),
    "change": lambda reading: change.build(reading.setting, reading.snapshot),
    "chain": lambda reading: chain.build(reading.setting),
    "contrasts": lambda reading: contrasts.build(reading.setting),
    "importance": lambda reading: matters.build(reading.setting),
    "synergy": lambda reading: inside.build(reading.setting),
    "segments": lambda reading: segments.build(reading.setting),
    "quality": lambda reading: quality.build(reading.setting),
}


def reading(snapshot: Snapshot, key: str, *, leader: bool = False, **notes: str) -> Reading:
    """A wave that is released, read at one page."""
    organisation = Organisation(name=snapshot.wave.organisation, slug="acme")
    wave = Wave(
        id=1,
        label=snapshot.wave.label,
        state=State.REPORTED,
        assessment=Assessment(organisation=organisation, instrument="x"),
    )
    presentation = Presentation(wave_id=1, pages=(), signature="", comments_read=None)
    return Reading(wave, key, leader, snapshot, False, presentation, notes)


def html(app: Flask, snapshot: Snapshot, key: str, *, leader: bool = False, **notes: str) -> str:
    """One page of the results as HTML."""
    found = reading(snapshot, key, leader=leader, **notes)
    with app.test_request_context("/results/1"):
        if key == "workshop":
            return render_template(
                "results/workshop.html", reading=found, rounds=workshop.build(found.setting)
            )
        return render_template(
            f"results/{key}.html",
            reading=found,
            page=BUILDERS[key](found),
            plotly_guard="x",
            plotly_script="/x.js",
        )


def text(page: str) -> str:
    """What a reader sees of a page, in one line."""
    bare = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


def lead(client: FlaskClient, token: str) -> FlaskClient:
    """Come in by the demo's door for leaders."""
    assert client.post("/demo/leader", data={"csrf_token": token}).status_code == 303
    return client
