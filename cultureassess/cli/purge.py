"""``cultureassess purge``: delete what has stayed long enough."""

from __future__ import annotations

import click

from cultureassess import clock
from cultureassess.cli.installation import only_demo, ready_engine, settings


@click.command()
@click.option("--dry-run", is_flag=True, help="Count only; delete nothing.")
@click.option("--demo", is_flag=True, help="Of the demo.")
def purge(dry_run: bool, demo: bool) -> None:
    """Delete drafts, links, addresses and reports whose time is over. The worker does the same every day."""
    from cultureassess.db import transaction
    from cultureassess.services import erasure, kept_reports, retention

    installed, now = settings(demo=demo or only_demo()), clock.now()
    engine = ready_engine(installed)
    with transaction(engine) as session:
        found = retention.purge(session, now=now, dry_run=dry_run)
    if any(found.values()) and not dry_run:
        erasure.reclaim(engine)
    verb = "to delete" if dry_run else "deleted"
    for rule in retention.RULES:
        click.echo(f"{found[rule.what]:>8} {rule.what} {verb} (kept until {rule.until})")
    files = kept_reports.drop_reports(installed.instance, now=now, dry_run=dry_run)
    until = f"{kept_reports.KEPT.days} days after somebody asked for them"
    click.echo(f"{files:>8} written reports {verb} (kept until {until})")
