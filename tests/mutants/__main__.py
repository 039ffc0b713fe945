"""Run the tests of each module against every change of it; print the changes that no test noticed.

The tests are collected once; each change then runs in a forked process, so that no file is touched. There it
goes into the functions as they are, and the tests run that call the changed function, the quickest first; a
constant that others may have imported is changed by a fresh import.
Survivors that cannot change a number are listed with the reason in ``equivalent.toml``. Ends with status 1
if another one survives.
"""

import argparse
import contextlib
import importlib.abc
import importlib.util
import json
import os
import resource
import sys
import time
import tomllib
import types
from collections.abc import Callable
from pathlib import Path

import _pytest.main
import numpy as np  # noqa: F401  (loaded once, before the processes fork)
import pytest
import scipy.optimize
import scipy.special
import scipy.stats  # noqa: F401

from tests.mutants.changes import Change, changes

ROOT = Path(__file__).parents[2]
MODULES = {
    "agreement": ("agreement",),
    "answers": ("answers",),
    "bootstrap": ("bootstrap",),
    "careless": ("careless",),
    "clusters": ("clusters",),
    "covariance": ("covariance", "patterns", "reliability", "drivers"),
    "coverage": ("coverage",),
    "describe": ("describe",),
    "drivers": ("drivers",),
    "gaps": ("gaps",),
    "indices": ("indices", "patterns"),
    "items": ("items", "patterns"),
    "levels": ("levels",),
    "multiplicity": ("multiplicity",),
    "patterns": ("patterns", "items"),
    "power": ("power",),
    "priorities": ("priorities",),
    "proportions": ("proportions",),
    "recommendation": ("recommendation",),
    "reliability": ("reliability", "omega"),
    "scores": ("scores",),
    "verdicts": ("verdicts",),
    "waves": ("waves",),
    "weighting": ("weighting",),
}
SECONDS = 30
"""Of processor time, after which a change counts as noticed: it made a loop endless."""


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


def in_place(name: str, source: str) -> None:
    """Put the changed code into the functions and methods of a module that is imported already."""
    module = sys.modules[name]
    changed = types.ModuleType(name)
    changed.__file__ = module.__file__
    exec(compile(source, str(module.__file__), "exec"), changed.__dict__)  # noqa: S102
    for attribute, new in vars(changed).items():
        old = vars(module).get(attribute)
        if isinstance(new, type) and new.__module__ == name:
            for inner, value in vars(new).items():
                _take_over(vars(old).get(inner), value)
        else:
            _take_over(old, new)


def _take_over(old: object, new: object) -> None:
    """Give a function, method or property the code of its changed version."""
    for wrapper in ("__wrapped__", "__func__", "fget", "func"):
        if hasattr(new, wrapper) and hasattr(old, wrapper):
            getattr(old, "cache_clear", lambda: None)()
            _take_over(getattr(old, wrapper), getattr(new, wrapper))
    functions = isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType)
    if functions and len(old.__code__.co_freevars) == len(new.__code__.co_freevars):
        old.__code__ = new.__code__


class Judge:
    """A pytest plugin that runs the collected tests once per change instead of once."""

    def __init__(self, module: str, source: str, changed: list[Change]) -> None:
        self.name, self.source, self.changed = f"cultureassess.scoring.{module}", source, changed
        self.survivors: list[Change] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        calls = self._calls(session)
        self.survivors = [
            change
            for change in self.changed
            if not self._failed(session, change.source, calls.get(change.function, []))
        ]
        return True

    def _failed(self, session: pytest.Session, source: str, tests: list[int]) -> bool:
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            failed = True
            with contextlib.suppress(BaseException):
                in_place(self.name, source)
                session.items = [session.items[place] for place in tests]
                _pytest.main.pytest_runtestloop(session)
                failed = bool(session.testsfailed)
            os._exit(int(failed))
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0

    def _calls(self, session: pytest.Session) -> dict[int, list[int]]:
        """First line of a function -> the places of the tests that call it, the quickest first."""
        receive, send = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(send, json.dumps(self._watch(session)).encode())
            os._exit(0)
        os.close(send)
        with os.fdopen(receive, "rb") as pipe:
            watched = json.loads(pipe.read())
        os.waitpid(child, 0)
        if watched is None:
            raise SystemExit(f"{self.name}: its tests fail without any change.")
        found: dict[int, list[int]] = {}
        for place, (_, lines) in sorted(enumerate(watched), key=lambda one: one[1][0]):
            for line in lines:
                found.setdefault(line, []).append(place)
        return found

    def _watch(self, session: pytest.Session) -> list[tuple[float, list[int]]] | None:
        """Seconds and first lines of the functions called, test by test; None if a test fails."""
        file = sys.modules[self.name].__file__
        items, watched = session.items, []
        for item in items:
            lines: set[int] = set()

            def called(frame, event, argument, lines=lines):
                if frame.f_code.co_filename == file:
                    lines.add(frame.f_code.co_firstlineno)

            start = time.perf_counter()
            sys.settrace(called)
            session.items = [item]
            _pytest.main.pytest_runtestloop(session)
            sys.settrace(None)
            watched.append((time.perf_counter() - start, sorted(lines)))
        return None if session.testsfailed else watched


def survivors(module: str, source: str, tests: list[str], changed: list[Change]) -> list[Change]:
    """The changes with which all tests pass."""
    options = ["-x", "-q", "--noconftest", "--timeout=0", "-p", "no:cacheprovider", *tests]
    child, (receive, send) = 0, os.pipe()
    child = os.fork()
    if child == 0:
        judge = Judge(module, source, [change for change in changed if change.in_function])
        _silently(lambda: pytest.main(options, plugins=[judge]))
        os.write(send, ",".join(str(changed.index(change)) for change in judge.survivors).encode())
        os._exit(0)
    os.close(send)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise SystemExit(f"{module}: its tests fail without any change.")
    with os.fdopen(receive, "rb") as pipe:
        found = [changed[int(place)] for place in pipe.read().decode().split(",") if place]
    return found + [c for c in changed if not c.in_function and _passes_fresh(module, options, c)]


def _passes_fresh(module: str, options: list[str], change: Change) -> bool:
    """Whether all tests pass if they import the changed module."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        sys.meta_path.insert(0, Replaced(f"cultureassess.scoring.{module}", change.source))
        os._exit(_silently(lambda: pytest.main(options)))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _silently(work: Callable[[], int | pytest.ExitCode]) -> int:
    nothing = Path(os.devnull).open("w")  # noqa: SIM115  (stays open until the process ends)
    with contextlib.redirect_stdout(nothing), contextlib.redirect_stderr(nothing):
        return int(work())


def known(module: str) -> set[tuple[str, str]]:
    """The changes of a module that are no change, each with its line of code: see ``equivalent.toml``."""
    table = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text(encoding="utf-8"))
    return {(entry["code"], entry["change"]) for entry in table.get(module, [])}


def judge(module: str, words: str) -> int:
    """Print what survives in one module, and return how many of these are not explained."""
    tests = [str(ROOT / "tests" / "scoring" / f"test_{name}.py") for name in MODULES[module]]
    source = (ROOT / "cultureassess" / "scoring" / f"{module}.py").read_text(encoding="utf-8")
    tried = [change for change in changes(source) if words in change.words]
    explained, found = known(module), survivors(module, source, tests, tried)
    unnoticed = [change for change in found if (change.code, change.words) not in explained]
    for change in unnoticed:
        print(f"{module}:{change.line}: {change.words}    in    {change.code}")
    equivalent = len(found) - len(unnoticed)
    print(
        f"{module}: {len(tried)} changes, {equivalent} without effect, {len(unnoticed)} unnoticed", flush=True
    )
    return len(unnoticed)


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
