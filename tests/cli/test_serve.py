"""The server as a process: it answers, it ends on Ctrl-C, and a taken port gets a clear message."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cultureassess import config
from cultureassess.cli.serve import ENDING, Server

COMMAND = [sys.executable, "-m", "cultureassess"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, *words, "--port", str(port)],
        env={**os.environ, "INSTANCE": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process, port
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def page(port: int, path: str = "/") -> int:
    """The status of a page, asked until the server is up."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError("The server did not come up.")


def test_an_empty_installation_is_served_and_ctrl_c_ends_it_cleanly(tmp_path):
    with serving(tmp_path, "serve") as (process, port):
        assert page(port) == 200
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in output
    assert "was sent" not in output


def test_who_is_told_to_end_while_it_starts_ends_when_it_has_started(tmp_path, monkeypatch):
    """Ctrl-C reaches the whole process group, and the parent tells its workers as well."""
    heard: list[int] = []
    signals = (signal.SIGINT, *ENDING)
    before = {number: signal.signal(number, lambda got, _frame: heard.append(got)) for number in signals}

    def create_app(_settings: config.Settings) -> str:
        for number in signals:
            signal.pthread_kill(threading.get_ident(), number)  # other tests have left threads behind
        assert heard == []
        return "the application"

    monkeypatch.setattr("cultureassess.app.create_app", create_app)
    try:
        assert Server(config.load({"INSTANCE": str(tmp_path)}), 8000).load() == "the application"
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert sorted(heard) == sorted(ENDING)


def test_the_demo_answers_at_its_doors(tmp_path):
    with serving(tmp_path, "demo", "--no-report") as (process, port):
        statuses = {path: page(port, path) for path in ("/", "/workspace", "/results/1")}
        os.killpg(process.pid, signal.SIGINT)
        output, _ = process.communicate(timeout=30)
    assert statuses == {"/": 200, "/workspace": 200, "/results/1": 200}
    assert process.returncode == 0, output


def test_a_taken_port_is_named_with_another_to_choose(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = subprocess.run(
            [*COMMAND, "serve", "--port", str(port)],
            env={**os.environ, "INSTANCE": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert result.returncode == 1
    assert result.stderr.strip() == (
        f"Port {port} is taken by another program. Choose another: PORT={port + 1} or --port."
    )
