"""What every application of a test would compute anew, kept for the next: half of the tests' time.

Thousands of tests make an application of their own, with a database of its own. Compiling its templates,
its addresses and its SQL takes ten times as long as the rest, and gives the same for each of them.
"""

from __future__ import annotations

import gc
from functools import cache
from types import CodeType
from typing import Any

import argon2
import sqlalchemy as sa
import werkzeug.security
from argon2.exceptions import VerifyMismatchError
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from passlib.totp import AppWallet
from sqlalchemy.util import LRUCache
from werkzeug.routing.rules import Rule

from cultureassess.db import make_engine

STATEMENTS = 5000
"""How many compiled statements are kept: more than all tests together have."""

OBJECTS = 50_000
"""So many new objects until Python looks for rubbish among them, instead of 700."""


def keep_warm() -> None:
    """Keep everything that is the same for each test. Called once, before the first application is made."""
    keep_templates()
    keep_addresses()
    keep_statements()
    keep_verified()
    look_for_rubbish_seldom()


class Templates(BytecodeCache):
    """Compiled templates, by what stands in them."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.kept[bucket.key, bucket.checksum] = bucket.code


def keep_templates() -> None:
    """Keep compiled templates in memory while this process lives."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Templates()}


def keep_addresses() -> None:
    """Keep what werkzeug has compiled of a rule for addresses.

    It depends on the rule's text, its defaults and the converters of the application, and on no more.
    """
    compile_rule = Rule.compile
    compiled: dict[tuple[object, ...], Rule] = {}

    def kept(self: Rule) -> None:
        own = (self.rule, self.subdomain, self.host, self.merge_slashes, repr(self.defaults))
        key = (*own, self.map.host_matching, *self.map.converters.items())
        first = compiled.get(key)
        if first is None:
            compile_rule(self)
            compiled[key] = self
            return
        self._parts, self._trace, self._converters = first._parts, first._trace, first._converters
        self.arguments |= first.arguments
        # Builders are functions of the rule that they were made for.
        self._build = first._build.__func__.__get__(self, None)  # type: ignore[attr-defined]
        self._build_unknown = first._build_unknown.__func__.__get__(self, None)  # type: ignore[attr-defined]

    Rule.compile = kept  # type: ignore[method-assign]


def keep_statements() -> None:
    """Let all engines of SQLite speak through one dialect, because what is compiled is kept for a dialect."""
    with make_engine("sqlite://").connect() as connection:
        dialect = connection.dialect  # what it knows of the library it has found out by connecting
    statements: Any = LRUCache(STATEMENTS)
    make = sa.Engine.__init__

    def made(self: sa.Engine, pool: sa.Pool, own: sa.Dialect, url: sa.URL, **more: Any) -> None:
        same = (own.name, own.dbapi) == (dialect.name, dialect.dbapi)
        make(self, pool, dialect if same else own, url, **more)
        if same:
            self._compiled_cache = statements

    sa.Engine.__init__ = made  # type: ignore[method-assign]


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


def look_for_rubbish_seldom() -> None:
    """Looking for rubbish took a fifth of the time: the libraries' own objects never become any."""
    gc.set_threshold(OBJECTS, 10, 10)
