"""The schema as it stands: keys, columns, order, triggers (RELIABILITY R2, R9)."""

from __future__ import annotations

import sqlalchemy as sa

from cultureassess.models import Base
from cultureassess.services.privacy_audit.finding import ANSWERS, WAITING, Scope

TRIGGERS = frozenset(
    {
        "audience_added",
        "audience_frozen",
        "audience_removed",
        "intake_length",
        "release_immutable",
        "response_length",
        "snapshot_immutable",
        "wave_anonymity",
        "wave_forward",
        "wave_frozen",
    }
)
_KEY_BYTES = 16
_MANY = 64
"""From this many keys on, half as many of their first bytes must differ, or 32."""


def no_foreign_key(scope: Scope) -> tuple[bool, str]:
    """Answers refer to their wave alone, and no other table refers to answers."""
    wrong = []
    for table in scope.inspector.get_table_names():
        for key in scope.inspector.get_foreign_keys(table):
            away = table in ANSWERS + WAITING and key["referred_table"] != "wave"
            if away or key["referred_table"] in ANSWERS + WAITING:
                wrong.append(f"{table} refers to {key['referred_table']}")
    return not wrong, "; ".join(wrong) or f"{', '.join(ANSWERS + WAITING)} refer to wave alone"


def known_columns(scope: Scope) -> tuple[bool, str]:
    """The database has the columns of this version, none more and none less."""
    strange = []
    for table in ANSWERS + WAITING:
        expected = set(Base.metadata.tables[table].columns.keys())
        strange += [f"{table}.{name}" for name in sorted(_columns(scope, table) ^ expected)]
    return not strange, ", ".join(strange) or f"{len(ANSWERS + WAITING)} tables as declared"


def _columns(scope: Scope, table: str) -> set[str]:
    return {column["name"] for column in scope.inspector.get_columns(table)}


def random_keys(scope: Scope) -> tuple[bool, str]:
    """Keys are 16 random bytes; on SQLite the rows lie in the order of these keys."""
    wrong, seen = [], 0
    for table in ANSWERS + WAITING:
        if not scope.postgresql and not _without_rowid(scope, table):
            wrong.append(f"{table} has a row number")
        keys = [bytes(key) for key in scope.session.scalars(sa.text(f"SELECT id FROM {table}"))]  # noqa: S608
        seen += len(keys)
        firsts = len({key[:1] for key in keys})
        if any(len(key) != _KEY_BYTES for key in keys):
            wrong.append(f"{table} has keys of another length")
        elif len(keys) >= _MANY and firsts < min(len(keys) // 2, 32):
            wrong.append(f"the keys of {table} are not random")
    return not wrong, "; ".join(wrong) or f"{seen} keys of {_KEY_BYTES} random bytes"


def _without_rowid(scope: Scope, table: str) -> bool:
    wanted = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    sql = scope.session.scalar(wanted, {"table": table}) or ""
    return "WITHOUT ROWID" in sql.upper()


def triggers(scope: Scope) -> tuple[bool, str]:
    """Every trigger is there and switched on."""
    if scope.postgresql:
        wanted = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        wanted = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    missing = sorted(TRIGGERS - set(scope.session.scalars(sa.text(wanted))))
    return not missing, f"missing: {', '.join(missing)}" if missing else f"{len(TRIGGERS)} triggers"
