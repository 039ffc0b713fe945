"""``cultureassess system``: what a missing library stops, and what it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT_LIBRARIES = """
import importlib, sys
from cultureassess.cli import main
system = importlib.import_module("cultureassess.cli.system")
absent = system.Need("libnothing", "the PDF report", library="nothing-of-this-name")
system.RUN, system.TESTS = (absent,), (absent,)
system.os.geteuid = lambda: {user}
main(sys.argv[1:], prog_name="cultureassess")
"""


def system(folder: Path, *words: str, user: int = 1000, **programs: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a machine that has these programs and no others, and lacks a library."""
    for name, text in programs.items():
        program = folder / name.replace("_", "-")
        program.write_text(f"#!/bin/sh\n{text}\n")
        program.chmod(0o755)
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_LIBRARIES.format(user=user), "system", *words],
        env={**os.environ, "PATH": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(("purpose", "code"), [("run", 0), ("tests", 1)])
def test_without_apt_get_the_program_runs_and_the_tests_do_not(tmp_path, purpose, code):
    found = system(tmp_path, "--for", purpose)
    assert "Missing: libnothing (for the PDF report)" in found.stdout
    assert "This system has no apt-get" in found.stderr
    assert found.returncode == code


def test_without_sudo_the_program_says_so_and_runs(tmp_path):
    found = system(tmp_path, apt_get="exit 0")
    assert "sudo cannot be run" in found.stderr
    assert "Everything but the PDF report works without them." in found.stderr
    assert found.returncode == 0


def test_a_failing_apt_get_is_named_with_the_line_to_run(tmp_path):
    found = system(tmp_path, user=0, apt_get="exit 100")
    assert "apt-get install --yes --no-install-recommends libnothing" in found.stdout
    assert "apt-get failed. Run the line above by hand." in found.stderr
    assert found.returncode == 0


def test_what_apt_get_installs_needs_no_word(tmp_path):
    found = system(tmp_path, user=0, apt_get="exit 0")
    assert (found.returncode, found.stderr) == (0, "")
