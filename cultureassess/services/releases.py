"""The ledger: what was released of a wave, and whether it may be released again (METHOD 4.3 T).

A record holds, for every statistic that was shown, the cells shown and the respondents behind them.
Respondents go by the first half of their response's random key. That tells nothing which the responses
themselves do not tell; of an erased response it keeps the cells it was counted in, and no answer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

import msgspec
import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess import instruments
from cultureassess.disclosure.refresh import Refusal, refusal
from cultureassess.instruments.types import Side
from cultureassess.models import ReleaseRecord, SnapshotRecord, Wave
from cultureassess.scoring.answers import BoolArray
from cultureassess.services.errors import DomainError
from cultureassess.services.reading import read_keyed_side
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.memberships import Memberships, memberships
from cultureassess.snapshot.types import Snapshot

KEY_DIGITS = 16

_REASONS = {
    Refusal.ADDED: "a group that is shown would gain fewer than {k} people",
    Refusal.REMOVED: "a group that is shown would lose fewer than {k} people",
    Refusal.UNION: "old and new results together would tell about fewer than {k} people",
}


class ReleaseRefused(DomainError):
    """New results must not follow the published ones."""

    def __init__(self, refused: Refusal, statistic: str, k: int) -> None:
        reason = _REASONS[refused].format(k=k)
        super().__init__(
            f"The published results stand: {reason} ({statistic}). Erasures removed the answers themselves."
        )
        self.refusal = refused
        self.statistic = statistic


class Ledger(msgspec.Struct, frozen=True):
    """Who is behind what was shown.

    Attributes:
        respondents: the halved keys of all who were counted, in hexadecimal digits.
        groups: cell name -> its respondents.
        statistics: statistic -> who has a valid value, and the names of the cells shown of it.

    Respondents of a group are bits of a hexadecimal number, the first of ``respondents`` being the lowest.
    """

    respondents: tuple[str, ...]
    groups: Mapping[str, str]
    statistics: Mapping[str, tuple[str, tuple[str, ...]]]

    def cells(self, statistic: str) -> dict[str, frozenset[str]]:
        """The cells shown of a statistic, each with the keys of its valid respondents."""
        if statistic not in self.statistics:
            return {}
        valid, shown = self.statistics[statistic]
        return {cell: self._keys(int(valid, 16) & int(self.groups[cell], 16)) for cell in shown}

    def _keys(self, bits: int) -> frozenset[str]:
        return frozenset(key for place, key in enumerate(self.respondents) if bits >> place & 1)


def record(session: Session, wave: Wave, snapshot: Snapshot, *, today: dt.date) -> SnapshotRecord:
    """Store a snapshot as the wave's next version, and what it tells about whom.

    Raises:
        ReleaseRefused: as :func:`may_rerelease`; nothing is stored then.
    """
    ledger = ledger_of(session, wave, snapshot)
    last = _last(session, wave)
    if last is not None:
        may_rerelease(msgspec.json.decode(last.cells, type=Ledger), ledger, wave.k)
    text = to_json(snapshot).decode()
    version = 1 if last is None else last.version + 1
    stored = SnapshotRecord(
        wave_id=wave.id, version=version, json=text, fingerprint=snapshot.fingerprint, created_on=today
    )
    cells = msgspec.json.encode(ledger).decode()
    session.add_all(
        [stored, ReleaseRecord(wave_id=wave.id, version=version, digest=digest(text), cells=cells)]
    )
    session.flush()
    return stored


def may_rerelease(before: Ledger, after: Ledger, k: int) -> None:
    """See that two releases of one wave together tell nothing about fewer than ``k`` people.

    Raises:
        ReleaseRefused: with the statistic and the reason (METHOD 4.3 T; cases RF1 to RF7).
    """
    places = {key: place for place, key in enumerate(dict.fromkeys(before.respondents + after.respondents))}
    for statistic in sorted(before.statistics.keys() | after.statistics.keys()):
        old, new = (
            {cell: [places[key] for key in keys] for cell, keys in ledger.cells(statistic).items()}
            for ledger in (before, after)
        )
        if old != new and (refused := refusal(old, new, k)) is not None:
            raise ReleaseRefused(refused, statistic, k)


def ledger_of(session: Session, wave: Wave, snapshot: Snapshot) -> Ledger:
    """Tell who is behind every cell that a snapshot of the wave's responses shows."""
    instrument = instruments.by_code(wave.assessment.instrument)
    read = {side: read_keyed_side(session, wave, instrument, side) for side in Side}
    answers = {side: found for side, (found, _) in read.items()}
    parts = memberships(instrument, answers[Side.INSIDE], answers[Side.OUTSIDE], snapshot)
    return _joined({side: (parts[side], read[side][1]) for side in Side})


def _joined(sides: Mapping[Side, tuple[Memberships, tuple[str, ...]]]) -> Ledger:
    """Put both sides into one ledger, the second's bits above the first's."""
    respondents: list[str] = []
    groups: dict[str, str] = {}
    statistics: dict[str, tuple[str, tuple[str, ...]]] = {}
    for side, (found, keys) in sides.items():
        shift = len(respondents)
        respondents += [key[:KEY_DIGITS] for key in keys]
        groups |= {f"{side}/{cell}": _bits(rows, shift) for cell, rows in found.groups.items()}
        for statistic, (valid, shown) in found.statistics.items():
            names = tuple(f"{side}/{cell}" for cell in shown)
            statistics[f"{side}/{statistic}"] = _bits(valid, shift), names
    return Ledger(tuple(respondents), groups, statistics)


def _bits(rows: BoolArray, shift: int) -> str:
    packed = int.from_bytes(np.packbits(rows, bitorder="little").tobytes(), "little")
    return f"{packed << shift:x}"


def digest(text: str) -> str:
    """SHA-256 of a snapshot's JSON, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _last(session: Session, wave: Wave) -> ReleaseRecord | None:
    newest = sa.select(ReleaseRecord).where(ReleaseRecord.wave_id == wave.id)
    return session.scalar(newest.order_by(ReleaseRecord.version.desc()).limit(1))
