"""Damaging a database on purpose, and asking the audit."""

import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.models import Invitation, Response
from cultureassess.services.privacy_audit import audit

from .scenery import NOW


def broken(engine, now=NOW, wave_id=None):
    """Promise -> evidence of what the audit says is broken."""
    with transaction(engine) as session:
        return {f.promise: f.evidence for f in audit(session, now=now, wave_id=wave_id) if not f.kept}


def damage(engine, *statements):
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement) if isinstance(statement, str) else statement)


def first(engine):
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.min(Invitation.id)))


def one(session):
    return session.scalar(sa.select(Response.id).limit(1))


def dump(engine):
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        return {
            table: sorted(map(str, connection.execute(sa.select(sa.text("*")).select_from(sa.table(table)))))
            for table in tables
        }
