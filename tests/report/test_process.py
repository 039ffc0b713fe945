"""A report is written by a process that has limits, few secrets, and nothing left afterwards."""

import json
import subprocess
import sys

import pytest

from cultureassess.report import process
from cultureassess.report.process import RenderingFailed, RenderingTimeout, Request, written
from tests.report.made import document

LIMITED = "from cultureassess.report.process import limit; limit(); "


def run(program):
    return subprocess.run(
        [sys.executable, "-c", LIMITED + program], capture_output=True, text=True, check=False
    )


def test_memory_is_limited():
    done = run("bytearray(1 << 31)")
    assert "MemoryError" in done.stderr


def test_a_file_cannot_grow_for_ever(tmp_path):
    path = tmp_path / "endless"
    run(f"import os; f = os.open({str(path)!r}, 65); [os.write(f, bytes(1 << 24)) for _ in range(9)]")
    assert path.stat().st_size == process.FILE


def test_the_processor_is_limited():
    done = run("import resource; print(resource.getrlimit(resource.RLIMIT_CPU))")
    assert done.stdout.strip() == f"({process.PROCESSOR}, {process.PROCESSOR + 5})"


def test_who_takes_too_long_is_stopped():
    with pytest.raises(RenderingTimeout):
        written(Request("pdf", document()), wall=0.05)


def test_a_document_that_is_no_snapshot_is_refused_with_its_reason():
    with pytest.raises(RenderingFailed, match="This is not a snapshot"):
        written(Request("pdf", "{}"))


def test_the_process_inherits_no_secret(monkeypatch):
    monkeypatch.setenv("CULTUREASSESS_SECRET_KEY", "canary")
    assert "canary" not in json.dumps(process._environment())
