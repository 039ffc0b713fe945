"""The questionnaire in Chromium while its server dies and comes back."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cultureassess.models import Intake
from tests import scene
from tests.browser.screens import PHONE

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.browser


def serve(instance: Path, port: int) -> subprocess.Popen:
    """A server process of its own, that can be killed like one that lost its power."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    environment = {**os.environ, "INSTANCE": str(instance)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    await_port(port, open_=True)
    return process


def kill(process: subprocess.Popen, port: int) -> None:
    """Kill the server and its worker at once, and see that nobody listens any more."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(1)  # its worker dies after it; until then the port is not free
    await_port(port, open_=False)


def await_port(port: int, *, open_: bool) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if (probe.connect_ex(("127.0.0.1", port)) == 0) is open_:
                return
        time.sleep(0.1)
    raise TimeoutError


def test_a_killed_and_restarted_server_loses_no_saved_answer(browser, app, links, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    instance = Path(app.instance_path)
    before = len(scene.rows(app.extensions["engine"], Intake))
    page = browser.new_page(viewport=PHONE)
    server = serve(instance, port)
    try:
        page.goto(f"http://127.0.0.1:{port}{links['customer']}?lang=en")
        page.click("text=Start")
        for number in range(1, 7):
            if number < 6:
                page.check("fieldset >> nth=0 >> input >> nth=2")
            page.click("button[value=next]")
            page.wait_for_selector("text=Thank you" if number == 6 else f"text=Part {number + 1} of 6")
            if number in (1, 5):
                kill(server, port)
                server = serve(instance, port)
    finally:
        kill(server, port)
        page.close()
    rows = scene.rows(app.extensions["engine"], Intake)
    assert len(rows) == before + 1
    assert any(sorted(row.answers) == ["0"] * 29 + ["3"] * 4 for row in rows)
