"""Addresses of static files that carry a hash of their content, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for


@cache
def _fingerprint(path: Path, _changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(folder: Path, filename: str) -> str:
    """The address of a static file.

    Raises:
        FileNotFoundError: there is no such file.
    """
    path = folder / filename
    return _address(filename, _fingerprint(path, path.stat().st_mtime))


@cache
def _address(filename: str, fingerprint: str) -> str:
    return url_for("static", filename=filename, v=fingerprint)


def init_app(app: Flask) -> None:
    """Give templates ``asset('css/base.css')``."""
    folder = Path(str(app.static_folder))

    def address(filename: str) -> str:
        return asset(folder, filename)

    # Files change while somebody works on them; in operation they change with a restart.
    app.jinja_env.globals["asset"] = address if app.debug else cache(address)
