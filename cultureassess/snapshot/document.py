"""The snapshot as a file: JSON with a schema. What is read back equals what was written."""

from __future__ import annotations

from typing import Any

import msgspec

from cultureassess.snapshot.types import SCHEMA, Snapshot


class SnapshotError(ValueError):
    """A file that is not a snapshot of this schema; the sentence says what is wrong."""


def to_json(snapshot: Snapshot) -> bytes:
    """Return the snapshot as UTF-8 JSON, one field a line; equal snapshots give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(snapshot), indent=1) + b"\n"


def from_json(content: bytes | str) -> Snapshot:
    """Read a snapshot.

    Raises:
        SnapshotError: not JSON, another schema, or a field that does not fit it.
    """
    try:
        snapshot = msgspec.json.decode(content, type=Snapshot)
    except msgspec.DecodeError as error:
        raise SnapshotError(f"This is not a snapshot: {error}.") from error
    if snapshot.schema != SCHEMA:
        raise SnapshotError(f"This snapshot has the schema {snapshot.schema!r}; here {SCHEMA!r} is read.")
    return snapshot


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a snapshot, made from its types."""
    return msgspec.json.schema(Snapshot)
