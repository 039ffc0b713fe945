"""``cultureassess export``: a wave's answers as two CSV files, for the data controller."""

from __future__ import annotations

from pathlib import Path

import click

from cultureassess.cli.installation import wave_of
from cultureassess.cli.messages import FAILED, refuse


@click.command()
@click.argument("wave", type=int)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the files."
)
@click.option("--demo", is_flag=True, help="A wave of the demo.")
def export(wave: int, out: Path, demo: bool) -> None:
    """Write the single answers of WAVE as inside.csv and customers.csv, as `analyse` reads them.

    These files are not protected by the disclosure rules: they are for the data controller alone.
    """
    from cultureassess import instruments
    from cultureassess.services.reading import read_wave
    from cultureassess.snapshot.files.writing import write_side

    with wave_of(wave, demo=demo) as (session, found):
        instrument = instruments.by_code(found.assessment.instrument)
        sides = read_wave(session, found, instrument)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, side in zip(("inside.csv", "customers.csv"), sides, strict=True):
            write_side(out / name, side, instrument)
            click.echo(str(out / name))
    except OSError as error:
        refuse(f"{out}: cannot be written ({error.strerror}). Choose another folder.", FAILED)
