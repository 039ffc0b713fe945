"""What a check reports, and what it is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.reflection import Inspector
from sqlalchemy.orm import Session

from cultureassess.models import State, Wave

ANSWERS = ("response", "comment")
WAITING = ("intake", "intake_comment")
LINKS = (
    "invitation",
    "open_link",
    "submission",
    "draft",
    "account_number",
    "invitee",
    "mail",
    "pending_list",
)
"""Tables about those who may answer. None of them may lead to a row in the others."""

ENDED = (State.CLOSED, State.REPORTED)


@dataclass(frozen=True)
class Finding:
    """One promise: kept or not, and how one can tell."""

    promise: str
    kept: bool
    evidence: str


@dataclass(frozen=True)
class Scope:
    """What is inspected: one wave's rows, or everybody's if ``wave_id`` is None, as of ``now`` (UTC)."""

    session: Session
    now: dt.datetime
    wave_id: int | None = None

    @property
    def postgresql(self) -> bool:
        return self.session.get_bind().dialect.name == "postgresql"

    @cached_property
    def inspector(self) -> Inspector:
        return sa.inspect(self.session.connection())

    def waves(self, *states: State) -> list[Wave]:
        """The waves in scope, of these states or of any."""
        wanted = sa.select(Wave).order_by(Wave.id)
        if self.wave_id is not None:
            wanted = wanted.where(Wave.id == self.wave_id)
        return [w for w in self.session.scalars(wanted) if not states or w.state in states]

    def ids(self, *states: State) -> list[int]:
        return [wave.id for wave in self.waves(*states)]

    def values(self, table: str, column: str, condition: str = "") -> list[Any]:
        """The different values of a column as they are stored, where a condition without parameters holds.

        Written as text: a whole audit asks hundreds of columns, and building each question anew as an
        expression takes longer than its answer.
        """
        where = f" WHERE {condition}" if condition else ""
        wanted = f'SELECT DISTINCT "{column}" FROM "{table}"{where}'  # noqa: S608
        return [value for (value,) in self.session.connection().exec_driver_sql(wanted)]

    def count(self, statement: sa.Select[int] | sa.TextClause) -> int:
        return int(self.session.scalar(statement) or 0)


Check = Callable[[Scope], tuple[bool, str]]
"""Returns whether the promise is kept, and the evidence."""
