"""Deleting for good: the rows, and then the bytes they leave in the database's files (RELIABILITY R10)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import (
    AccountNumber,
    Base,
    Comment,
    Draft,
    Intake,
    IntakeComment,
    Invitation,
    Organisation,
    Response,
    Submission,
    Wave,
)

PERSONAL: tuple[type[Base], ...] = (
    AccountNumber,
    Comment,
    Draft,
    Intake,
    IntakeComment,
    Invitation,
    Response,
    Submission,
)
"""Tables whose deleted rows must not stay readable in a file."""


def erase_organisation(session: Session, organisation: Organisation) -> None:
    """Delete an organisation and everything below it. Followed by :func:`reclaim` after the commit."""
    session.execute(sa.delete(Organisation).where(Organisation.id == organisation.id))
    session.expire_all()


def erase_wave(session: Session, wave: Wave) -> None:
    """Delete a wave: links, answers, comments, drafts, snapshots. Followed by :func:`reclaim`."""
    session.execute(sa.delete(Wave).where(Wave.id == wave.id))
    session.expire_all()


def erase_invitation(session: Session, invitation: Invitation) -> None:
    """Delete a personal link and what was known of its holder. Followed by :func:`reclaim`.

    An answer that was sent through it stays: nobody can tell any more which one it is.
    """
    session.execute(sa.delete(Invitation).where(Invitation.id == invitation.id))
    session.expire_all()


def reclaim(engine: sa.Engine) -> None:
    """Rewrite the files, so that they hold no byte of deleted rows and no order of insertion.

    To be called after the commit, outside any transaction; it waits for other writers. SQLite has zeroed
    deleted rows already (``secure_delete``); what is left is in the write-ahead log and in the order of
    pages. PostgreSQL writes the personal tables anew. Its own write-ahead log, its replicas and all
    backups keep what they have until they are recycled: see docs/privacy.md.
    """
    if engine.dialect.name == "sqlite":
        _rewrite_file(engine)
    else:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for model in PERSONAL:
                connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {model.__tablename__}")


def _rewrite_file(engine: sa.Engine) -> None:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(statement)
            cursor.fetchall()
        cursor.close()
    finally:
        connection.close()
