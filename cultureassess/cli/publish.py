"""``cultureassess publish``: compute a closed wave's results anew, if that gives nobody away."""

from __future__ import annotations

import click

from cultureassess import clock
from cultureassess.cli.installation import WAVE, only_demo, settings, wave_of
from cultureassess.cli.messages import refuse


@click.command()
@click.argument("wave", type=WAVE)
@click.option("--yes", is_flag=True, help="Do it. Without this nothing is published.")
@click.option("--demo", is_flag=True, help="A wave of the demo.")
def publish(wave: int, yes: bool, demo: bool) -> None:
    """Publish the results of a closed WAVE again, after an erasure or with a newer version.

    It is refused where old and new results together would tell about too few people; the published
    results stand then, and the erased answers are gone all the same. Without --yes it only says whether
    it would be refused.
    """
    from cultureassess.services.closing import latest_snapshot, publish_again
    from cultureassess.services.errors import DomainError

    key = settings(demo=demo or only_demo()).secret_key
    with wave_of(wave, demo=demo) as (session, found):
        try:
            before = latest_snapshot(session, found).version
            record = publish_again(session, found, today=clock.today(), secret_key=key)
        except DomainError as error:
            refuse(str(error))
        version, mark = record.version, record.fingerprint[:12]
        if not yes:
            session.rollback()
    if version == before:
        click.echo(f"The results are the same as those published (version {version}); nothing to do.")
    elif yes:
        click.echo(f"Published version {version}: /results/{wave}  fingerprint {mark}")
    else:
        click.echo(f"Version {version} may be published: fingerprint {mark}. Add --yes to do it.")
