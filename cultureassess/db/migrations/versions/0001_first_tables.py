"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def text_enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)


def audience(*, nullable: bool = False) -> sa.Column[Any]:
    kind = text_enum("audience", "management", "staff", "customer", "partner")
    return sa.Column("audience", kind, nullable=nullable)


def wave_id(table: str) -> sa.Column[Any]:
    key = sa.ForeignKey("wave.id", name=f"fk_{table}_wave_id_wave", ondelete="CASCADE")
    return sa.Column("wave_id", sa.Integer(), key, nullable=False)


def identity(table: str) -> tuple[sa.Column[Any], sa.Constraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def random_key(table: str) -> tuple[sa.Column[Any], sa.Column[Any], sa.Constraint]:
    key = sa.PrimaryKeyConstraint("wave_id", "id", name=f"pk_{table}")
    return wave_id(table), sa.Column("id", sa.LargeBinary(16), nullable=False), key


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    clients()
    wave()
    wave_audience()
    links()
    for table in ("intake", "response"):
        answers(table)
    for table in ("intake_comment", "comment"):
        comments(table)
    drafts()
    snapshot()


def clients() -> None:
    op.create_table(
        "organisation",
        *identity("organisation"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        check("organisation", "name_given", "length(trim(name)) > 0"),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    key = sa.ForeignKey(
        "organisation.id", name="fk_assessment_organisation_id_organisation", ondelete="CASCADE"
    )
    op.create_table(
        "assessment",
        *identity("assessment"),
        sa.Column("organisation_id", sa.Integer(), key, nullable=False),
        sa.Column("instrument", sa.String(64), nullable=False),
    )
    index("assessment", "organisation_id")


def wave() -> None:
    key = sa.ForeignKey("assessment.id", name="fk_wave_assessment_id_assessment", ondelete="CASCADE")
    op.create_table(
        "wave",
        *identity("wave"),
        sa.Column("assessment_id", sa.Integer(), key, nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("state", text_enum("state", "draft", "open", "closed", "reported"), nullable=False),
        sa.Column("opens_on", sa.Date()),
        sa.Column("closes_on", sa.Date()),
        sa.Column("period", sa.String(200), nullable=False),
        sa.Column("chosen", text_enum("chosen", "all", "random", "picked", "open"), nullable=False),
        sa.Column("anonymity", text_enum("anonymity", "anonymous", "confidential"), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("k_comments", sa.Integer(), nullable=False),
        sa.Column("k_distribution", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Boolean(), nullable=False),
        sa.Column("business", sa.Boolean(), nullable=False),
        sa.Column("management_roles", sa.Text(), nullable=False),
        sa.Column("segments", sa.Text(), nullable=False),
        sa.Column("segment_options", sa.Text(), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("rated_items", sa.Integer(), nullable=False),
        sa.Column("outcome_items", sa.Integer(), nullable=False),
        check("wave", "k_at_least_5", "k >= 5"),
        check("wave", "k_comments_at_least_10", "k_comments >= 10"),
        check("wave", "k_distribution_at_least_10", "k_distribution >= 10"),
        check("wave", "dates_in_order", "closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on"),
        check("wave", "accounts_are_confidential", "NOT accounts OR anonymity = 'confidential'"),
        check("wave", "rated_items_plausible", "rated_items BETWEEN 1 AND 500"),
        check("wave", "outcome_items_plausible", "outcome_items BETWEEN 0 AND 50"),
    )
    index("wave", "assessment_id")


def wave_audience() -> None:
    op.create_table(
        "wave_audience",
        wave_id("wave_audience"),
        audience(),
        sa.Column("definition", sa.String(1000), nullable=False),
        sa.Column("population", sa.Integer()),
        sa.Column("invited", sa.Integer()),
        check("wave_audience", "population_not_negative", "population >= 0"),
        check("wave_audience", "invited_not_negative", "invited >= 0"),
        sa.PrimaryKeyConstraint("wave_id", "audience", name=op.f("pk_wave_audience")),
    )


def links() -> None:
    op.create_table(
        "open_link",
        *identity("open_link"),
        wave_id("open_link"),
        sa.Column("side", text_enum("side", "inside", "outside"), nullable=False),
        audience(nullable=True),
        sa.Column("seed", sa.LargeBinary(16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        check("open_link", "outside_names_audience", "(side = 'outside') = (audience IS NOT NULL)"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_open_link_token_hash")),
    )
    op.create_table(
        "invitation",
        *identity("invitation"),
        wave_id("invitation"),
        audience(),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(100)),
        sa.Column("account", sa.String(64)),
        sa.Column("segments", sa.Text(), nullable=False),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    index("open_link", "wave_id")
    index("invitation", "wave_id")


def answers(table: str) -> None:
    op.create_table(
        table,
        *random_key(table),
        audience(),
        sa.Column("answers", sa.String(500), nullable=False),
        sa.Column("outcomes", sa.String(150), nullable=False),
        sa.Column("role", sa.String(100)),
        *(sa.Column(f"segment_{place}", sa.String(100)) for place in (1, 2, 3, 4)),
        sa.Column("account", sa.String(64)),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("late", sa.Boolean()),
        sa.Column("seconds", sa.Integer()),
        check(table, "answers_alphabet", "ltrim(answers, '0123456789D') = ''"),
        check(table, "outcomes_alphabet", "ltrim(outcomes, '0123456789-') = ''"),
        check(table, "answers_length", "length(answers) BETWEEN 1 AND 500"),
        check(table, "outcomes_length", "length(outcomes) % 3 = 0"),
        check(table, "seconds_plausible", "seconds BETWEEN 0 AND 86400"),
        sqlite_with_rowid=False,
    )


def comments(table: str) -> None:
    op.create_table(
        table,
        *random_key(table),
        audience(),
        sa.Column("question", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        check(table, "text_length", "length(text) BETWEEN 1 AND 4000"),
        sqlite_with_rowid=False,
    )


def drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("key_hash", sa.LargeBinary(32), nullable=False),
        wave_id("draft"),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_draft")),
        sqlite_with_rowid=False,
    )
    index("draft", "wave_id")
    index("draft", "updated_on")
    op.create_table(
        "submission",
        wave_id("submission"),
        sa.Column("secret_hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", "secret_hash", name=op.f("pk_submission")),
        sqlite_with_rowid=False,
    )


def snapshot() -> None:
    op.create_table(
        "snapshot",
        wave_id("snapshot"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        check("snapshot", "version_from_1", "version >= 1"),
        sa.PrimaryKeyConstraint("wave_id", "version", name=op.f("pk_snapshot")),
    )
