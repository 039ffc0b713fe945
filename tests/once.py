"""What takes long and is only read is made once a test run, by whichever process asks first."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

RUN = "CULTUREASSESS_TEST_RUN"
"""The variable that names a folder shared by the processes of one test run."""


@cache
def made_once(name: str, build: Callable[[Path], object]) -> Path:
    """The folder of that name in which ``build`` has left its files. Nobody may change it."""
    folder = Path(os.environ.get(RUN, "") or tempfile.mkdtemp()) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = folder.with_suffix(".new")
            build(begun)
            begun.rename(folder)
    return folder
