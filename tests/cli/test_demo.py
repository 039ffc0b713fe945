"""The demo from a script: one command builds everything, and building twice changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cultureassess.db import make_engine, session_factory
from cultureassess.models import Wave
from cultureassess.services.closing import read_snapshot
from cultureassess.snapshot.document import from_json
from cultureassess.snapshot.types import Snapshot
from tests.cli.conftest import Shell

pytestmark = pytest.mark.xdist_group("cli-demo")


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("demo"))
    assert shell.run("demo", "--no-serve").exit_code == 0
    return shell


def links(demo: Shell) -> dict:
    return json.loads(demo.run("demo", "--no-serve", "--json").output)


def test_six_numbered_lines_say_where_to_look(demo):
    lines = demo.run("demo", "--no-serve", "--port", 8123).output.splitlines()
    numbered = [line.strip() for line in lines if line.strip()[:2] in {f"{n}." for n in range(1, 7)}]
    assert [line[:2] for line in numbered] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert numbered[0].endswith("http://localhost:8123/")
    assert numbered[5].endswith("gap-report.pdf")


def test_json_names_the_report_and_all_links(demo):
    found = links(demo)
    assert Path(found["report"]).read_bytes().startswith(b"%PDF-")
    assert {"home", "employee", "customer", "partner", "consultant", "leader", "report"} <= set(found)


def test_building_again_gives_the_same_links(demo):
    assert links(demo) == links(demo)


def stored_snapshot(shell: Shell, wave: int) -> Snapshot:
    engine = make_engine(f"sqlite:///{shell.folder}/instance/demo/cultureassess.sqlite3")
    with session_factory(engine)() as session:
        snapshot = read_snapshot(session, session.get_one(Wave, wave))
    engine.dispose()
    return snapshot


def analysed(shell: Shell, files: Path, wave: Snapshot) -> Snapshot:
    """What `analyse` makes of exported files, told what the wave had frozen."""
    out = files / "out"
    frozen = wave.wave
    invited = [word for name, n in frozen.invited.items() for word in ("--invited", f"{name}={n}")]
    words = ["--organisation", frozen.organisation, "--label", frozen.label, "--chosen", frozen.chosen]
    words += ["--date", frozen.date, "--out", out, "--no-report", *invited]
    result = shell.run("analyse", files / "inside.csv", files / "customers.csv", *words)
    assert result.exit_code == 0, result.output
    return from_json((out / "snapshot.json").read_bytes())


def test_database_and_exported_files_give_the_same_snapshot(demo, tmp_path):
    """The open wave: export its answers, close it, and compare what `analyse` makes of the files."""
    wave = links(demo)["this_wave"]
    assert demo.run("export", wave, "--demo", "--out", tmp_path / "open").exit_code == 0
    assert demo.run("close", wave, "--demo").exit_code == 0
    stored = stored_snapshot(demo, wave)
    found = analysed(demo, tmp_path / "open", stored)
    assert (found.indices, found.pairs, found.headline) == (stored.indices, stored.pairs, stored.headline)


def test_a_closed_wave_exported_gives_the_same_snapshot_to_the_last_field(demo, tmp_path):
    """After the close the timings are gone; the flag that is kept gives the same exclusions."""
    assert demo.run("export", 1, "--demo", "--out", tmp_path).exit_code == 0
    stored = stored_snapshot(demo, 1)
    assert sum(side.excluded for side in stored.careless) > 0
    assert analysed(demo, tmp_path, stored) == stored


def test_a_closed_wave_cannot_be_closed_again(demo):
    result = demo.run("close", 1, "--demo")
    assert result.exit_code == 2
    assert "is not open" in result.output


def test_an_unknown_wave_is_answered_with_those_that_exist(demo):
    result = demo.run("close", 99, "--demo")
    assert result.exit_code == 2
    assert "There is no wave 99." in result.output
    assert "Nordlicht" in result.output
