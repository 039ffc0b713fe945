"""The settings of an installation: read once, typed and checked, from the environment or a file.

A value comes from the environment, from the file that ``NAME_FILE`` points to, or from
``settings.toml`` in the instance folder, in this order.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1")
SECRET_LENGTH = 32


class ConfigError(Exception):
    """A setting that cannot be used; the message names it and says what would do."""


@dataclass(frozen=True)
class Settings:
    """Everything an operator may decide. The metadata is what the documentation and ``doctor`` print."""

    instance: Path
    database_url: str = field(
        metadata={"help": "SQLite or PostgreSQL; by default a SQLite file in the instance folder."}
    )
    secret_key: str = field(
        repr=False, metadata={"help": "Signs cookies and open links; by default made at the first start."}
    )
    base_url: str = field(
        default="http://localhost:8000", metadata={"help": "The address that people type, without a path."}
    )
    trusted_proxies: int = field(default=0, metadata={"help": "Reverse proxies in front of the application."})
    demo: bool = field(
        default=False, metadata={"help": "Open doors and a banner; only on a loopback address."}
    )
    contact: str = field(
        default="", metadata={"help": "Whom respondents may ask, shown on the start and thank-you pages."}
    )

    def __post_init__(self) -> None:
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.hostname or address.path.strip("/"):
            raise ConfigError(
                f"BASE_URL is {self.base_url!r}; it must look like https://culture.example.org."
            )
        if not 0 <= self.trusted_proxies <= 10:
            raise ConfigError(f"TRUSTED_PROXIES is {self.trusted_proxies}; it must lie between 0 and 10.")
        if len(self.secret_key) < SECRET_LENGTH:
            raise ConfigError(f"SECRET_KEY is too short; it needs at least {SECRET_LENGTH} characters.")
        if self.demo and not self.loopback:
            raise ConfigError(
                f"DEMO needs no password, so it runs on localhost only, not on {self.base_url}."
            )

    @property
    def secure(self) -> bool:
        """Whether people reach the application by https."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def hosts(self) -> tuple[str, ...]:
        """The Host headers that are answered."""
        return LOOPBACK if self.loopback else (self.host,)


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; make the instance folder and the secret key where they are missing.

    Args:
        environ: instead of the process's environment. ``INSTANCE`` names the instance folder,
            by default ``instance`` in the current one.

    Raises:
        ConfigError: a value is malformed, unknown or does not fit the others.
    """
    source = os.environ if environ is None else environ
    instance = Path(source.get("INSTANCE", "instance")).resolve()
    instance.mkdir(parents=True, exist_ok=True)
    found = _from_file(instance / "settings.toml") | _from_environment(source)
    values = {name: _typed(name, value) for name, value in found.items()}
    values.setdefault("database_url", f"sqlite:///{instance / 'cultureassess.sqlite3'}")
    if "secret_key" not in values:
        values["secret_key"] = _own_secret(instance / "secret_key")
    return Settings(instance=instance, **values)


def names() -> tuple[str, ...]:
    """The settings as the environment spells them, without the instance folder."""
    return tuple(name.upper() for name in Settings.__dataclass_fields__ if name != "instance")


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in names():
        if name in environ:
            found[name.lower()] = environ[name]
        elif f"{name}_FILE" in environ:
            found[name.lower()] = _read(Path(environ[f"{name}_FILE"]), f"{name}_FILE")
    return found


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(_read(path, "settings.toml"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not TOML: {error}.") from error
    unknown = sorted(set(found) - {name.lower() for name in names()})
    if unknown:
        raise ConfigError(
            f"{path} has unknown settings: {', '.join(unknown)}. There are {', '.join(names()).lower()}."
        )
    return found


def _read(path: Path, what: str) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{what} cannot be read: {error}.") from error


def _typed(name: str, value: object) -> Any:  # noqa: ANN401
    kind = Settings.__dataclass_fields__[name].type
    text = str(value).strip()
    if kind == "bool":
        return _boolean(name, text)
    if kind == "int":
        if not text.isascii() or not text.isdigit():
            raise ConfigError(f"{name.upper()} is {text!r}; it must be a whole number.")
        return int(text[:6])
    return text.rstrip("/") if name == "base_url" else text


def _boolean(name: str, text: str) -> bool:
    known = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
        "": False,
    }
    if text.lower() not in known:
        raise ConfigError(f"{name.upper()} is {text!r}; it must be true or false.")
    return known[text.lower()]


def _own_secret(path: Path) -> str:
    """Read the installation's secret key, or make it. Of two first starts at once both get the same."""
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret-") as made:  # mode 0600
            made.write(secrets.token_urlsafe(SECRET_LENGTH))
            made.flush()
            with contextlib.suppress(FileExistsError):
                os.link(made.name, path)
    return _read(path, "the secret key")
