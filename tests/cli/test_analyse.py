"""``cultureassess analyse``: what it writes, and what it refuses without writing anything."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from msgspec.structs import replace

from cultureassess.snapshot.document import from_json
from tests.cli import analysed
from tests.cli.conftest import REFERENCE, Shell

EXPECTED = json.loads((REFERENCE / "c17_demo_full.expected.json").read_text())


def leaves(tree: object, path: str = "") -> dict[str, object]:
    """Every value of a nested document by its path."""
    if isinstance(tree, dict):
        return {k: v for name, sub in tree.items() for k, v in leaves(sub, f"{path}/{name}").items()}
    if isinstance(tree, list):
        return {k: v for place, sub in enumerate(tree) for k, v in leaves(sub, f"{path}/{place}").items()}
    return {path: tree}


def analyse(shell: Shell, inside: Path, customers: Path, *more: object) -> object:
    out = shell.folder / "out"
    return shell.run("analyse", inside, customers, "--organisation", "Acme GmbH", "--out", out, *more)


def test_snapshot_and_report_are_written_and_named():
    shell = Shell(analysed.folder())
    assert shell.files() == {"out/snapshot.json", "out/gap-report.pdf", "instance/secret_key"}
    assert (shell.folder / "out" / "gap-report.pdf").read_bytes().startswith(b"%PDF-")
    wave = from_json((shell.folder / "out" / "snapshot.json").read_bytes()).wave
    assert (wave.organisation, wave.label, wave.date) == ("Acme", "Spring 2026", "2026-05-29")
    assert (wave.chosen, wave.invited) == ("picked", {"management": 20, "staff": 40, "customer": 120})


def test_the_same_files_give_the_same_bytes(shell, inside, customers):
    """Of the snapshot; that a snapshot gives the same report is what ``verify`` does."""
    written = []
    for _ in range(2):
        analyse(shell, inside, customers, "--date", "2026-11-20", "--no-report")
        written.append((shell.folder / "out" / "snapshot.json").read_bytes())
    assert written[0] == written[1]


def test_statistics_before_disclosure_are_the_592_reference_values(shell, inside, customers):
    path = shell.folder / "statistics.json"
    analyse(shell, inside, customers, "--statistics", path, "--no-report")
    expected, found = leaves(EXPECTED["expected"]), leaves(json.loads(path.read_text()))
    assert len(expected) == 592
    numbers = {path: value for path, value in expected.items() if not isinstance(value, str)}
    assert {path: found.get(path) for path in expected.keys() - numbers} == {
        path: expected[path] for path in expected.keys() - numbers
    }
    assert {path: found.get(path) for path in numbers} == pytest.approx(
        numbers, rel=EXPECTED["tolerance"]["default_relative"]
    )
    assert found.keys() == expected.keys()


def test_an_instrument_file_may_be_named(shell, inside, customers):
    result = analyse(shell, inside, customers, "--instrument", shell.folder / "missing.toml")
    assert (result.exit_code, shell.files()) == (2, set())
    assert "missing.toml" in result.output


def test_an_unknown_instrument_is_refused_with_the_known_ones(shell, inside, customers):
    result = analyse(shell, inside, customers, "--instrument", "pulse")
    assert result.exit_code == 2
    assert "customer_culture_v1" in result.output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("board=5", "'board' is no audience"),
        ("customer=many", "'many' is not a number of people"),
        ("customer=-1", "is not a number of people"),
        ("customer=10", "the file has 42 answers"),
    ],
)
def test_a_wrong_number_of_people_asked_is_refused(shell, inside, customers, given, said):
    result = analyse(shell, inside, customers, "--invited", given)
    assert (result.exit_code, shell.files()) == (2, set())
    assert said in result.output


def test_an_answer_off_the_scale_names_file_line_column_and_remedy(shell, inside, customers):
    broken = shell.folder / "broken.csv"
    lines = inside.read_text().splitlines()
    cells = lines[2].split(",")
    cells[lines[0].split(",").index("RG1")] = "6"
    broken.write_text("\n".join([*lines[:2], ",".join(cells), *lines[3:]]))
    result = analyse(shell, broken, customers)
    assert (result.exit_code, shell.files()) == (2, {"broken.csv"})
    assert "broken.csv, line 3, column RG1" in result.output


def test_a_folder_that_cannot_be_written_is_named(shell, inside, customers):
    (shell.folder / "out").write_text("a file")
    result = analyse(shell, inside, customers, "--no-report")
    assert result.exit_code != 0
    assert "out" in result.output


def test_tipping_and_rates_need_the_number_asked(shell, inside, customers):
    analyse(shell, inside, customers, "--chosen", "picked", "--invited", "customer=150", "--no-report")
    snapshot = from_json((shell.folder / "out" / "snapshot.json").read_bytes())
    rates = {c.audience: c.rate for c in snapshot.coverage}
    assert rates["customer"] == pytest.approx(100 * 42 / 150)
    assert rates["management"] is None
    assert snapshot.headline.tipping.silent == 108


# What is written, for whom, and with which key


def test_nothing_is_written_unless_everything_can_be(shell, inside, customers):
    (shell.folder / "file").write_text("a file where a folder should be")
    out = shell.folder / "file" / "out"
    words = ["--organisation", "Acme", "--no-report", "--out", out, "--statistics", shell.folder / "s.json"]
    result = shell.run("analyse", inside, customers, *words)
    assert result.exit_code == 1
    assert not (shell.folder / "s.json").exists()
    assert list(shell.folder.glob(".*")) == []


def test_statistics_before_disclosure_are_for_their_owner_alone(shell, inside, customers):
    analyse(shell, inside, customers, "--no-report", "--statistics", shell.folder / "s.json")
    assert stat.S_IMODE((shell.folder / "s.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "number",
    ["9" * 5000, "٣", "1_000", "1000000001"],
    ids=["5,000 digits", "Arabic", "underline", "too many"],
)
def test_a_number_of_people_that_nobody_can_mean_is_refused(shell, inside, customers, number):
    result = analyse(shell, inside, customers, "--invited", f"customer={number}")
    assert (result.exit_code, shell.files()) == (2, set())
    assert "is not a number of people" in result.output


def statistics_of(shell: Shell, inside: Path, customers: Path) -> dict:
    path = shell.folder / "s.json"
    result = analyse(shell, inside, customers, "--no-report", "--statistics", path)
    assert result.exit_code == 0, result.output
    return json.loads(path.read_text())


def test_the_excluded_are_named_by_the_same_rules_by_which_the_file_is_read(shell, inside, customers):
    """Spaces around a column's name, a row of separators alone, a comment longer than Python's csv reads."""
    expected = statistics_of(shell, inside, customers)["quality"]["inside"]["excluded"]
    assert expected == ["I039"]
    lines = inside.read_text().splitlines()
    head = lines[0].replace("rid", "  rid ") + ",OPEN_I1"
    rows = [line + "," for line in lines[1:]]
    rows[0] += "x" * 200_000
    rows.insert(0, "," * head.count(","))
    odd = shell.folder / "odd.csv"
    odd.write_text("\n".join([head, *rows]))
    assert statistics_of(shell, odd, customers)["quality"]["inside"]["excluded"] == expected


def fingerprint_of(shell: Shell, inside: Path, customers: Path, *more: object) -> str:
    result = analyse(shell, inside, customers, "--no-report", "--date", "2026-11-20", *more)
    assert result.exit_code == 0, result.output
    return from_json((shell.folder / "out" / "snapshot.json").read_bytes()).fingerprint


def test_another_key_gives_another_fingerprint_and_nothing_else(shell, inside, customers):
    written = {}
    for name in ("one", "two"):
        (shell.folder / name).write_text(name * 20)
        fingerprint_of(shell, inside, customers, "--fingerprint-key", shell.folder / name)
        written[name] = from_json((shell.folder / "out" / "snapshot.json").read_bytes())
    assert written["one"].fingerprint != written["two"].fingerprint
    assert replace(written["one"], fingerprint=written["two"].fingerprint) == written["two"]


def test_without_a_key_of_ones_own_the_installations_is_made_and_kept(shell, inside, customers):
    first = fingerprint_of(shell, inside, customers)
    assert fingerprint_of(shell, inside, customers) == first
    key = shell.folder / "instance" / "secret_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert fingerprint_of(shell, inside, customers, "--fingerprint-key", key) == first


def test_a_key_that_could_be_guessed_is_refused(shell, inside, customers):
    (shell.folder / "key").write_text("1234")
    result = analyse(shell, inside, customers, "--fingerprint-key", shell.folder / "key", "--no-report")
    assert result.exit_code == 2
    assert result.output == (
        "--fingerprint-key: The secret key is too short; it needs at least 32 characters.\n"
    )


# What was probably typed wrong


def test_a_role_that_nobody_in_the_file_has_is_refused(shell, inside, customers):
    result = analyse(shell, inside, customers, "--management", "Chef", "--no-report")
    assert result.exit_code == 2
    assert result.output.startswith("--management Chef: nobody in the file has this role. It has: ")


def test_a_role_that_nobody_has_beside_one_that_somebody_has_is_named(shell, inside, customers):
    roles = ("--management", "executive", "--management", "Chef")
    result = analyse(shell, inside, customers, *roles, "--no-report")
    assert result.exit_code == 0
    assert "Note: --management Chef: nobody in the file has this role." in result.output


def test_a_note_about_an_index_that_there_is_none_of_is_refused(shell, inside, customers):
    voice = shell.folder / "voice.toml"
    voice.write_text('[indices]\nXX = "Nobody would read this."\n')
    result = analyse(shell, inside, customers, "--voice", voice)
    assert result.exit_code == 2
    assert result.output.startswith("--voice: XX in [indices] is no index of this report. There is CF, ")


def test_a_wave_before_that_is_later_is_refused(shell, inside, customers):
    earlier = shell.folder / "earlier.json"
    assert analyse(shell, inside, customers, "--date", "2026-10-30", "--no-report").exit_code == 0
    (shell.folder / "out" / "snapshot.json").rename(earlier)
    result = analyse(shell, inside, customers, "--date", "2024-01-01", "--earlier", earlier)
    assert result.exit_code == 2
    assert result.output == (
        "--earlier: that wave is of 2026-10-30, this one of 2024-01-01. Give the wave before, or the --date "
        "of this one.\n"
    )


def test_a_file_without_an_answer_is_named(shell, inside, customers):
    empty = shell.folder / "empty.csv"
    empty.write_text(customers.read_text().splitlines()[0] + "\n")
    result = analyse(shell, inside, empty, "--no-report")
    assert result.exit_code == 0
    assert "Note: empty.csv: there is no answer in it, so nothing is compared." in result.output
