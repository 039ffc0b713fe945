"""init, doctor, backup, restore and upgrade as an operator types them."""

from __future__ import annotations

import re
import stat

import pytest

from cultureassess.cli import COMMANDS
from cultureassess.db import make_engine, migrate, transaction
from cultureassess.services.operations import health, inspection
from cultureassess.services.operations.inspection import Verdict
from tests import scene
from tests.cli.conftest import Shell
from tests.mail.smtp import mail_server

from .conftest import NOW, fill
from .content import content

LINK = re.compile(r"http://localhost:8000/account/invitation/[\w-]{43}")


@pytest.fixture
def shell(tmp_path, migrated_sqlite):
    found = Shell(tmp_path)
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    (folder / "cultureassess.sqlite3").write_bytes(migrated_sqlite.read_bytes())
    (folder / "cultureassess.sqlite3").chmod(0o600)
    (folder / "secret_key").write_text(scene.SECRET_KEY)
    (folder / "secret_key").chmod(0o600)
    return found


@pytest.fixture
def full(shell):
    engine = make_engine(f"sqlite:///{shell.folder / 'instance' / 'cultureassess.sqlite3'}")
    fill(engine)
    yield engine
    engine.dispose()


def lines(result) -> dict[str, str]:
    """What was looked at -> the verdict."""
    return {line[6:].split(":")[0]: line[:5].strip() for line in result.output.splitlines()}


def test_init_makes_everything_and_prints_the_link_for_the_first_administrator(tmp_path):
    shell = Shell(tmp_path)
    result = shell.run("init")
    assert result.exit_code == 0
    assert LINK.search(result.stdout)
    files = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in shell.files()}
    assert files == {
        "instance/cultureassess.sqlite3": 0o600,
        "instance/secret_key": 0o600,
        "instance/settings.toml": 0o600,
    }


def test_init_again_changes_nothing_but_the_link(shell):
    (shell.folder / "instance" / "settings.toml").write_text('contact = "me"\n')
    assert "settings.toml\n" in shell.run("init").stdout
    assert (shell.folder / "instance" / "settings.toml").read_text() == 'contact = "me"\n'


def test_the_settings_that_init_writes_say_what_is_so_without_them(tmp_path):
    from cultureassess import config
    from cultureassess.cli.init import _write_settings

    before = config.load({"INSTANCE": str(tmp_path)})
    assert _write_settings(tmp_path / "settings.toml")
    text = (tmp_path / "settings.toml").read_text()
    chosen = re.sub(r"^# (\w+ = )(?!\"\"$)", r"\1", text, flags=re.MULTILINE)
    assert chosen != text
    (tmp_path / "settings.toml").write_text(chosen)
    assert config.load({"INSTANCE": str(tmp_path)}) == before


def test_doctor_says_one_line_of_everything(shell):
    result = shell.run("doctor")
    assert result.exit_code == 0, result.output
    found = lines(result)
    assert list(found) == ["settings", *(what for what, _ in inspection.LOOKS)]
    assert (found["database"], found["worker"], found["mail server"]) == ("ok", "warn", "warn")


@pytest.mark.parametrize(
    ("trouble", "what"),
    [
        ("UPDATE alembic_version SET version_num = '0009'", "database"),
        ("UPDATE alembic_version SET version_num = '9999'", "database"),
        ("UPDATE alembic_version SET version_num = 'restoring'", "database"),
    ],
)
def test_doctor_fails_for_another_schema(shell, trouble, what):
    engine = make_engine(f"sqlite:///{shell.folder / 'instance' / 'cultureassess.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql(trouble)
    engine.dispose()
    result = shell.run("doctor")
    assert (result.exit_code, lines(result)[what]) == (1, "FAIL")


def test_doctor_sees_a_worker(shell):
    assert shell.run("worker", "--once").exit_code == 0
    assert lines(shell.run("doctor"))["worker"] == "ok"


def test_doctor_fails_where_others_may_read_the_secret(shell):
    (shell.folder / "instance" / "secret_key").chmod(0o644)
    result = shell.run("doctor")
    assert (result.exit_code, lines(result)["instance folder"]) == (1, "FAIL")


def test_doctor_fails_for_a_damaged_file(shell, full):
    full.dispose()
    path = shell.folder / "instance" / "cultureassess.sqlite3"
    for log in path.parent.glob("*-wal"):
        log.unlink()
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 60_000)
    result = shell.run("doctor")
    assert (result.exit_code, lines(result)["database"]) == (1, "FAIL")


def test_doctor_fails_where_nothing_answers_for_the_mail_server(shell):
    shell.environment |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "9", "SMTP_FROM": "a@b.example"}
    result = shell.run("doctor")
    assert (result.exit_code, lines(result)["mail server"]) == (1, "FAIL")


def test_doctor_sends_a_test_mail(shell):
    with mail_server() as (post, port):
        shell.environment |= {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_SECURITY": "none",
            "SMTP_FROM": "survey@nordlicht.example",
        }
        result = shell.run("doctor", "--mail", "ops@nordlicht.example")
    assert (result.exit_code, lines(result)["test mail"]) == (0, "ok")
    assert len(post.taken) == 1


def test_doctor_without_a_mail_server_cannot_send(shell):
    result = shell.run("doctor", "--mail", "ops@nordlicht.example")
    assert (result.exit_code, result.stderr) == (
        2,
        "There is no mail server: set SMTP_HOST and SMTP_FROM.\n",
    )


def test_doctor_never_quotes_the_password_of_the_database(shell):
    shell.environment["DATABASE_URL"] = "postgresql://somebody:verysecret@127.0.0.1:9/nothing"
    result = shell.run("doctor")
    assert (result.exit_code, lines(result)["database"]) == (1, "FAIL")
    assert "verysecret" not in result.output


def test_backup_check_and_restore_on_another_machine(shell, full, tmp_path):
    file = tmp_path / "b.tar.gz"
    (shell.folder / "instance" / "settings.toml").write_text('contact = "quo\\"te"\nsmtp_per_day = 7\n')
    assert shell.run("backup", file).exit_code == 0
    assert "is whole and can be restored" in shell.run("backup", "--check", file).stdout
    other = Shell(tmp_path / "other")
    result = other.run("restore", file)
    assert result.exit_code == 0, result.output
    assert "1 mail waited then; it is kept" in result.stdout
    assert other.files() >= {"instance/secret_key", "instance/settings.toml"}
    assert (tmp_path / "other/instance/secret_key").read_text() == scene.SECRET_KEY
    assert (tmp_path / "other/instance/settings.toml").read_text() == (
        'contact = "quo\\"te"\nsmtp_per_day = 7\n'
    )
    restored = make_engine(f"sqlite:///{tmp_path / 'other/instance/cultureassess.sqlite3'}")
    without = ("heartbeat", "mail")
    assert content(restored, without=without) == content(full, without=without)
    restored.dispose()


def test_restore_overwrites_only_by_force(shell, full, tmp_path):
    shell.run("backup", tmp_path / "b")
    result = shell.run("restore", tmp_path / "b")
    assert (result.exit_code, "There is a database already" in result.stderr) == (1, True)
    full.dispose()
    assert shell.run("restore", "--force", "--send-mail", tmp_path / "b").exit_code == 0


def test_restore_refuses_another_secret_key(shell, full, tmp_path):
    shell.run("backup", tmp_path / "b")
    other = Shell(tmp_path / "other")
    other.environment["SECRET_KEY"] = "another secret key, long enough to be taken"
    result = other.run("restore", tmp_path / "b")
    assert (result.exit_code, "another secret key than the backup's" in result.stderr) == (2, True)


def test_upgrade_backs_up_migrates_and_checks(tmp_path):
    shell = Shell(tmp_path)
    (tmp_path / "instance").mkdir()
    engine = make_engine(f"sqlite:///{tmp_path / 'instance' / 'cultureassess.sqlite3'}")
    migrate.upgrade(engine, "0008")
    engine.dispose()
    result = shell.run("upgrade")
    assert result.exit_code == 0, result.output
    assert f"The database is at revision {migrate.head()}, from 0008." in result.stdout
    (made,) = (tmp_path / "instance" / "backups").glob("*-before-0008-to-*.tar.gz")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert "revision 0008" in shell.run("backup", "--check", made).stdout
    assert shell.run("upgrade").stdout == f"The database is at revision {migrate.head()}.\n"


def test_starting_on_an_older_database_backs_it_up_first(tmp_path):
    shell = Shell(tmp_path)
    (tmp_path / "instance").mkdir()
    engine = make_engine(f"sqlite:///{tmp_path / 'instance' / 'cultureassess.sqlite3'}")
    migrate.upgrade(engine, "0008")
    engine.dispose()
    assert "Before it was migrated it went to" in shell.run("worker", "--once").stdout


@pytest.mark.parametrize("command", [["upgrade"], ["worker", "--once"], ["admin", "create"]])
def test_a_database_of_a_newer_version_is_refused_with_the_reason(shell, command):
    engine = make_engine(f"sqlite:///{shell.folder / 'instance' / 'cultureassess.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    result = shell.run(*command)
    assert result.exit_code == 1
    assert result.stderr.startswith("The database has revision 9999, and the newest that this version knows")


def test_only_three_backups_of_upgrades_stay(tmp_path, settings):
    import datetime as dt

    from cultureassess.services.operations import upgrade

    engine = make_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    migrate.upgrade(engine, "0002")
    for day in range(5):
        upgrade._before(engine, settings, "0002", NOW + dt.timedelta(days=day))
    engine.dispose()
    kept = sorted(path.name[:8] for path in (settings.instance / "backups").iterdir())
    assert kept == ["20261007", "20261008", "20261009"]


def test_a_clock_of_last_century_fails(sqlite, settings):
    found = inspection.time(sqlite, settings, NOW.replace(year=1999))
    assert found == (Verdict.FAIL, "the clock says 1999-10-05")


def test_the_engine_is_named_with_its_version(engine, settings):
    verdict, said = inspection.library(engine, settings, NOW)
    assert (verdict, said.split()[0]) in ((Verdict.OK, "SQLite"), (Verdict.OK, "PostgreSQL"))


def test_the_worker_is_seen(engine, settings):
    with transaction(engine) as session:
        health.beat(session, health.WORKER, now=NOW)
    assert inspection.worker(engine, settings, NOW)[0] is Verdict.OK
    with transaction(engine) as session:
        health.leave(session, health.WORKER, at=NOW)
    assert inspection.worker(engine, settings, NOW)[0] is Verdict.WARN


def test_every_command_has_help(shell):
    for name in COMMANDS:
        assert shell.run(name, "--help").exit_code == 0
