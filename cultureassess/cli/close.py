"""``cultureassess close``: close a wave and compute its snapshot."""

from __future__ import annotations

import click

from cultureassess import clock
from cultureassess.cli.installation import WAVE, only_demo, settings, wave_of
from cultureassess.cli.messages import refuse


@click.command()
@click.argument("wave", type=WAVE)
@click.option("--demo", is_flag=True, help="A wave of the demo.")
def close(wave: int, demo: bool) -> None:
    """Close WAVE (its number in the workspace) and compute its results.

    From then on nobody can answer, and the results never change.
    """
    from cultureassess.services.closing import close_wave
    from cultureassess.services.erasure import reclaim
    from cultureassess.services.errors import DomainError
    from cultureassess.services.fielding import today_at

    secret_key = settings(demo=demo or only_demo()).secret_key
    with wave_of(wave, demo=demo) as (session, found):
        engine = session.get_bind().engine
        try:
            record = close_wave(session, found, today=today_at(found, clock.now()), secret_key=secret_key)
        except DomainError as error:
            refuse(str(error))
    reclaim(engine)
    click.echo(f"Closed {found.label}. Results: /results/{wave}  fingerprint {record.fingerprint[:12]}")
