"""The one next step of a wave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import current_app, url_for

from cultureassess.models import Anonymity, State, Wave
from cultureassess.services.fielding import today_at
from cultureassess.web.i18n import date, gettext

INVITATIONS = "invitations.overview"


@dataclass(frozen=True)
class Step:
    """The one next step of a wave: what it is, and the page where it is taken."""

    text: str
    address: str


def step(wave: Wave, *, now: dt.datetime) -> Step:
    """The next step of a wave in its state; ``now`` is timezone-aware."""
    own = url_for("workspace.wave", wave_id=wave.id)
    if wave.state is State.DRAFT:
        return Step(gettext("Check it and open it"), own)
    if wave.state is State.OPEN and (wave.stopped or is_over(wave, now=now)):
        return Step(gettext("Close and score"), own)
    if wave.state is State.OPEN and wave.opens_on is not None and today_at(wave, now) < wave.opens_on:
        ready = invitations_address(wave) or url_for("workspace.links", wave_id=wave.id)
        return Step(gettext("Get ready: it opens on %(day)s", day=date(wave.opens_on)), ready)
    if wave.state is State.OPEN:
        return Step(gettext("Watch the answers, then close and score"), own)
    return Step(gettext("Read the results"), url_for("results.wave", wave_id=wave.id))


def is_over(wave: Wave, *, now: dt.datetime) -> bool:
    """Whether the last day has passed where the organisation is."""
    return wave.closes_on is not None and today_at(wave, now) > wave.closes_on


def invitations_address(wave: Wave) -> str:
    """The page of personal invitations; "" in an anonymous wave, which has none."""
    known = INVITATIONS in current_app.view_functions
    if wave.anonymity is not Anonymity.CONFIDENTIAL or not known:
        return ""
    return url_for(INVITATIONS, wave_id=wave.id)
