"""What the database keeps beyond the rows: deleted bytes, a log of statements (RELIABILITY R4, R10)."""

from __future__ import annotations

import sqlalchemy as sa

from cultureassess.services.privacy_audit.finding import Scope


def deletion(scope: Scope) -> tuple[bool, str]:
    """SQLite zeroes what is deleted. PostgreSQL does so when it vacuums, which must not be off."""
    if scope.postgresql:
        vacuum = scope.session.scalar(sa.text("SHOW autovacuum"))
        return vacuum == "on", f"autovacuum is {vacuum}; deletions are followed by VACUUM FULL"
    secure = scope.session.scalar(sa.text("PRAGMA secure_delete"))
    return secure == 1, f"secure_delete is {secure}"


def statements(scope: Scope) -> tuple[bool, str]:
    """A log of statements would hold every answer with its time."""
    if not scope.postgresql:
        return True, "SQLite has no log of statements"
    kind = scope.session.scalar(sa.text("SHOW log_statement"))
    slow = scope.session.scalar(sa.text("SHOW log_min_duration_statement"))
    values = scope.session.scalar(sa.text("SHOW log_parameter_max_length"))
    quiet = kind in ("none", "ddl") and (slow == "-1" or values == "0")
    evidence = (
        f"log_statement is {kind}, log_min_duration_statement {slow}, log_parameter_max_length {values}"
    )
    return quiet, evidence
