"""``cultureassess restore``: an installation as it was when a backup was made."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cultureassess import clock, config
from cultureassess.cli.messages import FAILED, refuse


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--force", is_flag=True, help="Delete the database and the secret key that are there.")
@click.option("--send-mail", is_flag=True, help="Send the mails that waited when the backup was made.")
def restore(file: Path, force: bool, send_mail: bool) -> None:
    """Read the backup FILE into this installation: on this machine or another, SQLite or PostgreSQL.

    Mails that waited when the backup was made may have been sent since. They are kept for a person to
    decide, unless --send-mail says that they have not.
    """
    from cultureassess.db import make_engine
    from cultureassess.services.errors import DomainError
    from cultureassess.services.operations import restore as restoring

    try:
        found = _settings(restoring.secret_of(file), force)
        made = restoring.restore(file, found, now=clock.now(), force=force)
    except DomainError as error:
        refuse(str(error), FAILED)
    held = 0 if send_mail else restoring.hold_mail(make_engine(found.database_url))
    click.echo(
        f"Restored {made.rows} rows of {len(made.tables)} tables, as of {made.made_at:%Y-%m-%d %H:%M} UTC."
    )
    if held:
        click.echo(_held_mails(held))
    if made.environment:
        click.echo(f"These settings came from the environment there: {', '.join(made.environment)}.")
    click.echo("What was erased after the backup is back: erase it again. Then: cultureassess doctor")


def _held_mails(number: int) -> str:
    """What becomes of the mails that waited when the backup was made, and where they stand."""
    waited = (
        "1 mail waited then; it is kept" if number == 1 else f"{number:,} mails waited then; they are kept"
    )
    return (
        f"{waited} until somebody decides what was sent: mails to a wave's people on its page Invitations, "
        "to a client's leaders and owners of actions on the client's page, all others on the page Members."
    )


def _settings(secret: str, force: bool) -> config.Settings:
    """The settings of this installation with the backup's secret key, which opens its links."""
    try:
        found = config.load({**os.environ, "SECRET_KEY": os.environ.get("SECRET_KEY", secret)})
    except config.ConfigError as error:
        refuse(str(error))
    named = [place for place in ("SECRET_KEY", "SECRET_KEY_FILE") if place in os.environ]
    if named and _named(named[0]) != secret:
        refuse(f"{named[0]} is another secret key than the backup's: its links would be dead. Take it away.")
    own = found.instance / "secret_key"
    if own.exists() and own.read_text("utf-8").strip() != secret and not force:
        refuse(f"{own} is another secret key than the backup's. With --force it is replaced.", FAILED)
    return found


def _named(place: str) -> str:
    value = os.environ[place]
    return value if place == "SECRET_KEY" else Path(value).read_text("utf-8").strip()
