"""What happens in a year of the demo organisation, for the test by client and the one in Chromium."""

from __future__ import annotations

import dataclasses

from flask import Flask

from cultureassess import clock, instruments
from cultureassess.db import transaction
from cultureassess.models import Wave
from cultureassess.services import fielding, releasing
from cultureassess.services.closing import close_wave
from cultureassess.services.demo.generate import wave_answers
from cultureassess.services.storing import store_side

FULL, PULSE = "customer_culture_v1", "customer_culture_pulse_v1"
CARD = {
    "owner": "Ada Jansen",
    "owner_email": "ada@nordlicht.example",
    "first_step": "Ask the three teams.",
    "first_step_by": "2026-12-10",
    "due": "2027-05-01",
    "moves": "customers",
}
AGREED = (
    ("stop", "Stop asking for a signature on every claim", "CF"),
    ("start", "Ask ten customers a month what they need", "EO"),
    ("simplify", "One form for a changed delivery", "CI"),
)


def close_and_release(app: Flask, number: int) -> None:
    with transaction(app.extensions["engine"]) as session:
        wave = session.get_one(Wave, number)
        close_wave(session, wave, today=clock.today(), secret_key=app.config["SECRET_KEY"])
        releasing.release_to_leaders(session, wave)


def answer_pulse(app: Flask, number: int) -> None:
    """Open a pulse, and let the demo's people of this year answer it as they answer the full form."""
    full, pulse = instruments.by_code(FULL), instruments.by_code(PULSE)
    columns = [full.position[item.id] for item in pulse.rated]
    outcomes = [[one.id for one in full.outcomes].index(one.id) for one in pulse.outcomes]
    with transaction(app.extensions["engine"]) as session:
        wave = session.get_one(Wave, number)
        fielding.open_wave(session, wave, today=clock.today())
        for side in wave_answers(full, year="this"):
            kept = {"role": side.segments["role"]} if "role" in side.segments else {}
            answers = dataclasses.replace(
                side,
                points=side.points[:, columns],
                outcomes=side.outcomes[:, outcomes],
                segments=kept,
                comments=(),
            )
            store_side(session, wave, answers, pulse)
