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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1")
SECRET_LENGTH = 32
_TOO_SHORT = f"The secret key is too short; it needs at least {SECRET_LENGTH} characters."


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
    require_totp: str = field(
        default="",
        metadata={
            "help": "Who must sign in with an authenticator app as well: consultants, all or none; "
            "by default consultants with https, none without."
        },
    )
    breached_passwords: str = field(
        default="",
        metadata={"help": "A sorted file of stolen passwords that are refused, as SHA-1 hashes or plain."},
    )
    bind: str = field(
        default="127.0.0.1", metadata={"help": "Where to listen: 127.0.0.1, or 0.0.0.0 in a container."}
    )
    web_workers: int = field(default=2, metadata={"help": "Web processes, 1 to 32: two a processor core."})
    web_threads: int = field(
        default=4, metadata={"help": "Requests that one process answers at once, 1 to 64."}
    )
    log_format: str = field(default="text", metadata={"help": "text for people, json for machines."})
    log_level: str = field(
        default="info", metadata={"help": "info (a line for every request), warning or error."}
    )

    smtp_host: str = field(default="", metadata={"help": "The mail server; without one nothing is mailed."})
    smtp_port: int = field(
        default=587, metadata={"help": "Its port: 587 for starttls, 465 for tls, 25 for none."}
    )
    smtp_security: str = field(
        default="starttls",
        metadata={"help": "starttls, tls or none; none with a password only on this machine."},
    )
    smtp_user: str = field(default="", metadata={"help": "Name for signing in at the mail server."})
    smtp_password: str = field(
        default="", repr=False, metadata={"help": "Password for signing in at the mail server."}
    )
    smtp_from: str = field(
        default="", metadata={"help": "The sender: survey@example.org or Name <survey@example.org>."}
    )
    smtp_per_second: int = field(default=5, metadata={"help": "Mails a second at most, 1 to 100."})
    smtp_per_day: int = field(
        default=10_000, metadata={"help": "Invitations and reminders a day at most; 0 for no limit."}
    )

    def __post_init__(self) -> None:
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.hostname or address.path.strip("/"):
            raise ConfigError(
                f"BASE_URL is {self.base_url!r}; it must look like https://culture.example.org."
            )
        self._check_range("trusted_proxies", 0, 10)
        if len(self.secret_key) < SECRET_LENGTH:
            raise ConfigError(f"SECRET_KEY is too short; it needs at least {SECRET_LENGTH} characters.")
        if self.require_totp not in ("", "consultants", "all", "none"):
            raise ConfigError(f"REQUIRE_TOTP is {self.require_totp!r}; it must be consultants, all or none.")
        if self.breached_passwords and not Path(self.breached_passwords).is_file():
            raise ConfigError(f"BREACHED_PASSWORDS names {self.breached_passwords}, which is not a file.")
        if self.demo and not self.loopback:
            raise ConfigError(
                f"DEMO needs no password, so it runs on localhost only, not on {self.base_url}."
            )
        self._check_server()
        self._check_mail()

    def _check_server(self) -> None:
        if self.demo and self.bind not in LOOPBACK:
            raise ConfigError(f"DEMO needs no password, so it listens on 127.0.0.1 only, not on {self.bind}.")
        self._check_range("web_workers", 1, 32)
        self._check_range("web_threads", 1, 64)
        if self.log_format not in ("json", "text"):
            raise ConfigError(f"LOG_FORMAT is {self.log_format!r}; it must be json or text.")
        if self.log_level not in ("info", "warning", "error"):
            raise ConfigError(f"LOG_LEVEL is {self.log_level!r}; it must be info, warning or error.")

    def _check_mail(self) -> None:
        if self.smtp_security not in ("starttls", "tls", "none"):
            raise ConfigError(f"SMTP_SECURITY is {self.smtp_security!r}; it must be starttls, tls or none.")
        self._check_range("smtp_per_second", 1, 100)
        self._check_range("smtp_port", 1, 65535)
        if self.smtp_host and "@" not in parseaddr(self.smtp_from)[1]:
            raise ConfigError("SMTP_FROM must name the sender, for example survey@example.org.")
        if self.smtp_security == "none" and self.smtp_password and self.smtp_host not in LOOPBACK:
            raise ConfigError("SMTP_SECURITY is none: the password would travel in the clear. Use starttls.")

    def _check_range(self, name: str, least: int, most: int) -> None:
        value: int = getattr(self, name)
        if not least <= value <= most:
            raise ConfigError(f"{name.upper()} is {value}; it must lie between {least} and {most}.")

    @property
    def mails(self) -> bool:
        """Whether there is a mail server."""
        return bool(self.smtp_host)

    @property
    def totp_duty(self) -> str:
        """Who must use an authenticator app: ``consultants`` (administrators too), ``all`` or ``none``."""
        return self.require_totp or ("consultants" if self.secure else "none")

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


def load(environ: Mapping[str, str] | None = None, *, port: int | None = None) -> Settings:
    """Read the settings; make the instance folder and the secret key where they are missing.

    Args:
        environ: instead of the process's environment. ``INSTANCE`` names the instance folder,
            by default ``instance`` in the current one.
        port: where this process serves: part of ``BASE_URL`` where nothing else is set.

    Raises:
        ConfigError: a value is malformed, unknown or does not fit the others.
    """
    source = os.environ if environ is None else environ
    instance = _instance(source)
    found = _from_file(instance / "settings.toml") | _from_environment(source)
    values = {name: _typed(name, value) for name, value in found.items()}
    values.setdefault("database_url", f"sqlite:///{instance / 'cultureassess.sqlite3'}")
    if port is not None:
        values.setdefault("base_url", f"http://localhost:{port}")
    if "secret_key" not in values:
        values["secret_key"] = _own_secret(instance / "secret_key")
    return Settings(instance=instance, **values)


def secret_key(environ: Mapping[str, str] | None = None) -> str:
    """Read the secret key alone, as :func:`load` would, for commands that need no installation.

    Raises:
        ConfigError: it, or the instance folder, cannot be read or made.
    """
    source = os.environ if environ is None else environ
    instance = _instance(source)
    found = _from_file(instance / "settings.toml") | _from_environment(source, ("SECRET_KEY",))
    return _long_enough(str(found.get("secret_key") or _own_secret(instance / "secret_key")))


def secret_in(path: Path) -> str:
    """Read a secret from a file.

    Raises:
        ConfigError: it cannot be read, or holds fewer than ``SECRET_LENGTH`` characters.
    """
    return _long_enough(_read(path, str(path)))


def _long_enough(secret: str) -> str:
    if len(secret) < SECRET_LENGTH:
        raise ConfigError(_TOO_SHORT)
    return secret


def _instance(environ: Mapping[str, str]) -> Path:
    """The instance folder; a new one, and those above it that are new, are for their owner alone."""
    instance = Path(environ.get("INSTANCE", "instance")).resolve()
    try:
        for folder in [one for one in (*reversed(instance.parents), instance) if not one.exists()]:
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"The instance folder {instance} cannot be made ({error.strerror}).") from error
    return instance


def names() -> tuple[str, ...]:
    """The settings as the environment spells them, without the instance folder."""
    return tuple(name.upper() for name in Settings.__dataclass_fields__ if name != "instance")


def _from_environment(environ: Mapping[str, str], wanted: Sequence[str] = ()) -> dict[str, str]:
    found = {}
    for name in wanted or names():
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
        there = ", ".join(names()).lower()
        raise ConfigError(f"{path} has unknown settings: {', '.join(unknown)}. There are {there}.")
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
    yes, no = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")
    known = dict.fromkeys(yes, True) | dict.fromkeys(no, False)
    if text.lower() not in known:
        raise ConfigError(f"{name.upper()} is {text!r}; it must be true or false.")
    return known[text.lower()]


def _make_secret(path: Path) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret-") as made:  # mode 0600
        made.write(secrets.token_urlsafe(SECRET_LENGTH))
        made.flush()
        with contextlib.suppress(FileExistsError):
            os.link(made.name, path)


def _own_secret(path: Path) -> str:
    """Read the installation's secret key, or make it. Of two first starts at once both get the same."""
    try:
        if not path.exists():
            _make_secret(path)
    except OSError as error:
        raise ConfigError(f"The secret key {path} cannot be made ({error.strerror}).") from error
    return _read(path, "the secret key")
