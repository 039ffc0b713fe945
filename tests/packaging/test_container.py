"""The container files without Docker: the steps of the Dockerfile are done in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

from cultureassess.cli.system import RUN
from cultureassess.config import names

ROOT = Path(__file__).parent.parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()


def steps(word: str) -> list[str]:
    """The arguments of every such instruction, with continued lines joined."""
    whole = re.sub(r"\\\n\s*", " ", DOCKERFILE)
    return re.findall(rf"^(?:HEALTHCHECK .*?)?{word}\s+(.+)$", whole, flags=re.MULTILINE)


def test_the_image_installs_exactly_the_locked_packages():
    installs = [step for step in steps("RUN") if "pip install" in step]
    assert [shlex.split(step)[2:] for step in installs] == [
        ["--no-cache-dir", "--require-hashes", "-r", "requirements.lock"],
        ["--no-cache-dir", "--no-deps", "--no-build-isolation", "."],
    ]


def test_the_image_has_the_system_libraries_that_the_program_asks_for():
    line = next(step for step in steps("RUN") if "apt-get install" in step)
    assert {need.package for need in RUN} == set(re.findall(r"\blib[\w.-]+", line.partition("&& rm")[0]))


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is():
    assert steps("USER") == ["10001"]
    assert "readyz" in DOCKERFILE.partition("HEALTHCHECK")[2]
    assert steps("STOPSIGNAL") == ["SIGTERM"]
    environment = dict(re.findall(r"(\w+)=(\S+)", steps("ENV")[0]))
    ours = {name for name in environment if name in names()}
    assert ours == {"BIND", "LOG_FORMAT"}
    assert environment["INSTANCE"] == "/data"


def test_what_is_copied_is_there_and_not_ignored():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    taken = {line[1:] for line in ignored if line.startswith("!")}
    sources = [
        name.removeprefix("./")
        for step in steps("COPY")
        if "--from" not in step
        for name in step.split()[:-1]
    ]
    assert "*" in ignored
    assert set(sources) == taken
    assert all((ROOT / name).exists() for name in sources)


def test_the_steps_of_the_image_make_a_program_that_answers(tmp_path):
    """COPY and the last pip install as they stand; the locked packages are those of the test run."""
    source = tmp_path / "src"
    source.mkdir()
    for step in steps("COPY"):
        if "--from" not in step:
            for name in step.split()[:-1]:
                copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
                copy(ROOT / name, source / name)
    target = tmp_path / "installed"
    last = next(step for step in steps("RUN") if step.endswith(" ."))
    words = shlex.split(last)[1:]
    subprocess.run(
        [sys.executable, "-m", "pip", words[0], "--quiet", "--target", str(target), *words[1:]],
        cwd=source,
        check=True,
        timeout=300,
    )
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(target), sysconfig.get_path("purelib")]),
        "INSTANCE": str(tmp_path / "data"),
    }
    program = str(target / "bin" / "cultureassess")
    for command in (["init"], ["doctor"]):
        found = subprocess.run(
            [sys.executable, program, *command],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert found.returncode == 0, found.stdout + found.stderr
    assert (target / "cultureassess" / "templates").is_dir()


def block(name: str) -> list[str]:
    """The lines of compose.yaml below a name, without their indentation."""
    found = re.search(
        rf"^( *){re.escape(name)}:(?: &\w+)?\n((?:\1 +.*\n|\s*\n)+)", COMPOSE, flags=re.MULTILINE
    )
    assert found is not None
    lines = [line.strip() for line in found.group(2).splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def test_the_program_may_write_its_volume_and_nothing_else():
    assert set(block("x-app")) >= {
        "read_only: true",
        'user: "10001:10001"',
        "cap_drop: [ALL]",
        'security_opt: ["no-new-privileges:true"]',
        'tmpfs: ["/tmp:size=256m,mode=1777"]',
        'volumes: ["data:/data"]',
        'ports: ["127.0.0.1:8000:8000"]',
        "stop_grace_period: 40s",
    }


def test_there_is_a_profile_for_each_engine():
    sqlite, postgres, database = block("app"), block("app-postgres"), block("database")
    assert sqlite == ["<<: *app", "profiles: [sqlite]"]
    assert postgres[:2] == ["<<: *app", "profiles: [postgres]"]
    assert "DATABASE_URL_FILE: /run/secrets/database_url" in postgres
    assert {"profiles: [postgres]", "read_only: true"} <= set(database)


def test_the_image_has_a_python_that_the_program_takes():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    versions = set(re.findall(r"^FROM python:(\d+)\.(\d+)-", DOCKERFILE, flags=re.MULTILINE))
    assert len(versions) == 1
    ((major, minor),) = versions
    assert (int(major), int(minor)) >= tuple(int(part) for part in wanted.removeprefix(">=").split("."))
