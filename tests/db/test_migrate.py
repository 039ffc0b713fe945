import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from cultureassess.db import make_engine, migrate
from cultureassess.models import Base


def test_migrations_and_models_describe_the_same_schema(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_and_models_describe_the_same_checks_and_keys(engine):
    from_models = make_engine("sqlite://")
    Base.metadata.create_all(from_models)
    for table in Base.metadata.tables:
        assert checks(engine, table) == checks(from_models, table)
        assert primary_key(engine, table) == primary_key(from_models, table)


def checks(engine: sa.Engine, table: str) -> set[str | None]:
    return {check["name"] for check in sa.inspect(engine).get_check_constraints(table)}


def test_a_second_upgrade_changes_nothing(engine):
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.head()


def test_an_empty_database_has_no_revision(tmp_path):
    assert migrate.current(make_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")) is None


def primary_key(engine: sa.Engine, table: str) -> list[str]:
    return sa.inspect(engine).get_pk_constraint(table)["constrained_columns"]
