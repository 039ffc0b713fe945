"""What every model shares: the declarative base, constraint names, and the column types."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, mapped_column

from cultureassess.instruments.types import Audience, Side

Texts = tuple[str, ...]
TextTable = Mapping[str, Texts]


class State(StrEnum):
    """A wave's life. It only moves forward; a trigger refuses the rest."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    REPORTED = "reported"


class Anonymity(StrEnum):
    """Open links only, or personal links or accounts as well: then pages say "confidential" (METHOD 4.2)."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"


class Chosen(StrEnum):
    """How customers were chosen (METHOD 3.8b)."""

    ALL = "all"
    RANDOM = "random"
    PICKED = "picked"
    OPEN = "open"


class TextList(sa.TypeDecorator[Texts]):
    """Short texts in order, stored as a JSON array. A tuple in Python, so that a change is an assignment."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Texts | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Texts | None:  # noqa: ARG002
        return None if value is None else tuple(json.loads(value))


class TextTableType(sa.TypeDecorator[TextTable]):
    """Named lists of short texts, stored as a JSON object with sorted keys."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: TextTable | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return json.dumps(
            {name: list(texts) for name, texts in value.items()}, ensure_ascii=False, sort_keys=True
        )

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> TextTable | None:  # noqa: ARG002
        return None if value is None else {name: tuple(texts) for name, texts in json.loads(value).items()}


def enum_type(enum: type[StrEnum], name: str) -> sa.Enum:
    """A text column that holds the values of an enum, with a CHECK of that name on every database."""
    return sa.Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )


intpk = Annotated[int, mapped_column(primary_key=True)]
wave_key = Annotated[int, mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), index=True)]
clustering_wave_key = Annotated[
    int, mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
]
"""First part of a primary key, so that the rows of a wave lie together and are read in one go."""
random_key = Annotated[bytes, mapped_column(sa.LargeBinary(16), primary_key=True)]
hash_key = Annotated[bytes, mapped_column(sa.LargeBinary(32), primary_key=True)]
name200 = Annotated[str, mapped_column(sa.String(200))]


class Base(DeclarativeBase):
    """Base of every model. Nullability is the annotation."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: Mapping[Any, Any] = {
        Audience: enum_type(Audience, "audience"),
        Side: enum_type(Side, "side"),
        State: enum_type(State, "state"),
        Anonymity: enum_type(Anonymity, "anonymity"),
        Chosen: enum_type(Chosen, "chosen"),
        Texts: TextList(),
        TextTable: TextTableType(),
        dt.date: sa.Date(),
        bytes: sa.LargeBinary(32),
    }
