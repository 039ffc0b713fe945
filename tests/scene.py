"""The setting of most tests: Nordlicht Logistics with one wave, and people who hold links into it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess import instruments
from cultureassess.db import session_factory
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Anonymity, Chosen, Wave
from cultureassess.services import drafts, fielding, intake, links
from cultureassess.services.drafts import Answers

TODAY = dt.date(2026, 10, 5)
LONG_AGO = dt.date(2020, 1, 1)
SECRET_KEY = "the installation's secret key for tests"
SEGMENTS = {"outside.segment": ("Key accounts", "Regional business", "Small business")}


def draft_wave(session: Session, **plan: Any) -> Wave:
    """A wave that is still a draft; every field of the plan may be given."""
    instrument = instruments.by_code("customer_culture_v1")
    organisation = fielding.create_organisation(session, "Nordlicht Logistics", "nordlicht")
    assessment = fielding.create_assessment(session, organisation, instrument)
    chosen = {
        "label": "2026",
        "chosen": Chosen.ALL,
        "anonymity": Anonymity.CONFIDENTIAL,
        "segment_options": SEGMENTS,
    }
    return fielding.create_wave(session, assessment, instrument, fielding.Plan(**{**chosen, **plan}))


def open_wave(session: Session, **plan: Any) -> Wave:
    """A wave that takes answers."""
    wave = draft_wave(session, **plan)
    fielding.open_wave(session, wave, today=TODAY)
    return wave


def open_token(session: Session, wave: Wave, who: Audience | Side, *, secret_key: str = SECRET_KEY) -> str:
    """The token of a new open link."""
    link = links.create_open_link(session, wave, who, secret_key=secret_key)
    return links.open_link_token(link, secret_key=secret_key)


def answer(
    session: Session,
    token: str,
    answers: Answers,
    *,
    audience: Audience | None = None,
    secret: str | None = None,
) -> None:
    """Let the holder of a token send a whole questionnaire."""
    door = links.find_door(session, token)
    chosen = door.audience or audience
    assert chosen is not None
    keys = drafts.derive(secret or (token if door.personal else links.new_token()))
    instrument = instruments.by_code(door.wave.assessment.instrument)
    intake.submit_response(session, door, chosen, answers, keys, instrument, today=TODAY)


def everything(point: str = "4") -> Answers:
    """The same point on every rated item of the instrument."""
    rated = instruments.by_code("customer_culture_v1").rated
    return Answers(points=dict.fromkeys((item.id for item in rated), point))


def rows(engine: sa.Engine, table: type[Any]) -> list[Any]:
    """What a table holds, seen by somebody else."""
    with session_factory(engine)() as session:
        return list(session.scalars(sa.select(table)))
