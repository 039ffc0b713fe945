"""``cultureassess purge``: delete what has stayed long enough."""

from __future__ import annotations

import click

from cultureassess import clock
from cultureassess.cli.installation import only_demo, ready_engine, settings


@click.command()
@click.option("--dry-run", is_flag=True, help="Count only; delete nothing.")
@click.option("--demo", is_flag=True, help="Of the demo.")
def purge(dry_run: bool, demo: bool) -> None:
    """Delete drafts, links, addresses and marks whose time is over. The worker does the same every day."""
    from cultureassess.db import transaction
    from cultureassess.services import erasure, retention

    engine = ready_engine(settings(demo=demo or only_demo()))
    with transaction(engine) as session:
        found = retention.purge(session, now=clock.now(), dry_run=dry_run)
    if any(found.values()) and not dry_run:
        erasure.reclaim(engine)
    for rule in retention.RULES:
        verb = "to delete" if dry_run else "deleted"
        click.echo(f"{found[rule.what]:>8} {rule.what} {verb} (kept until {rule.until})")
