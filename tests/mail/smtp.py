"""A real mail server on loopback that does as it is told, and counts what it takes."""

from __future__ import annotations

import asyncio
import email
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP as POLICY

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from cultureassess import config

Answer = Callable[[str], str]


def agree(_address: str) -> str:
    return "250 OK"


class Post:
    """What the server has taken; ``to_rcpt`` and ``to_data`` decide what it answers to whom.

    Besides an SMTP reply they may say "hang", "slow" or "drop".
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []
        self.to_rcpt: Answer = agree
        self.to_data: Answer = agree
        self.pause = 0.0

    def addresses(self) -> Counter[str]:
        return Counter(address for address, _ in self.taken)

    def to(self, address: str) -> EmailMessage:
        (message,) = [message for to, message in self.taken if to == address]
        return message

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = await self._act(server, self.to_rcpt(address))
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        answer = self.to_data(address)
        if answer.startswith("250") or answer == "drop":
            self.taken.append((address, email.message_from_bytes(envelope.content, policy=POLICY)))  # type: ignore[arg-type]
        await asyncio.sleep(self.pause)
        return await self._act(server, answer)

    async def _act(self, server: SMTP, answer: str) -> str:
        if answer == "hang":
            await asyncio.sleep(30)
        if answer in ("hang", "drop"):
            server.transport.abort()
            return "421 gone"
        return answer


@contextmanager
def mail_server() -> Iterator[tuple[Post, int]]:
    """Run a server for as long as the block; yields what it takes and its port."""
    post = Post()
    port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    try:
        yield post, port
    finally:
        controller.stop()


def free_port() -> int:
    """A port of loopback on which nobody listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def settings_for(folder: object, port: int, **more: str) -> config.Settings:
    """An installation that mails through a server on loopback, fast."""
    environ = {
        "INSTANCE": str(folder),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_SECURITY": "none",
        "SMTP_FROM": "Nordlicht survey <survey@nordlicht.example>",
        "SMTP_PER_SECOND": "100",
    }
    return config.load({**environ, **more})


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
