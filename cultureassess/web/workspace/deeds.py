"""Noting in the audit log what a consultant did: never about a respondent, never an answer."""

from __future__ import annotations

from cultureassess import clock
from cultureassess.models import Organisation, Wave
from cultureassess.services import audit_log
from cultureassess.web import access, database


def note_wave(action: str, wave: Wave, detail: str = "") -> None:
    """Note a deed about a wave; ``action`` in the past tense. Kept if the view commits."""
    audit_log.record(
        database.session(),
        access.actor(),
        action,
        now=clock.now(),
        organisation_id=wave.assessment.organisation_id,
        kind="wave",
        object_id=wave.id,
        detail=detail or wave.label,
    )


def note_client(action: str, organisation: Organisation) -> None:
    """Note a deed about a client."""
    audit_log.record(
        database.session(),
        access.actor(),
        action,
        now=clock.now(),
        organisation_id=organisation.id,
        kind="organisation",
        object_id=organisation.id,
        detail=organisation.name,
    )


def note(action: str, detail: str) -> None:
    """Note a deed that belongs to no client, or to one that is gone: its own entries went with it."""
    audit_log.record(database.session(), access.actor(), action, now=clock.now(), detail=detail)
