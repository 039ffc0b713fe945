from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from cultureassess.db import make_engine, migrate
from cultureassess.models import Base


def test_migrations_and_models_describe_the_same_schema(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_and_models_describe_the_same_checks(engine):
    inspector = __import__("sqlalchemy").inspect(engine)
    for table in Base.metadata.tables.values():
        expected = {c.name for c in table.constraints if c.__visit_name__ == "check_constraint"}
        assert {c["name"] for c in inspector.get_check_constraints(table.name)} == expected


def test_a_second_upgrade_changes_nothing(engine):
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.head() == "0002"


def test_an_empty_database_has_no_revision(tmp_path):
    assert migrate.current(make_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")) is None
