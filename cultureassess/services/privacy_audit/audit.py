"""All checks in the order in which they are printed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cultureassess.services.privacy_audit import addresses, joins, kept, schema, server, tokens
from cultureassess.services.privacy_audit.finding import Check, Finding, Scope

CHECKS: tuple[tuple[str, Check], ...] = (
    ("No key leads from an answer to a link", schema.no_foreign_key),
    ("An answer has the columns that its page names, and no other", schema.known_columns),
    ("Answers have random keys and no order", schema.random_keys),
    ("What a wave froze is guarded by the database", schema.triggers),
    ("Of links, only hashes are stored", tokens.only_hashes),
    ("No column holds a link's secret", tokens.no_plain_secret),
    ("No value of an answer stands on a link", joins.no_shared_value),
    ("What an invitation knows is shared by at least k", joins.no_rare_combination),
    ("No transaction number joins a link to an answer", joins.no_shared_transaction),
    ("Anonymous waves have no personal links", kept.anonymous_mode),
    ("Answers wait for mixing no longer than a day", kept.mixed),
    ("Timings end at the close", kept.no_timings),
    ("Days end at the close", kept.no_days),
    ("Rare languages end at the close", kept.no_rare_language),
    ("Account numbers and marks of sending end at the close", kept.no_bridges),
    ("Invitations know nothing after the close", kept.empty_invitations),
    ("People and their links part at the close", addresses.cut_people),
    ("Mails keep nothing once they are settled", addresses.no_settled_mail),
    ("Addresses stand only where they are needed", addresses.no_address_elsewhere),
    ("Attempts are counted under hashes", addresses.hashed_counts),
    ("What has stayed long enough is gone", kept.retention),
    ("Every release is in the ledger as it was published", kept.ledger),
    ("Nothing is released before the close", kept.no_early_results),
    ("Deleted rows leave no bytes", server.deletion),
    ("The database server logs no statements", server.statements),
)


def audit(session: Session, *, now: dt.datetime, wave_id: int | None = None) -> list[Finding]:
    """Check every promise. A check that fails to run counts as broken.

    Args:
        now: timezone-aware.
        wave_id: inspect one wave's rows only; the schema is inspected anyway.
    """
    scope = Scope(session, now.astimezone(dt.UTC), wave_id)
    return [_run(promise, check, scope) for promise, check in CHECKS]


def _run(promise: str, check: Check, scope: Scope) -> Finding:
    try:
        with scope.session.begin_nested():
            return Finding(promise, *check(scope))
    except SQLAlchemyError as error:
        return Finding(promise, kept=False, evidence=f"it cannot be checked: {type(error).__name__}")
