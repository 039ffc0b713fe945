"""The command line. Commands are thin: they read options, call one function, and print."""

from __future__ import annotations

from importlib import import_module

import click

from cultureassess import __version__

COMMANDS = (
    "admin",
    "analyse",
    "audit-privacy",
    "backup",
    "close",
    "demo",
    "doctor",
    "erase",
    "export",
    "init",
    "privacy-record",
    "publish",
    "purge",
    "restore",
    "serve",
    "system",
    "upgrade",
    "verify",
    "worker",
)
"""Each stands in the module of its name."""


class Commands(click.Group):
    """Reads a command's module when it is asked for: some need the whole program, some next to nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        found: click.Command = getattr(import_module(f"cultureassess.cli.{name}"), name)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cultureassess")
def main() -> None:
    """CultureAssess: what a company believes about its customer focus, beside what customers say."""
