"""The blueprint of the action pages, and what each of them knows of its client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint

from cultureassess import clock
from cultureassess.models import Organisation, State, Wave
from cultureassess.report.words import ENGLISH
from cultureassess.services import audit_log
from cultureassess.services.releasing import Earlier, results_of
from cultureassess.services.rights import Capability
from cultureassess.services.setting_up import PULSE
from cultureassess.snapshot.document import from_json
from cultureassess.snapshot.types import Snapshot
from cultureassess.web import access, database
from cultureassess.web.actions import words

bp = Blueprint("actions", __name__, url_prefix="/actions/<int:organisation_id>")


@dataclass(frozen=True)
class Place:
    """One client as whoever asks finds it.

    Attributes:
        runs: may write, and sees what is not released yet.
        results: the full waves whose results may be read, the newest first.
        pulses: the same of pulses: they measure what was done, and begin nothing.
    """

    organisation: Organisation
    runs: bool
    results: Sequence[Earlier]
    pulses: Sequence[Earlier]

    @property
    def leader(self) -> bool:
        return not self.runs

    @property
    def wave(self) -> Wave | None:
        return self.results[0].wave if self.results else None

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """Of the newest wave; None before there is one."""
        return from_json(self.results[0].record.json) if self.results else None

    def result(self, wave_id: int) -> Earlier | None:
        return next((one for one in self.results if one.wave.id == wave_id), None)


def reading(organisation_id: int) -> Place:
    """A client for whoever may read its results; 404 otherwise."""
    return _place(access.organisation(organisation_id, Capability.READ_RESULTS))


def writing(organisation_id: int) -> Place:
    """A client for whoever runs its waves; 404 otherwise."""
    return _place(access.organisation(organisation_id))


def note_deed(
    place: Place, action: str, detail: str = "", *, kind: str = "", object_id: int | None = None
) -> None:
    """Note in the audit log what was done; ``action`` in the past tense. Kept if the view commits."""
    audit_log.record(
        database.session(),
        access.actor(),
        action,
        now=clock.now(),
        organisation_id=place.organisation.id,
        kind=kind or "organisation",
        object_id=place.organisation.id if object_id is None else object_id,
        detail=detail,
    )


def _place(organisation: Organisation) -> Place:
    runs = access.actor().may(Capability.RUN_WAVES, organisation.id)
    found = [
        one
        for one in results_of(database.session(), [organisation])
        if runs or one.wave.state is State.REPORTED
    ]
    pulses = [one for one in found if one.wave.assessment.instrument == PULSE]
    return Place(organisation, runs, [one for one in found if one not in pulses], pulses)


@bp.context_processor
def shared_words() -> dict[str, object]:
    """Give the templates the names of states and kinds, and numbers as the report writes them."""
    return {
        "kind_name": words.kind_name,
        "state_name": words.card_state_name,
        "month_name": words.month_name,
        "day": words.day,
        "plain": words.plain,
        "printed": ENGLISH,
    }
