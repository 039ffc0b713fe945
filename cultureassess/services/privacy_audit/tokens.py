"""What is stored of a link's secret: a hash, and nothing that opens it (RELIABILITY R1)."""

from __future__ import annotations

import re

import sqlalchemy as sa

from cultureassess.models import Member
from cultureassess.services.links import TOKEN_LENGTH
from cultureassess.services.privacy_audit.finding import Scope

HASHES = {
    "invitation": "token_hash",
    "open_link": "token_hash",
    "submission": "secret_hash",
    "draft": "key_hash",
    "member_session": "token_hash",
    "member_invitation": "token_hash",
}
HASH_BYTES = 32

_SECRET = re.compile(rf"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}(?![A-Za-z0-9_-])")
_SECRET_NAMES = frozenset({"token", "secret", "password", "link", "url"})
_PASSWORDS = ("member", "password")
"""Passwords of staff; only their Argon2id hashes."""
_ARGON = "$argon2id$"
_FREE_TEXT = frozenset(
    {_PASSWORDS, ("response", "answers"), ("intake", "answers"), ("snapshot", "json"), ("release", "cells")}
    | {("comment", "text"), ("intake_comment", "text"), ("release", "digest"), ("snapshot", "fingerprint")}
)
"""Columns whose content cannot be a link, is the respondents' own text, or is looked at by itself: one
Argon2id hash in four is as long as a token and has no other characters."""


def only_hashes(scope: Scope) -> tuple[bool, str]:
    """Every column that finds a link holds 32 bytes, and no text that could be the token itself."""
    wrong, seen = [], 0
    for table, column in HASHES.items():
        values = scope.values(table, column)
        seen += len(values)
        if any(not _is_hash(value) for value in values):
            wrong.append(f"{table}.{column} holds something else")
    return not wrong, "; ".join(wrong) or f"{seen} hashes of {HASH_BYTES} bytes"


def _is_hash(value: object) -> bool:
    return isinstance(value, bytes | memoryview) and len(bytes(value)) == HASH_BYTES


def no_plain_secret(scope: Scope) -> tuple[bool, str]:
    """No column is named after a secret, and no text anywhere looks like one."""
    found, searched = [], 0
    for table in scope.inspector.get_table_names():
        for column in scope.inspector.get_columns(table):
            name = column["name"]
            if (table, name) == _PASSWORDS:
                found += ["member.password holds something else than hashes"] * _holds_password(scope)
            elif name.lower() in _SECRET_NAMES:
                found.append(f"there is a column {table}.{name}")
            if isinstance(column["type"], sa.String) and (table, name) not in _FREE_TEXT:
                searched += 1
                if _holds_secret(scope, table, name):
                    found.append(f"{table}.{name} holds what looks like a link's secret")
    return not found, "; ".join(found) or f"{searched} text columns searched"


def _holds_password(scope: Scope) -> bool:
    passwords = sa.select(Member.password).where(Member.password.is_not(None))
    return any(not (password or "").startswith(_ARGON) for password in scope.session.scalars(passwords))


def _holds_secret(scope: Scope, table: str, name: str) -> bool:
    long = scope.values(table, name, f'length("{name}") >= {TOKEN_LENGTH}')
    return any(_SECRET.search(text) for text in long)
