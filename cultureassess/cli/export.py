"""``cultureassess export``: a wave's answers as two CSV files, for the data controller."""

from __future__ import annotations

from pathlib import Path

import click

from cultureassess.cli.files import private_folder
from cultureassess.cli.installation import WAVE, wave_of
from cultureassess.cli.messages import FAILED, refuse


@click.command()
@click.argument("wave", type=WAVE)
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
    from cultureassess.services.singling_out import singled_out
    from cultureassess.snapshot.files.writing import write_side

    with wave_of(wave, demo=demo) as (session, found):
        instrument = instruments.by_code(found.assessment.instrument)
        sides = read_wave(session, found, instrument)
    try:
        with private_folder(out):
            for name, side in zip(("inside.csv", "customers.csv"), sides, strict=True):
                (out / name).unlink(missing_ok=True)
                write_side(out / name, side, instrument)
                click.echo(str(out / name))
                if alone := singled_out(side):
                    click.echo(
                        f"Note: {alone} of {len(side)} people in {name} are the only ones with what they said"
                        " about themselves: whoever knows them finds their answers.",
                        err=True,
                    )
    except OSError as error:
        refuse(f"{out}: cannot be written ({error.strerror}). Choose another folder.", FAILED)
