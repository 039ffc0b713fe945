"""The demo from a script: one command builds everything, and building twice changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cultureassess.snapshot.document import from_json
from tests.cli.conftest import Shell


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("demo"))
    assert shell.run("demo", "--no-serve").exit_code == 0
    return shell


def test_six_numbered_lines_say_where_to_look(demo):
    lines = demo.run("demo", "--no-serve", "--port", 8123).output.splitlines()
    numbered = [line.strip() for line in lines if line.strip()[:2] in {f"{n}." for n in range(1, 7)}]
    assert [line[:2] for line in numbered] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert numbered[0].endswith("http://localhost:8123/")
    assert numbered[5].endswith("gap-report.pdf")


def test_json_names_the_report_and_all_links(demo):
    found = json.loads(demo.run("demo", "--no-serve", "--json").output)
    assert Path(found["report"]).read_bytes().startswith(b"%PDF-")
    assert {"home", "employee", "customer", "partner", "consultant", "leader", "report"} <= set(found)


def test_building_again_gives_the_same_links(demo):
    assert demo.run("demo", "--no-serve", "--json").output == demo.run("demo", "--no-serve", "--json").output


def test_database_and_exported_files_give_the_same_snapshot(demo, tmp_path):
    """The open wave: export its answers, close it, and compare what `analyse` makes of the files."""
    found = json.loads(demo.run("demo", "--no-serve", "--json").output)
    exported = demo.run("export", found["this_wave"], "--demo", "--out", tmp_path / "csv")
    assert exported.exit_code == 0, exported.output
    closed = demo.run("close", found["this_wave"], "--demo")
    assert closed.exit_code == 0, closed.output

    stored = stored_snapshot(demo, found["this_wave"])
    invited = [word for name, n in stored.wave.invited.items() for word in ("--invited", f"{name}={n}")]
    analysed = demo.run(
        "analyse", tmp_path / "csv" / "inside.csv", tmp_path / "csv" / "customers.csv",
        "--organisation", stored.wave.organisation, "--label", stored.wave.label, "--chosen", stored.wave.chosen,
        "--date", stored.wave.date, "--out", tmp_path / "out", *invited,
    )  # fmt: skip
    assert analysed.exit_code == 0, analysed.output
    assert from_json((tmp_path / "out" / "snapshot.json").read_bytes()) == stored


def stored_snapshot(shell: Shell, wave: int):
    from cultureassess.db import make_engine, session_factory
    from cultureassess.models import Wave
    from cultureassess.services.closing import read_snapshot

    engine = make_engine(f"sqlite:///{shell.folder}/instance/demo/cultureassess.sqlite3")
    with session_factory(engine)() as session:
        snapshot = read_snapshot(session, session.get_one(Wave, wave))
    engine.dispose()
    return snapshot


def test_a_closed_wave_cannot_be_closed_again(demo):
    result = demo.run("close", 1, "--demo")
    assert result.exit_code == 2
    assert "is not open" in result.output


def test_an_unknown_wave_is_answered_with_those_that_exist(demo):
    result = demo.run("close", 99, "--demo")
    assert result.exit_code == 2
    assert "There is no wave 99." in result.output
    assert "Nordlicht" in result.output
