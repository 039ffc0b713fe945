"""Talking to a mail server, step by step, so that it is known what a failure means (RELIABILITY F14)."""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

from cultureassess.config import Settings

PATIENCE = 20.0
"""Seconds for one mail, and for one connection to be made; then the line is cut."""

_TAKEN, _TEMPORARY, _FINAL = 2, 4, 5
"""First digits of a reply."""

_GO_ON, _CLOSING = 354, 421

_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class Outcome(Enum):
    """What became of one attempt.

    ``LATER`` and ``REFUSED`` are the server's word on this mail (4xx, 5xx). ``UNREACHABLE`` says nothing
    about the mail: the server did not get as far as taking its text. After ``AMBIGUOUS`` nobody can tell.
    ``GIVEN_UP``: the caller did not want the text to be handed over any more.
    """

    SENT = auto()
    LATER = auto()
    REFUSED = auto()
    UNREACHABLE = auto()
    AMBIGUOUS = auto()
    GIVEN_UP = auto()


@dataclass
class MailServer:
    """The operator's mail server, over one connection that is kept while there is mail."""

    settings: Settings
    patience: float = PATIENCE
    _line: smtplib.SMTP | None = field(default=None, repr=False)

    def send(
        self, message: bytes, *, sender: str, recipient: str, may_begin: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """Hand over one message.

        Args:
            message: lines end with CR LF.
            sender, recipient: addresses of the envelope.
            may_begin: asked once, right before the text is handed over; if it says no, it is not.
        """
        try:
            line = self._connected()
            with self._deadline(line):
                refused = _envelope(line, sender, recipient)
        except (OSError, smtplib.SMTPException, UnicodeError):
            self.close()
            return Outcome.UNREACHABLE
        if refused is not None:
            self._reset(line)
            return refused
        if not may_begin():
            self.close()  # the server waits for a text; without its end there is no mail
            return Outcome.GIVEN_UP
        return self._text(line, message)

    def _text(self, line: smtplib.SMTP, message: bytes) -> Outcome:
        """Hand over the text. From here on a broken line means that nobody knows."""
        try:
            with self._deadline(line):
                line.send(_LEADING_DOT.sub(b"..", message.removesuffix(b"\r\n")) + b"\r\n.\r\n")
                code, _ = line.getreply()
        except (OSError, smtplib.SMTPException):
            self.close()
            return Outcome.AMBIGUOUS
        if code // 100 == _TAKEN:
            return Outcome.SENT
        return _refusal(code) or Outcome.AMBIGUOUS

    def _connected(self) -> smtplib.SMTP:
        if self._line is None:
            self._line = self._connect()
        return self._line

    def _connect(self) -> smtplib.SMTP:
        found = self.settings
        where = (found.smtp_host, found.smtp_port, found.host)
        secure = ssl.create_default_context()
        if found.smtp_security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=self.patience, context=secure)
        else:
            line = smtplib.SMTP(*where, timeout=self.patience)
        try:
            with self._deadline(line):
                if found.smtp_security == "starttls":
                    line.starttls(context=secure)
                line.ehlo()
                if found.smtp_user:
                    line.login(found.smtp_user, found.smtp_password)
        except BaseException:
            line.close()
            raise
        return line

    @contextmanager
    def _deadline(self, line: smtplib.SMTP) -> Iterator[None]:
        """Cut the line when time is up: a time-out of the socket would start anew with every byte."""
        clock = threading.Timer(self.patience, _cut, (line,))
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def _reset(self, line: smtplib.SMTP) -> None:
        try:
            with self._deadline(line):
                line.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def try_connection(self) -> str:
        """Connect and sign in; return what went wrong in a few words, or "" if nothing did."""
        try:
            self._connected()
        except smtplib.SMTPAuthenticationError:
            return "it refuses the user or the password"
        except ssl.SSLError as error:
            return f"no encrypted connection ({error.reason or 'TLS'})"
        except (OSError, smtplib.SMTPException) as error:
            return getattr(error, "strerror", None) or type(error).__name__
        finally:
            self.close()
        return ""

    def close(self) -> None:
        """Let go of the connection, politely where it still stands."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException), self._deadline(line):
                line.quit()
            line.close()


def _cut(line: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError, AttributeError):
        line.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


def _envelope(line: smtplib.SMTP, sender: str, recipient: str) -> Outcome | None:
    """Name sender and recipient and ask to go on; None if the server waits for the text.

    Raises:
        smtplib.SMTPException: the server does not send for us at all now, which is no news about the mail.
    """
    code, answer = line.mail(sender)
    if code // 100 == _FINAL:
        raise smtplib.SMTPSenderRefused(code, answer, sender)
    if (refused := _refusal(_present(code))) is not None:
        return refused
    if (refused := _refusal(_present(line.rcpt(recipient)[0]))) is not None:
        return refused
    code = _present(line.docmd("DATA")[0])
    return None if code == _GO_ON else _refusal(code) or Outcome.UNREACHABLE


def _present(code: int) -> int:
    """A reply's code, if the server goes on talking after it."""
    if code == _CLOSING or code < 0:
        raise smtplib.SMTPServerDisconnected
    return code


def _refusal(code: int) -> Outcome | None:
    """A refusal by its first digit; None if it is none."""
    if code // 100 == _FINAL:
        return Outcome.REFUSED
    return Outcome.LATER if code // 100 == _TEMPORARY else None
