"""The system libraries that no Python package carries: what is missing, and how to get it."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass

import click


@dataclass(frozen=True)
class Need:
    """Something that the operating system provides.

    Attributes:
        package: Debian's package.
        library: shared library that must be found, or
        command: program that must be found.
        purpose: what it is for, in the operator's words.
    """

    package: str
    purpose: str
    library: str | None = None
    command: str | None = None

    @property
    def met(self) -> bool:
        if self.library is not None:
            return ctypes.util.find_library(self.library) is not None
        return self.command is not None and shutil.which(self.command) is not None


RUN = (
    Need("libpango-1.0-0", "the PDF report", library="pango-1.0"),
    Need("libpangoft2-1.0-0", "the PDF report", library="pangoft2-1.0"),
    Need("libharfbuzz-subset0", "small fonts in the PDF report", library="harfbuzz-subset"),
)
TESTS = (
    *RUN,
    Need("chromium-headless-shell", "browser tests", command="chromium-headless-shell"),
    Need("poppler-utils", "tests that read the PDF", command="pdftotext"),
)


def missing(needs: Iterable[Need]) -> list[Need]:
    """Return the needs that are not met."""
    return [need for need in needs if not need.met]


def apt_line(needs: Iterable[Need]) -> list[str]:
    """Return the command that installs them on Debian and Ubuntu."""
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    packages = [need.package for need in needs]
    return [*sudo, "apt-get", "install", "--yes", "--no-install-recommends", *packages]


@click.command()
@click.option("--for", "purpose", type=click.Choice(["run", "tests"]), default="run", show_default=True)
@click.option("--yes", is_flag=True, help="Install without asking.")
def system(purpose: str, yes: bool) -> None:
    """Check the system libraries; offer to install what is missing.

    Without a terminal, or with --yes, they are installed at once. Without them everything but the PDF
    report works, so that only --for tests fails where they cannot be installed.
    """
    absent = missing(TESTS if purpose == "tests" else RUN)
    if not absent:
        return
    for need in absent:
        click.echo(f"Missing: {need.package} (for {need.purpose})")
    line = apt_line(absent)
    click.echo("On Debian or Ubuntu: " + " ".join(line))
    if shutil.which("apt-get") is None:
        _go_on("This system has no apt-get: install the same libraries with its own tool.", purpose)
        return
    if not yes and sys.stdin.isatty() and not click.confirm("Run this now?", default=True):
        _go_on("Nothing installed.", purpose)
        return
    if not _installed(line):
        _go_on("apt-get failed. Run the line above by hand.", purpose)


def _go_on(what: str, purpose: str) -> None:
    """Say what has not worked; stop only where nothing works without it."""
    if purpose == "tests":
        click.echo(f"{what} Then try again.", err=True)
        sys.exit(1)
    click.echo(f"{what} Everything but the PDF report works without them.", err=True)


def _installed(line: list[str]) -> bool:
    """Run apt-get, fetching the package lists first, and tell whether it worked."""
    update = [*line[: line.index("apt-get")], "apt-get", "update", "--quiet"]
    finished = None
    for command in (update, line):
        try:
            finished = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
        except OSError as error:
            click.echo(f"{command[0]} cannot be run: {error.strerror}.", err=True)
            return False
    return finished is not None and finished.returncode == 0
