"""A mail as it goes over the wire: plain text, nothing that tells who read it."""

from __future__ import annotations

import datetime as dt
import hmac
import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr

from cultureassess.services.errors import DomainError

HEADER_LENGTH = 200
_LINE = 900
"""Longest line that is sent as it is; mail servers must take 998 characters."""


class HeaderRefused(DomainError):
    """A subject or a name that could end its line in a mail and begin another one."""

    def __init__(self) -> None:
        super().__init__(f"Use one line of at most {HEADER_LENGTH} characters, without control characters.")


@dataclass(frozen=True)
class Letter:
    """What is to be written to whom, before it becomes a message.

    Attributes:
        to: an address as :func:`cultureassess.services.mail.addresses.check_address` returns it.
        sender_name: beside the installation's address; empty for the installation's own name.
        reply_to: who gets the replies; empty for nobody else.
        stop: the address of the page that stops further mails; empty where it is not a mailing.
    """

    to: str
    subject: str
    body: str
    sender_name: str = ""
    reply_to: str = ""
    stop: str = ""


def check_header(text: str) -> str:
    """Return a text that may stand in a header.

    Raises:
        HeaderRefused: it has a line break, a control or format character, or is too long.
    """
    if len(text) > HEADER_LENGTH or any(unicodedata.category(character) in _REFUSED for character in text):
        raise HeaderRefused
    return text


_REFUSED = frozenset({"Cc", "Cs", "Zl", "Zp"})
_UNFOLDED = frozenset({"list-unsubscribe", "message-id"})


class _Policy(EmailPolicy):
    """Leaves addresses of pages in one piece: the standard policy encodes those longer than a line."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _UNFOLDED:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def message_of(letter: Letter, *, sender: str, message_id: str, now: dt.datetime) -> EmailMessage:
    """Write a letter as a message.

    Args:
        sender: the installation's sender, ``Name <address>`` or an address.
        message_id: see :func:`message_id`.
        now: timezone-aware.

    Raises:
        HeaderRefused: a header could not be written safely.
    """
    name, address = parseaddr(sender)
    message = EmailMessage(policy=_Policy(linesep="\r\n"))
    message["From"] = _mailbox(letter.sender_name or name, address)
    message["To"] = _mailbox("", letter.to)
    message["Subject"] = check_header(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if letter.reply_to:
        message["Reply-To"] = _mailbox("", letter.reply_to)
    if letter.stop:
        message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body, cte=_encoding(letter.body))
    return message


def message_id(number: int, *, host: str, secret_key: str) -> str:
    """The Message-ID of a mail of the outbox: the same whenever it is sent, and no other installation's."""
    mark = hmac.digest(secret_key.encode(), b"message-id" + str(number).encode(), "sha256").hex()[:16]
    return f"<mail-{number}.{mark}@{host}>"


def _mailbox(name: str, address: str) -> Address:
    try:
        return Address(display_name=check_header(name), addr_spec=check_header(address))
    except ValueError as error:
        raise HeaderRefused from error


def _encoding(body: str) -> str:
    """Plain lines as they are, so that a link is one piece to everybody who handles the mail."""
    plain = body.isascii() and all(len(line) <= _LINE for line in body.splitlines())
    return "7bit" if plain else "quoted-printable"
