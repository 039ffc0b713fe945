"""Files that a command writes: all of them or none, and who may read them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PUBLIC: Final = 0o644
"""For what the disclosure rules have gone over."""

PRIVATE: Final = 0o600
"""For single answers, and for statistics before the disclosure rules: their owner alone."""


class NotWritten(Exception):
    """A file cannot be written; the sentence names it. None of the others has been written either."""


@dataclass(frozen=True)
class Output:
    """A file to write: where, what, and its permissions (``PUBLIC`` or ``PRIVATE``)."""

    path: Path
    content: bytes
    mode: int


def write_all(outputs: Iterable[Output]) -> None:
    """Write files, each whole and all of them or none: only once all are on the disk do they get their names.

    Raises:
        NotWritten: a folder cannot be made, a file not be written, or a folder stands in its place.
    """
    with ExitStack() as made:
        ready = [(made.enter_context(_written(output)), output) for output in outputs]
        for written, output in ready:
            with _naming(output.path):
                written.replace(output.path)


@contextmanager
def private_folder(path: Path) -> Iterator[None]:
    """Make files inside that only their owner may read; the folder is made if there is none."""
    before = os.umask(0o077)
    try:
        path.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        os.umask(before)


@contextmanager
def _written(output: Output) -> Iterator[Path]:
    """Write beside the place where the file will stand; what has got no name by the end is deleted."""
    with _naming(output.path):
        output.path.parent.mkdir(parents=True, exist_ok=True)
        if output.path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        with tempfile.NamedTemporaryFile(dir=output.path.parent, prefix=".", delete=False) as file:
            path = Path(file.name)
    try:
        with _naming(output.path):
            path.write_bytes(output.content)
            path.chmod(output.mode)
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotWritten(f"{path}: cannot be written ({error.strerror}). Choose another folder.") from error
