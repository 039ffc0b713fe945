"""``cultureassess serve``: the web server."""

from __future__ import annotations

import errno
import signal
import socket
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from cultureassess import config, logs
from cultureassess.cli.admin import print_first_link
from cultureassess.cli.installation import only_demo, ready_engine, remember_port, settings
from cultureassess.cli.messages import FAILED, refuse
from cultureassess.cli.worker import beside


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--demo", is_flag=True, help="Serve the demo, even where there is a real installation.")
def serve(port: int, demo: bool) -> None:
    """Serve what is there on http://localhost:PORT: this machine only, unless BIND says otherwise.

    SIGTERM and Ctrl-C end it when the requests that have come in are answered, within thirty seconds.
    """
    found = settings(demo=demo or only_demo(), port=port)
    click.echo(
        f"Serving {'the demo' if found.demo else 'CultureAssess'} on {found.base_url}. Ctrl-C stops it."
    )
    run(found, port)


def refuse_taken(port: int, host: str = "127.0.0.1") -> None:
    """Stop with a clear word if something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                refuse(
                    f"Port {port} is taken by another program. Choose another: PORT={port + 1} or --port.",
                    FAILED,
                )
            refuse(
                f"Port {port} cannot be used: {error.strerror}. Choose another with PORT= or --port.", FAILED
            )


def run(found: config.Settings, port: int) -> None:
    """Bring the database up to date and serve until Ctrl-C, with a worker beside the web server."""
    refuse_taken(port, found.bind)
    if found.demo:
        remember_port(found, port)
    # The demo is looked at by one person, whose terminal should stay readable.
    logs.configure(found.log_format, "warning" if found.demo else found.log_level)
    welcome(found)
    with beside(base_url=found.base_url, demo=found.demo):
        Server(found, port).run()


def welcome(found: config.Settings) -> None:
    """Bring the database up to date; while nobody has an account, print the link for the first one."""
    engine = ready_engine(found)
    if not found.demo:
        print_first_link(engine, found)
    engine.dispose()


ENDING = (signal.SIGQUIT, signal.SIGTERM)
"""What the parent sends a worker that shall end, at once or when its requests are answered."""


class ServerLines(Logger):  # type: ignore[misc]
    """gunicorn's messages through our own formatter: its own would quote addresses and paths."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers[:] = []
        self.error_log.propagate = True


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings; every worker makes its own application and connections."""

    def __init__(self, found: config.Settings, port: int) -> None:
        self.found = found
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self.found.bind}:{self.port}",
            "workers": self.found.web_workers,
            "threads": self.found.web_threads,
            "logger_class": ServerLines,
            "worker_class": "gthread",
            "loglevel": "warning",
            "accesslog": None,
            "graceful_timeout": 30,
            "timeout": 60,
            "control_socket_disable": True,
            "proc_name": "cultureassess",
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make a worker's application.

        Ctrl-C reaches the whole process group. The parent alone tells its workers to end: one of gunicorn's
        that is told twice at the same moment waits for a lock that it holds itself, until it is killed. Who
        is told meanwhile ends when the application is made: what is broken off complains on the terminal.
        """
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            from cultureassess.app import create_app

            return create_app(self.found)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
