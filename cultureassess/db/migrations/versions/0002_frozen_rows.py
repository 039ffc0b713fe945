"""Triggers: what a wave froze stays frozen, a snapshot never changes, stored answers have their length."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FROZEN = (
    "assessment_id",
    "opens_on",
    "period",
    "chosen",
    "anonymity",
    "k",
    "k_comments",
    "k_distribution",
    "accounts",
    "business",
    "management_roles",
    "segments",
    "segment_options",
    "left_out",
    "rated_items",
    "outcome_items",
)
RANK = "CASE {}.state WHEN 'draft' THEN 1 WHEN 'open' THEN 2 WHEN 'closed' THEN 3 ELSE 4 END"
BACKWARD = f"{RANK.format('NEW')} < {RANK.format('OLD')}"
ANY_INVITATION = "EXISTS (SELECT 1 FROM invitation WHERE invitation.wave_id = OLD.id)"
NOT_DRAFT = "(SELECT state FROM wave WHERE wave.id = {}.wave_id) <> 'draft'"
WRONG_LENGTH = (
    "EXISTS (SELECT 1 FROM wave WHERE wave.id = NEW.wave_id AND"
    " (length(NEW.answers) <> wave.rated_items OR length(NEW.outcomes) <> 3 * wave.outcome_items))"
)


def upgrade() -> None:
    changed = " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in FROZEN)
    refuse("wave_frozen", "UPDATE", "wave", f"OLD.state <> 'draft' AND ({changed})", "an open wave is frozen")
    refuse("wave_forward", "UPDATE", "wave", BACKWARD, "a wave never goes back")
    mode = f"OLD.anonymity {{differs}} NEW.anonymity AND {ANY_INVITATION}"
    refuse("wave_anonymity", "UPDATE", "wave", mode, "the anonymity mode is fixed by the first invitation")
    moved = "(OLD.definition {differs} NEW.definition OR OLD.audience {differs} NEW.audience)"
    definition = f"{moved} AND {NOT_DRAFT.format('OLD')}"
    refuse("audience_frozen", "UPDATE", "wave_audience", definition, "an open wave's audiences are frozen")
    refuse(
        "audience_added",
        "INSERT",
        "wave_audience",
        NOT_DRAFT.format("NEW"),
        "an open wave's audiences are frozen",
    )
    refuse(
        "audience_removed",
        "DELETE",
        "wave_audience",
        NOT_DRAFT.format("OLD"),
        "an open wave's audiences are frozen",
    )
    refuse("snapshot_immutable", "UPDATE", "snapshot", "1 = 1", "a snapshot never changes")
    for table in ("intake", "response"):
        refuse(
            f"{table}_length", "INSERT", table, WRONG_LENGTH, "answers have another length than the wave's"
        )


def refuse(name: str, event: str, table: str, condition: str, message: str) -> None:
    """Make the database refuse an event on a row while the condition holds, on either engine."""
    if op.get_bind().dialect.name == "postgresql":
        _refuse_postgresql(name, event, table, condition.format(differs="IS DISTINCT FROM"), message)
    else:
        _refuse_sqlite(name, event, table, condition.format(differs="IS NOT"), message)


def _refuse_sqlite(name: str, event: str, table: str, condition: str, message: str) -> None:
    quoted = message.replace("'", "''")
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{quoted}'); END"
    )


def _refuse_postgresql(name: str, event: str, table: str, condition: str, message: str) -> None:
    quoted = message.replace("'", "''")
    row = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF ({condition}) THEN RAISE EXCEPTION '{quoted}' USING ERRCODE = 'restrict_violation'; END IF; "
        f"RETURN {row}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
