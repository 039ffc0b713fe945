"""``cultureassess init``: everything that the first start needs, without starting."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cultureassess.cli.admin import print_first_link
from cultureassess.cli.installation import ready_engine, settings
from cultureassess.services.operations.described import described


@click.command()
def init() -> None:
    """Make the instance folder, the secret key, settings.toml to fill in, and the database.

    While nobody has an account, it prints the link for the first administrator. It may be run again: what
    is there stays as it is.
    """
    found = settings()
    made = _write_settings(found.instance / "settings.toml")
    engine = ready_engine(found)
    click.echo(f"Instance folder: {found.instance}")
    click.echo(f"Settings: {found.instance / 'settings.toml'}{' (new: fill it in)' if made else ''}")
    click.echo(f"Database: {engine.url.render_as_string()}")
    print_first_link(engine, found)
    engine.dispose()


def _write_settings(path: Path) -> bool:
    """Write a file of settings that are all commented out; False if there is one."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("# Settings of this installation: take away the # before what you change.\n")
        file.write("# docs/operating.md explains them; the environment wins over this file.\n")
        for setting in described():
            file.write(f"\n# {setting.help}\n# {setting.name.lower()} = {setting.example}\n")
    return True
