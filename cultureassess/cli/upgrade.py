"""``cultureassess upgrade``: back up, migrate, check."""

from __future__ import annotations

import click

from cultureassess import clock
from cultureassess.cli.installation import settings
from cultureassess.cli.messages import FAILED, refuse


@click.command()
@click.option("--no-backup", is_flag=True, help="Write no backup: there is one of another kind.")
def upgrade(no_backup: bool) -> None:
    """Bring the database to this version: write a backup, migrate in one transaction, check.

    `serve` and `worker` do the same when they start. A database of a newer version is refused.
    """
    from cultureassess.db import make_engine, migrate
    from cultureassess.db.engine import WORKER_BUSY_SECONDS
    from cultureassess.services.errors import DomainError
    from cultureassess.services.operations import upgrade as upgrading

    found = settings()
    engine = make_engine(found.database_url, busy_seconds=WORKER_BUSY_SECONDS)
    before = migrate.current(engine)
    try:
        made = upgrading.bring_up_to_date(engine, found, now=clock.now(), backup=not no_backup)
    except (migrate.SchemaUnknown, DomainError) as error:
        refuse(str(error), FAILED)
    if made is not None:
        click.echo(f"Backup: {made}")
    now = migrate.current(engine)
    click.echo(
        f"The database is at revision {now}" + ("." if before == now else f", from {before or 'none'}.")
    )
    for sentence in upgrading.check(engine):
        refuse(sentence, FAILED)
