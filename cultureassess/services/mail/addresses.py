"""E-mail addresses: which ones are taken, and how two are compared."""

from __future__ import annotations

import re
import unicodedata

from cultureassess.models.mail import ADDRESS_LENGTH
from cultureassess.services.errors import DomainError

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", re.ASCII)
_LOCAL_LENGTH = 64
_LABEL_LENGTH = 63


class AddressRefused(DomainError):
    """Not an e-mail address that mail can be sent to."""

    def __init__(self) -> None:
        super().__init__("This is not an e-mail address. It should look like name@example.org.")


def check_address(text: str) -> str:
    """Return an address as it is given to a mail server: its domain in ASCII, nothing around it.

    One mailbox and nothing else is taken: no display name, no list, no quoted or non-ASCII local part, and
    above all nothing that could end a header line.

    Raises:
        AddressRefused: anything else.
    """
    local, _, domain = text.strip(" ").rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii") if domain.isprintable() else ""
    except UnicodeError:
        host = ""
    address = f"{local}@{host}"
    labels = host.split(".")
    fits = len(local) <= _LOCAL_LENGTH and len(address) <= ADDRESS_LENGTH and len(labels) > 1
    if not (fits and _LOCAL.fullmatch(local) and all(map(_is_label, labels)) and not labels[-1].isdigit()):
        raise AddressRefused
    return address


def _is_label(label: str) -> bool:
    return len(label) <= _LABEL_LENGTH and _LABEL.fullmatch(label) is not None


def fold(address: str) -> str:
    """An address as it is compared. No mail service that people use tells capitals apart."""
    return unicodedata.normalize("NFC", address).casefold()
