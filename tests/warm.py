"""What every application of a test would compute anew, kept for the next: a third of the tests' time.

Thousands of tests make an application of their own. Compiling its templates and the builders of its
addresses takes ten times as long as the rest, and gives the same for each of them.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable

from flask import Flask
from jinja2 import FileSystemBytecodeCache
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
