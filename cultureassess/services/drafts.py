"""Sealed drafts: answers that only the respondent's own link can open (DESIGN, RELIABILITY R3).

A draft is found under a hash of the link's secret and encrypted with a key derived from it. The
server stores neither the secret nor the key. Of a link that it mails it stores the seed until the close:
whoever holds both database and secret key can make that link again (docs/threat-model.md).
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from functools import cache
from typing import cast

import msgspec
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from cultureassess.models import Draft, Wave

BLOCK = 1024
"""Drafts are padded to a multiple of this, so that their length does not tell how much was written."""

_NONCE = 12

_DRAFTS = cast("sa.Table", Draft.__table__)
_SEALED = sa.select(_DRAFTS.c.ciphertext).where(_DRAFTS.c.key_hash == sa.bindparam("name"))
_SEALED_LOCKED = _SEALED.with_for_update()


class Answers(msgspec.Struct):
    """What one respondent has answered so far, or finally.

    Attributes:
        role: a role code, or None.
        points: item id to ``1``-``9`` or ``D``; an item that is missing was skipped.
        outcomes: outcome id to its number.
        segments: segment code to its value.
        comments: open question id to text, stripped and not empty.
        seconds: page number to the time spent on it.
        saved: page number to what its form last said of itself: when it was drawn and how often it was sent.
        reached: the furthest page that was sent; 0 for none.
        language: of the questionnaire when it was last saved; None until then.
        link: the open link by which this draft was begun, so that it can be resumed elsewhere.
    """

    role: str | None = None
    points: dict[str, str] = msgspec.field(default_factory=dict)
    outcomes: dict[str, int] = msgspec.field(default_factory=dict)
    segments: dict[str, str] = msgspec.field(default_factory=dict)
    comments: dict[str, str] = msgspec.field(default_factory=dict)
    seconds: dict[int, int] = msgspec.field(default_factory=dict)
    saved: dict[int, tuple[int, int]] = msgspec.field(default_factory=dict)
    reached: int = 0
    language: str | None = None
    link: int | None = None


@dataclass(frozen=True)
class Keys:
    """What is derived from a link's secret: where its draft lies, its seal, and the mark of having sent."""

    name: bytes
    seal: bytes = field(repr=False)
    sent: bytes


def derive(secret: str) -> Keys:
    """Derive the keys of a secret: a personal token, or the random value in an open link's cookie."""
    return Keys(_hkdf(secret, b"draft name"), _hkdf(secret, b"draft seal"), _hkdf(secret, b"sent"))


def _hkdf(secret: str, purpose: bytes) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cultureassess " + purpose)
    return kdf.derive(secret.encode("ascii"))


def load_draft(session: Session, keys: Keys, *, lock: bool = False) -> Answers | None:
    """Open a draft; None if there is none, or if its bytes were changed.

    Args:
        lock: hold the row until the transaction ends, because it will be written.
    """
    wanted = _SEALED_LOCKED if lock else _SEALED
    ciphertext: bytes | None = session.connection().scalar(wanted, {"name": keys.name})
    return None if ciphertext is None else _open(ciphertext, keys)


def save_draft(session: Session, wave: Wave, keys: Keys, answers: Answers, *, today: dt.date) -> None:
    """Seal the answers and store them under the link's name."""
    row = {"key_hash": keys.name, "wave_id": wave.id, "ciphertext": _seal(answers, keys), "updated_on": today}
    session.execute(_insert_or_replace(session.get_bind().dialect.name), row)


@cache
def _insert_or_replace(engine: str) -> sa.Insert:
    """Built once an engine: building it takes longer than executing it, and every Continue needs it."""
    new = postgresql.insert(_DRAFTS) if engine == "postgresql" else sqlite.insert(_DRAFTS)
    replaced = {name: new.excluded[name] for name in ("ciphertext", "updated_on")}
    return new.on_conflict_do_update(index_elements=[_DRAFTS.c.key_hash], set_=replaced)


def discard_draft(session: Session, keys: Keys) -> None:
    """Delete a draft, if there is one."""
    session.execute(sa.delete(Draft).where(Draft.key_hash == keys.name))


def _seal(answers: Answers, keys: Keys) -> bytes:
    plain = msgspec.json.encode(answers)
    padded = plain.ljust(-(-len(plain) // BLOCK) * BLOCK)
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(keys.seal).encrypt(nonce, padded, keys.name)


def _open(ciphertext: bytes, keys: Keys) -> Answers | None:
    try:
        plain = AESGCM(keys.seal).decrypt(ciphertext[:_NONCE], ciphertext[_NONCE:], keys.name)
    except (InvalidTag, ValueError):
        return None
    return msgspec.json.decode(plain, type=Answers)
