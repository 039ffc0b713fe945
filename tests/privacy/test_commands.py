"""The commands: what they print, and how they end."""

import sqlite3

import pytest

from ..cli.conftest import Shell

PROMISES = 27


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    shell = Shell(tmp_path_factory.mktemp("privacy"))
    built = shell.run("demo", "--no-serve", "--no-report", "--json")
    assert built.exit_code == 0, built.output
    return shell


def database(shell):
    return sqlite3.connect(shell.folder / "instance/demo/cultureassess.sqlite3")


def test_the_audit_of_the_demo_passes_line_by_line(demo):
    result = demo.run("audit-privacy", "--demo")
    assert result.exit_code == 0, result.output
    *lines, total = result.output.splitlines()
    assert [line[:4] for line in lines] == ["pass"] * PROMISES
    assert total == f"{PROMISES} of {PROMISES} promises kept."


def test_the_audit_of_a_damaged_demo_fails(demo):
    with database(demo) as connection:
        connection.execute("UPDATE response SET seconds = 300 WHERE wave_id = 1")
    result = demo.run("audit-privacy", "1", "--demo")
    with database(demo) as connection:
        connection.execute("UPDATE response SET seconds = NULL WHERE wave_id = 1")
    assert result.exit_code == 1
    (broken,) = [line for line in result.output.splitlines() if line.startswith("FAIL")]
    assert broken.startswith("FAIL  Timings end at the close: ")
    assert f"{PROMISES - 1} of {PROMISES} promises kept." in result.output


def test_the_audit_of_an_unknown_wave_is_refused(demo):
    result = demo.run("audit-privacy", "99", "--demo")
    assert result.exit_code == 2
    assert "There is no wave 99." in result.output


def test_a_dry_run_says_what_would_go(demo):
    result = demo.run("purge", "--dry-run", "--demo")
    assert result.exit_code == 0
    assert "       0 drafts to delete (kept until 7 days after the close)" in result.output.splitlines()
    assert result.output.splitlines()[-1].endswith(
        " written reports to delete (kept until 30 days after somebody asked for them)"
    )


def test_the_worker_does_what_is_due_once(demo):
    result = demo.run("worker", "--once", "--demo")
    assert result.exit_code == 0, result.output


def test_the_record_of_processing_names_the_waves_own_settings(demo):
    result = demo.run("privacy-record", "1", "--demo")
    assert result.exit_code == 0
    assert result.output.startswith("# Record of processing: Nordlicht Logistics, Culture check ")
    assert "- Customers: Everyone who buys or uses what we offer, or resells it (900 asked)" in result.output
    assert "- Mode: anonymous: open links only." in result.output
    assert "- Drafts: until 7 days after the close" in result.output
