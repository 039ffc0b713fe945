"""Texts that wait in the outbox, sealed with the installation's key: a copy of the database opens none."""

from __future__ import annotations

import os

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Text(msgspec.Struct, frozen=True):
    """What a mail says."""

    subject: str
    body: str


def seal(text: Text, *, secret_key: str) -> bytes:
    """Encrypt a text with a key that is made of the installation's."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(secret_key)).encrypt(nonce, msgspec.json.encode(text), b"")


def open_sealed(sealed: bytes, *, secret_key: str) -> Text | None:
    """Decrypt a text; None where the installation's key has changed, or bytes have."""
    try:
        plain = AESGCM(_key(secret_key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], b"")
    except (InvalidTag, ValueError):
        return None
    return msgspec.json.decode(plain, type=Text)


def _key(secret_key: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cultureassess outbox")
    return kdf.derive(secret_key.encode())
