"""The pulse: eight statements between two full surveys, compared statement by statement (SOURCES S4).

It also tells whether what was taught and agreed on is noticed. Its statements are those of the full form, in
its very words; what it says of them is compared with the full form's, and never as an index.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from cultureassess import instruments
from cultureassess.models import Assessment, Organisation, Wave
from cultureassess.services.comparing_items import ItemChange, compared_items
from cultureassess.services.fielding import create_assessment, create_wave, plan_of
from cultureassess.services.setting_up import PULSE, free_label
from cultureassess.snapshot.types import Snapshot

SEGMENTS = ("outside.segment",)
"""What of a full wave's questions about people a pulse asks again, where it did."""

LENGTH = dt.timedelta(days=13)
"""Two weeks, the first and the last day counted."""


@dataclass(frozen=True)
class PulseItem:
    """One statement in the full wave and the pulse; ``change`` None where they cannot be compared."""

    code: str
    text: str
    change: ItemChange | None


def start_pulse(session: Session, organisation: Organisation, wave: Wave, *, today: dt.date) -> Wave:
    """Add a draft pulse for the people, languages and thresholds of a full wave.

    Args:
        wave: the full wave that it is compared with.

    Raises:
        cultureassess.services.errors.WaveRefused: the wave's plan cannot be asked with the pulse.
    """
    instrument = instruments.by_code(PULSE)
    assessment = _assessment(session, organisation)
    opens_on = today + dt.timedelta(days=1)
    kept = tuple(code for code in wave.segments if code in SEGMENTS)
    plan = replace(
        plan_of(wave),
        label=free_label(assessment, f"Pulse {opens_on:%Y-%m}"),
        opens_on=opens_on,
        closes_on=opens_on + LENGTH,
        period=instrument.period,
        accounts=False,
        segments=kept,
        segment_options={code: wave.segment_options[code] for code in kept if code in wave.segment_options},
        left_out=(),
    )
    return create_wave(session, assessment, instrument, plan)


def compare_pulse(full: Snapshot, pulse: Snapshot) -> tuple[PulseItem, ...]:
    """What customers say of the pulse's statements now and said in the full wave, in the pulse's order."""
    changes = {change.code: change for change in compared_items(full, pulse)}
    return tuple(
        PulseItem(pair.id, pair.customer or "", changes.get(pair.id))
        for pair in pulse.pairs
        if pair.customer is not None
    )


def _assessment(session: Session, organisation: Organisation) -> Assessment:
    found = next((one for one in organisation.assessments if one.instrument == PULSE), None)
    return found or create_assessment(session, organisation, instruments.by_code(PULSE))
