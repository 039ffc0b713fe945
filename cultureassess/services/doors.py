"""The door that a token opens, for requests that only look at it: read fast, and as fresh as the database.

Nearly every request of a respondent asks for the same wave, and making its objects anew takes three times
as long as asking the database. So the database is asked every time, and objects that were made of the very
same values are used again. They belong to no session: nothing done to them is ever stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from cultureassess.models import Assessment, Invitation, OpenLink, Organisation, Wave
from cultureassess.models.mapping import Base
from cultureassess.services.errors import LinkUnknown
from cultureassess.services.links import Door, clean_token, door_of, door_of_invitation, token_hash

Model = TypeVar("Model", bound=Base)
Link = type[OpenLink] | type[Invitation]

REMEMBERED = 200
"""Waves kept per process, each with its organisation."""

_waves: dict[str, Wave] = {}


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
    row = session.execute(_by_token(OpenLink), wanted).one_or_none()
    if row is not None:
        return door_of(_link(OpenLink, row))
    row = session.execute(_by_token(Invitation), wanted).one_or_none()
    if row is None:
        raise LinkUnknown
    return door_of_invitation(_link(Invitation, row))


@cache
def _by_token(kind: Link) -> sa.Select[Any]:
    """A link with its wave, assessment and organisation, column by column."""
    models: tuple[type[Base], ...] = (Wave, Assessment, Organisation, kind)
    link, wave, assessment, organisation = (
        cast("sa.Table", model.__table__) for model in (kind, Wave, Assessment, Organisation)
    )
    # Tables and not models: what the ORM does for each column would take as long again as the question.
    joined = link.join(wave, link.c.wave_id == wave.c.id)
    joined = joined.join(assessment, wave.c.assessment_id == assessment.c.id)
    joined = joined.join(organisation, assessment.c.organisation_id == organisation.c.id)
    wanted = sa.select(*[column for model in models for column in _columns(model).values()])
    return wanted.select_from(joined).where(link.c.token_hash == sa.bindparam("wanted"))


@cache
def _columns(model: type[Base]) -> Mapping[str, sa.Column[Any]]:
    """The columns of a model that are loaded with it, by attribute; a logo's bytes are not."""
    attributes = sa.inspect(model).column_attrs
    table = cast("sa.Table", model.__table__)
    return {one.key: table.c[one.columns[0].name] for one in attributes if not one.deferred}


def _link(kind: type[Model], row: sa.Row[Any]) -> Model:
    link = _made(kind, row[-len(_columns(kind)) :])
    set_committed_value(link, "wave", _wave(row[: -len(_columns(kind))]))
    return link


def _wave(values: tuple[Any, ...]) -> Wave:
    """The wave of these values, with its assessment and organisation; the same object for the same values."""
    known = repr(values)
    wave = _waves.get(known)
    if wave is None:
        if len(_waves) >= REMEMBERED:
            _waves.clear()
        wave = _waves.setdefault(known, _new_wave(values))
    return wave


def _new_wave(values: tuple[Any, ...]) -> Wave:
    first, second = len(_columns(Wave)), len(_columns(Wave)) + len(_columns(Assessment))
    wave = _made(Wave, values[:first])
    assessment = _made(Assessment, values[first:second])
    set_committed_value(assessment, "organisation", _made(Organisation, values[second:]))
    set_committed_value(wave, "assessment", assessment)
    return wave


def _made(model: type[Model], values: tuple[Any, ...]) -> Model:
    """An object as if it had been loaded and its session closed: what is not here cannot be loaded."""
    made = model()
    for name, value in zip(_columns(model), values, strict=True):
        set_committed_value(made, name, value)
    make_transient_to_detached(made)
    return made
