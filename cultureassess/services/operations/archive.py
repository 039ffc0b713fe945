"""The file of a backup: a tar archive with a manifest first, then settings, secret, and one file a table.

A table is a file of JSON lines: the names of the columns, then a list of values for each row, by primary
key. It says nothing about the engine, so that a backup of SQLite can be restored into PostgreSQL and the
other way round; and nothing of the order in which rows were written.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec

from cultureassess.services.errors import DomainError

FORMAT = 1
MANIFEST = "manifest.json"
SECRET = "secret_key"  # noqa: S105  (the name of a file)
SETTINGS = "settings.toml"
BLOCK = 1 << 20


class BackupUnusable(DomainError):
    """The file is not a backup, or not a whole one; the message says what is wrong with it."""


class Part(msgspec.Struct, frozen=True):
    """One file of the archive. ``rows``: of a table, without the line of its columns."""

    sha256: str
    bytes: int
    rows: int | None = None


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds.

    Attributes:
        program: version that wrote it.
        revision: the schema of its tables.
        made_at: when its reading transaction began, UTC.
        environment: settings that came from the environment; their values are not in the backup.
        sequences: table -> the highest number that was given out, where none may be given twice.
    """

    format: int
    program: str
    revision: str
    engine: str
    made_at: dt.datetime
    environment: tuple[str, ...]
    sequences: dict[str, int]
    parts: dict[str, Part]

    @property
    def rows(self) -> int:
        return sum(part.rows or 0 for part in self.parts.values())

    @property
    def tables(self) -> list[str]:
        """The names of the tables."""
        return [table_of(name) for name, part in self.parts.items() if part.rows is not None]


def part_of(table: str) -> str:
    """The archive's name for a table."""
    return f"tables/{table}.jsonl"


def table_of(part: str) -> str:
    """The table of such a name."""
    return part.removeprefix("tables/").removesuffix(".jsonl")


def to_line(row: list[Any]) -> bytes:
    """One row as a line."""
    return json.dumps([_coded(value) for value in row], ensure_ascii=True).encode() + b"\n"


def from_line(line: bytes) -> list[Any]:
    """The row of a line.

    Raises:
        BackupUnusable: it is not one.
    """
    try:
        return [_decoded(value) for value in json.loads(line)]
    except (ValueError, TypeError, KeyError) as error:
        raise BackupUnusable("A line of the backup cannot be read; the file is damaged.") from error


def _coded(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return value


def _decoded(value: Any) -> object:  # noqa: ANN401
    if not isinstance(value, dict):
        return value
    kind, text = next(iter(value.items()))
    readers: dict[str, Callable[[str], object]] = {
        "bytes": base64.b64decode,
        "moment": dt.datetime.fromisoformat,
        "day": dt.date.fromisoformat,
    }
    return readers[kind](text)


def digest(file: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and length of a file, read in blocks from where it stands."""
    found, length = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        found.update(block)
        length += len(block)
    return found.hexdigest(), length


def pack(path: Path, manifest: Manifest, folder: Path) -> None:
    """Write the archive, for its owner's eyes alone; it appears under its name when it is whole.

    Args:
        folder: holds the parts under their names.
    """
    unfinished = path.with_name(f".{path.name}.part")
    descriptor = os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as archive:
                _add(archive, MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
                for name in manifest.parts:
                    archive.add(folder / name, name, filter=_anonymous)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            unfinished.unlink()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without whoever made it, and when."""
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, tarfile.TarFile]]:
    """Open a backup and read its manifest.

    Raises:
        BackupUnusable: it cannot be read, or is of a newer format.
    """
    try:
        with tarfile.open(path, "r:gz") as archive:
            yield _manifest(archive), archive
    except (OSError, EOFError, tarfile.TarError) as error:
        said = getattr(error, "strerror", None) or "it is damaged, or not a backup"
        raise BackupUnusable(f"{path} cannot be read: {said}.") from error


def _manifest(archive: tarfile.TarFile) -> Manifest:
    first = archive.next()
    file = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
    if file is None:
        raise BackupUnusable("This is no backup of CultureAssess: it does not begin with a manifest.")
    try:
        found = msgspec.json.decode(file.read(), type=Manifest)
    except msgspec.DecodeError as error:
        raise BackupUnusable("The manifest of the backup cannot be read.") from error
    if found.format != FORMAT:
        raise BackupUnusable(f"The backup has format {found.format}; this version reads format {FORMAT}.")
    return found


def read(archive: tarfile.TarFile, name: str) -> bytes:
    """A small part as bytes, for example the secret.

    Raises:
        BackupUnusable: it is not there.
    """
    with part(archive, name) as file:
        return file.read()


@contextmanager
def part(archive: tarfile.TarFile, name: str) -> Iterator[IO[bytes]]:
    """Open a part.

    Raises:
        BackupUnusable: it is not there.
    """
    try:
        file = archive.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise BackupUnusable(f"The backup has no {name}; it is not whole.")
    with file:
        yield file


def verify(archive: tarfile.TarFile, manifest: Manifest) -> None:
    """Compare every part with its SHA-256.

    Raises:
        BackupUnusable: one is missing, or has changed.
    """
    for name, expected in manifest.parts.items():
        with part(archive, name) as file:
            if digest(file) != (expected.sha256, expected.bytes):
                raise BackupUnusable(f"{name} in the backup is damaged: its SHA-256 is another one.")
