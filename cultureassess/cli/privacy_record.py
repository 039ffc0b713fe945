"""``cultureassess privacy-record``: the record of processing of one wave."""

from __future__ import annotations

import click

from cultureassess.cli.installation import WAVE, settings, wave_of


@click.command(name="privacy-record")
@click.argument("wave", type=WAVE)
@click.option("--demo", is_flag=True, help="A wave of the demo.")
def privacy_record(wave: int, demo: bool) -> None:
    """Print the record of processing of WAVE for the data-protection officer, as Markdown.

    It is made from the wave's settings; what only the organisation knows is marked in it.
    """
    from cultureassess import instruments
    from cultureassess.services import privacy_record as records

    with wave_of(wave, demo=demo) as (_, found):
        instrument = instruments.by_code(found.assessment.instrument)
        click.echo(records.privacy_record(found, instrument, contact=settings(demo=demo).contact), nl=False)
