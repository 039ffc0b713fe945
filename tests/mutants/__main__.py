"""Run the tests of each module against every change of it; print the changes that no test noticed.

Each change runs in a forked process in which the module is replaced as it is imported: no file is touched.
Survivors that cannot change a number are listed with the reason in ``equivalent.toml``. Ends with status 1
if another one survives.
"""

import argparse
import contextlib
import importlib.abc
import importlib.util
import os
import signal
import sys
import tomllib
from pathlib import Path

import numpy  # noqa: F401  (loaded once, before the processes fork)
import pytest
import scipy.optimize
import scipy.special
import scipy.stats  # noqa: F401

from tests.mutants.changes import Change, changes

ROOT = Path(__file__).parents[2]
MODULES = {
    "gaps": ("gaps",),
    "indices": ("indices",),
    "describe": ("describe",),
    "multiplicity": ("multiplicity",),
    "proportions": ("proportions",),
    "recommendation": ("recommendation",),
    "levels": ("levels",),
    "verdicts": ("verdicts",),
    "weighting": ("weighting",),
    "power": ("power",),
    "waves": ("waves",),
    "clusters": ("clusters",),
    "priorities": ("priorities",),
    "scores": ("scores",),
    "covariance": ("covariance", "reliability", "drivers"),
    "reliability": ("reliability",),
    "coverage": ("coverage",),
}
SECONDS = 60
"""After so long a change counts as noticed: it made a loop endless."""


class Replaced(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports one module from a text instead of its file."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, self)

    def get_source(self, fullname):
        return self._source


def survives(module: str, tests: list[str], change: Change) -> bool:
    """Whether all tests pass with the change."""
    child = os.fork()
    if child == 0:
        os._exit(_run(module, tests, change))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _run(module: str, tests: list[str], change: Change) -> int:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS)
    sys.meta_path.insert(0, Replaced(f"cultureassess.scoring.{module}", change.source))
    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *tests])
    return int(code)


def known(module: str) -> set[str]:
    """The changes of a module that are no change: see ``equivalent.toml``."""
    table = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text(encoding="utf-8"))
    return {entry["change"] for entry in table.get(module, [])}


def judge(module: str, words: str) -> int:
    """Print what survives in one module, and return how many of these are not explained."""
    tests = [str(ROOT / "tests" / "scoring" / f"test_{name}.py") for name in MODULES[module]]
    source = (ROOT / "cultureassess" / "scoring" / f"{module}.py").read_text(encoding="utf-8")
    explained, tried, unexplained, equivalent = known(module), 0, 0, 0
    for change in changes(source):
        if words not in change.words:
            continue
        tried += 1
        if not survives(module, tests, change):
            continue
        if change.words in explained:
            equivalent += 1
        else:
            unexplained += 1
            print(f"{module}:{change.line}: {change.words}", flush=True)
    print(f"{module}: {tried} changes, {equivalent} without effect, {unexplained} unnoticed", flush=True)
    return unexplained


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"any of {', '.join(MODULES)}")
    parser.add_argument("--words", default="", help="only changes whose description holds these words")
    chosen = parser.parse_args()
    unknown = set(chosen.modules) - MODULES.keys()
    if unknown:
        parser.error(f"no module is called {', '.join(sorted(unknown))}")
    os.chdir(ROOT)
    return int(sum(judge(module, chosen.words) for module in chosen.modules or MODULES) > 0)


if __name__ == "__main__":
    sys.exit(main())
