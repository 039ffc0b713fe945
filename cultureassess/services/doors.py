"""The door that a token opens, for requests that only look at it: read fast, and as fresh as the database.

Nearly every request of a respondent asks for the same wave, and making its objects anew takes far longer
than asking the database. So the database is asked every time, for its values as they are stored, and objects
that were made of the very same values are used again. They belong to no session: nothing done to them is
ever stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from cultureassess.models import Assessment, Invitation, OpenLink, Organisation, Wave
from cultureassess.models.mapping import Base
from cultureassess.services.errors import LinkUnknown
from cultureassess.services.links import Door, clean_token, door_of, door_of_invitation, token_hash

Model = TypeVar("Model", bound=Base)
Stored = tuple[Any, ...]
"""Values as the driver gives them: numbers, texts, bytes and dates, so that they can be looked up."""

REMEMBERED = 200
"""Waves kept per process, each with its organisation; and as many links."""


def read_door(session: Session, token: str) -> Door:
    """What :func:`cultureassess.services.links.find_door` finds, to look at and not to change.

    Raises:
        LinkUnknown: malformed or unknown.
        LinkRevoked: withdrawn.
    """
    cleaned = clean_token(token)
    if cleaned is None:
        raise LinkUnknown
    wanted = {"wanted": token_hash(cleaned)}
    # The connection and not the session: what a session does for each question takes as long again.
    connection = session.connection()
    row = connection.execute(_by_token(OpenLink), wanted).one_or_none()
    if row is not None:
        return door_of(_link(OpenLink, tuple(row), connection.dialect))
    row = connection.execute(_by_token(Invitation), wanted).one_or_none()
    if row is None:
        raise LinkUnknown
    return door_of_invitation(_link(Invitation, tuple(row), connection.dialect))


@cache
def _by_token(kind: type[Base]) -> sa.Select[Any]:
    """A link with its wave, assessment and organisation, column by column and as stored."""
    models: tuple[type[Base], ...] = (Wave, Assessment, Organisation, kind)
    link, wave, assessment, organisation = (
        cast("sa.Table", model.__table__) for model in (kind, Wave, Assessment, Organisation)
    )
    joined = link.join(wave, link.c.wave_id == wave.c.id)
    joined = joined.join(assessment, wave.c.assessment_id == assessment.c.id)
    joined = joined.join(organisation, assessment.c.organisation_id == organisation.c.id)
    columns = (column for model in models for column in _columns(model).values())
    stored = [sa.type_coerce(column, sa.types.NullType()) for column in columns]
    wanted = sa.select(*stored).select_from(joined).where(link.c.token_hash == sa.bindparam("wanted"))
    return cast("sa.Select[Any]", wanted)


@cache
def _columns(model: type[Base]) -> Mapping[str, sa.Column[Any]]:
    """The columns of a model that are loaded with it, by attribute; a logo's bytes are not."""
    attributes = sa.inspect(model).column_attrs
    table = cast("sa.Table", model.__table__)
    return {one.key: table.c[one.columns[0].name] for one in attributes if not one.deferred}


@lru_cache(REMEMBERED)
def _link(kind: type[Model], stored: Stored, dialect: sa.Dialect) -> Model:
    """The link of these values with its wave, which it shares with the wave's other links."""
    own = len(_columns(kind))
    link = _made(kind, stored[-own:], dialect)
    set_committed_value(link, "wave", _wave(stored[:-own], dialect))
    return link


@lru_cache(REMEMBERED)
def _wave(stored: Stored, dialect: sa.Dialect) -> Wave:
    first, second = len(_columns(Wave)), len(_columns(Wave)) + len(_columns(Assessment))
    wave = _made(Wave, stored[:first], dialect)
    assessment = _made(Assessment, stored[first:second], dialect)
    set_committed_value(assessment, "organisation", _made(Organisation, stored[second:], dialect))
    set_committed_value(wave, "assessment", assessment)
    return wave


def _made(model: type[Model], stored: Stored, dialect: sa.Dialect) -> Model:
    """An object as if it had been loaded and its session closed: what is not here cannot be loaded."""
    made = model()
    for (name, column), value in zip(_columns(model).items(), stored, strict=True):
        understood = _understood(column, dialect)
        set_committed_value(made, name, value if understood is None else understood(value))
    make_transient_to_detached(made)
    return made


def _understood(column: sa.Column[Any], dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    """What turns a column's stored value into ours; None where it is the same."""
    return column.type.dialect_impl(dialect).result_processor(dialect, None)
