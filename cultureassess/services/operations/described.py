"""The settings as a person reads them: for ``settings.toml`` and for docs/operating.md."""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass

from cultureassess.config import Settings

SECRETS = ("SECRET_KEY", "SMTP_PASSWORD", "DATABASE_URL")
"""What should not stand in an environment that others can read: better in a file, as NAME_FILE."""


@dataclass(frozen=True)
class Described:
    """A setting as documentation and ``settings.toml`` show it; ``example`` is its default as TOML."""

    name: str
    kind: str
    example: str
    help: str


def described() -> list[Described]:
    """Every setting with what the code says about it, in the order of the code."""
    wanted = [(name, one) for name, one in Settings.__dataclass_fields__.items() if name != "instance"]
    return [
        Described(
            name=name.upper(),
            kind={"str": "text", "int": "number", "bool": "true or false"}[str(one.type)],
            example=json.dumps("" if one.default is MISSING else one.default),
            help=one.metadata["help"],
        )
        for name, one in wanted
    ]


def as_table() -> str:
    """The settings as a table in Markdown."""
    lines = ["| setting | value | default | what it does |", "|---|---|---|---|"]
    for one in described():
        default = "" if one.example == '""' else f"`{one.example.strip(chr(34))}`"
        lines.append(f"| `{one.name}` | {one.kind} | {default} | {one.help} |")
    return "\n".join(lines) + "\n"
