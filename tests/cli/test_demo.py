"""The demo from a script: one command builds everything, and building twice changes nothing."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pypdf
import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from cultureassess.db import make_engine, session_factory
from cultureassess.models import OpenLink, Wave
from cultureassess.services.closing import read_snapshot
from cultureassess.snapshot.document import from_json
from cultureassess.snapshot.types import Snapshot
from tests.cli.conftest import Shell
from tests.web import showcase


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Shell:
    """The demo as the command built it once for this test run, its report included."""
    shell = Shell(tmp_path_factory.mktemp("demo"))
    showcase.copy_built(shell.folder / "instance" / "demo")
    return shell


def links(demo: Shell) -> dict:
    return json.loads(demo.run("demo", "--no-serve", "--no-report", "--json").output)


@pytest.fixture(scope="module")
def report(demo: Shell) -> Path:
    return Path(json.loads(demo.run("demo", "--no-serve", "--json").output)["report"])


def test_six_numbered_lines_say_where_to_look(demo, report):
    lines = demo.run("demo", "--no-serve", "--port", 8123).output.splitlines()
    numbered = [line.strip() for line in lines if line.strip()[:2] in {f"{n}." for n in range(1, 7)}]
    assert [line[:2] for line in numbered] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert numbered[0].endswith("http://localhost:8123/")
    assert numbered[5].endswith("gap-report.pdf")
    years = links(demo)["answer_year"], links(demo)["results_year"]
    assert [line.split("  ")[0] for line in numbered[1:3]] == [
        f"2. Answer as an employee, {years[0]}",
        f"3. Answer as a customer, {years[0]}",
    ]
    assert years[1] < years[0]
    assert numbered[3].endswith("/demo/consultant")
    assert f"Read as the leader, {years[1]}" in numbered[4]
    assert numbered[4].endswith("/demo/leader")
    assert "Vary your answers" in lines[-1]


def test_json_names_the_report_and_all_links(demo, report):
    found = json.loads(demo.run("demo", "--no-serve", "--json").output)
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
    words += ["--fingerprint-key", shell.folder / "instance" / "demo" / "secret_key"]
    result = shell.run("analyse", files / "inside.csv", files / "customers.csv", *words)
    assert result.exit_code == 0, result.output
    return from_json((out / "snapshot.json").read_bytes())


def test_database_and_exported_files_give_the_same_snapshot(demo, tmp_path):
    """The open wave: export its answers, close it, and compare what `analyse` makes of the files.

    The files of an open wave do not tell yet whose answers will count as late.
    """
    wave = links(demo)["this_wave"]
    assert demo.run("export", wave, "--demo", "--out", tmp_path / "open").exit_code == 0
    assert demo.run("close", wave, "--demo").exit_code == 0
    stored = stored_snapshot(demo, wave)
    found = analysed(demo, tmp_path / "open", stored)
    assert stored.late != ()
    assert replace(found, late=(), fingerprint="") == replace(stored, late=(), fingerprint="")


def test_once_the_wave_is_closed_the_lines_lead_to_its_results_and_tell_how_to_start_anew(demo):
    found = links(demo)
    assert demo.run("close", found["this_wave"], "--demo").exit_code in (0, 2)
    lines = demo.run("demo", "--no-serve", "--no-report").output.splitlines()
    numbered = [line.strip() for line in lines if line.strip()[:2] in {f"{n}." for n in range(1, 7)}]
    year = found["answer_year"]
    assert numbered[1].split() == [
        *f"2. Answer as an employee, {year}".split(),
        *["closed;", "start", "anew", "with", "cultureassess", "demo", "--fresh"],
    ]
    assert f"Read as the consultant, {year}" in numbered[4]
    assert numbered[4].endswith(f"/results/{found['this_wave']}")
    assert f"The gap report, {year}" in numbered[5]


def test_the_demo_can_be_shown_after_its_open_links_are_gone(tmp_path):
    shell = Shell(tmp_path)
    wave = json.loads(shell.run("demo", "--no-serve", "--no-report", "--json").output)["this_wave"]
    assert shell.run("close", wave, "--demo").exit_code == 0
    engine = make_engine(f"sqlite:///{tmp_path}/instance/demo/cultureassess.sqlite3")
    with session_factory(engine)() as session:
        session.execute(sa.delete(OpenLink))
        session.commit()
    engine.dispose()
    result = shell.run("demo", "--no-serve", "--no-report", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["employee"] is None


def test_a_fresh_demo_forgets_what_happened_in_the_old_one(tmp_path):
    shell = Shell(tmp_path)
    before = json.loads(shell.run("demo", "--no-serve", "--no-report", "--json").output)
    assert shell.run("close", before["this_wave"], "--demo").exit_code == 0
    after = json.loads(shell.run("demo", "--fresh", "--no-serve", "--no-report", "--json").output)
    assert after["results_year"] == before["results_year"]
    assert after["employee"] is not None
    assert after["employee"] != before["employee"]


def test_only_the_owner_may_read_the_demos_answers(demo, tmp_path):
    folder = demo.folder / "instance" / "demo"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("*.sqlite3*")} == {0o600}
    assert demo.run("export", 1, "--demo", "--out", tmp_path / "out").exit_code == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {0o600}


@pytest.mark.parametrize("setting", ["DATABASE_URL", "DATABASE_URL_FILE"])
def test_the_demo_never_touches_the_real_database(tmp_path, setting):
    real = tmp_path / "real.sqlite3"
    url = f"sqlite:///{real}"
    (tmp_path / "url").write_text(url)
    shell = Shell(tmp_path)
    shell.environment[setting] = url if setting == "DATABASE_URL" else str(tmp_path / "url")
    shell.environment |= {"SECRET_KEY_FILE": str(tmp_path / "none"), "SMTP_HOST": "mail.example.org"}
    result = shell.run("demo", "--no-serve", "--no-report")
    assert result.exit_code == 0, result.output
    assert not real.exists()
    assert (tmp_path / "instance" / "demo" / "cultureassess.sqlite3").exists()


@pytest.mark.parametrize("command", ["close", "export"])
def test_a_number_that_no_wave_can_have_is_refused(demo, tmp_path, command):
    more = ["--out", tmp_path] if command == "export" else []
    result = demo.run(command, "9" * 26, "--demo", *more)
    assert result.exit_code == 2
    assert "is not in the range" in result.output


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


def test_the_report_is_that_of_the_results_page_and_its_first_page_ends_with_the_decision(tmp_path):
    app = showcase.make(tmp_path)
    written = (tmp_path / "gap-report.pdf").read_bytes()
    assert app.test_client().get("/results/1/gap-report.pdf").data == written
    app.extensions["engine"].dispose()
    first = " ".join(pypdf.PdfReader(io.BytesIO(written)).pages[0].extract_text().split())
    assert "Decide who owns" in first
