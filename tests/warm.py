"""What every application of a test would compute anew, kept for the next: a third of the tests' time.

Thousands of tests make an application of their own. Compiling its templates and the builders of its
addresses takes ten times as long as the rest, and gives the same for each of them.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from typing import Any

import argon2
import werkzeug.security
from argon2.exceptions import VerifyMismatchError
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from passlib.totp import AppWallet
from werkzeug.routing.rules import Rule

Builder = Callable[..., tuple[str, str]]


def keep_compiled() -> None:
    """Keep compiled templates in a folder and builders of addresses in memory while this process lives."""
    folder = tempfile.mkdtemp(prefix="templates-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(folder)}
    compiled: dict[tuple[object, ...], Builder] = {}
    compile_builder = Rule._compile_builder

    def kept(self: Rule, append_unknown: bool = True) -> Builder:
        """A builder depends on its rule alone: on the text, the parts and the defaults."""
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(self, append_unknown)
        return compiled[key]

    Rule._compile_builder = kept  # type: ignore[method-assign]


def keep_verified() -> None:
    """Remember which password belongs to which hash: the same few are checked hundreds of times.

    Hashes are made as always, so that what is stored is what would be stored for real. Only the wrapping of
    an authenticator's secret, itself a random number, is stretched less.
    """
    verify = argon2.low_level.verify_secret

    @cache
    def belongs(stored: bytes, secret: bytes, kind: argon2.Type) -> bool:
        try:
            return verify(stored, secret, kind)
        except VerifyMismatchError:
            return False

    def remembered(hash: bytes, secret: bytes, type: argon2.Type) -> bool:  # noqa: A002
        if not belongs(hash, secret, type):
            raise VerifyMismatchError("The password does not match the supplied hash")
        return True

    places: tuple[Any, ...] = (argon2.low_level, argon2._password_hasher)
    for place in places:
        place.verify_secret = remembered
    werkzeug.security._hash_internal = cache(werkzeug.security._hash_internal)
    AppWallet.encrypt_cost = 4
