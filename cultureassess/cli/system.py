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
    Need("chromium", "browser tests", command="chromium"),
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

    Without a terminal, or with --yes, they are installed at once.
    """
    absent = missing(TESTS if purpose == "tests" else RUN)
    if not absent:
        return
    for need in absent:
        click.echo(f"Missing: {need.package} (for {need.purpose})")
    line = apt_line(absent)
    click.echo("On Debian or Ubuntu: " + " ".join(line))
    if shutil.which("apt-get") is None:
        click.echo(
            "This system has no apt-get: install the same libraries with its own tool, then try again."
        )
        sys.exit(1)
    if not yes and sys.stdin.isatty() and not click.confirm("Run this now?", default=True):
        click.echo("Nothing installed. Everything but the PDF report works without them.")
        return
    _install(line)


def _install(line: list[str]) -> None:
    """Run apt-get, fetching the package lists first; stop with a clear word when it fails."""
    update = [*line[: line.index("apt-get")], "apt-get", "update", "--quiet"]
    for command in (update, line):
        finished = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
        if finished.returncode != 0 and command is line:
            click.echo("apt-get failed. Run the line above by hand, then try again.", err=True)
            sys.exit(1)
