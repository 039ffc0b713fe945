"""What a database holds, as the backup sees it: for comparing two databases row by row."""

from __future__ import annotations

import sqlalchemy as sa

from cultureassess.services.operations import backup


def content(engine: sa.Engine, *, without: tuple[str, ...] = ("heartbeat",)) -> dict[str, list[list[object]]]:
    """Table -> rows, as they are on either engine."""
    with backup.snapshot_of(engine) as connection:
        return {
            table.name: [[plain(value) for value in row] for row in backup.rows_of(connection, table)]
            for table in backup.tables_of(connection)
            if table.name not in without
        }


def plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
