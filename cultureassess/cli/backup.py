"""``cultureassess backup``: database, secret and settings in one file."""

from __future__ import annotations

from pathlib import Path

import click

from cultureassess import clock
from cultureassess.cli.installation import settings
from cultureassess.cli.messages import FAILED, refuse


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--check", is_flag=True, help="Check FILE instead of writing it: sums, and a trial restore.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
def backup(file: Path, check: bool, force: bool) -> None:
    """Write everything that this installation needs to live on elsewhere into FILE.

    That is the database as of one moment, the secret key and settings.toml; not the environment. It goes
    on while people answer. FILE is for its owner's eyes only, and not encrypted.
    """
    from cultureassess.services.errors import DomainError

    try:
        if check:
            _check(file)
        else:
            _write(file.resolve(), force)
    except DomainError as error:
        refuse(str(error), FAILED)


def _write(file: Path, force: bool) -> None:
    from cultureassess.db import make_engine
    from cultureassess.services.operations.backup import back_up

    found = settings()
    made = back_up(make_engine(found.database_url), found, file, now=clock.now(), force=force)
    click.echo(f"{file}: {made.rows} rows of {len(made.tables)} tables, revision {made.revision}.")
    if made.environment:
        click.echo(f"Not in it, because they come from the environment: {', '.join(made.environment)}.")


def _check(file: Path) -> None:
    from cultureassess.services.operations.restore import check

    made = check(file)
    click.echo(
        f"{file} is whole and can be restored: {made.rows} rows of {len(made.tables)} tables, revision "
        f"{made.revision}, made {made.made_at:%Y-%m-%d %H:%M} UTC by version {made.program}."
    )
