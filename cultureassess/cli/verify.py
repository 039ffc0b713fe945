"""``cultureassess verify``: is every figure of a report the one that its snapshot gives?"""

from __future__ import annotations

from pathlib import Path

import click

from cultureassess.cli.messages import BAD_INPUT, FAILED, refuse

LARGEST = 100 * 1024 * 1024


@click.command()
@click.argument("report", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--fingerprint",
    help="The data fingerprint that you were given by whoever holds the answers: compare it, too.",
)
def verify(report: Path, fingerprint: str | None) -> None:
    """Make REPORT (a gap report or brief) again from what is attached to it, and compare every figure.

    Ends with 0 if all agree, with 1 if anything differs, with 2 if the file is no report of ours.
    """
    from cultureassess.report.process import RenderingFailed
    from cultureassess.report.verify import NotAReport, sentences
    from cultureassess.report.verify import verify as check

    try:
        if report.stat().st_size > LARGEST:
            refuse(f"{report}: larger than any report of ours.")
        verdict = check(report.read_bytes())
    except OSError as error:
        refuse(f"{report}: cannot be read ({error.strerror}).")
    except NotAReport as error:
        refuse(f"{report}: {error}", BAD_INPUT)
    except RenderingFailed as error:
        refuse(f"{report}: could not be made again. {error}", FAILED)
    for sentence in sentences(verdict):
        click.echo(sentence)
    wanted = (fingerprint or verdict.fingerprint).strip().lower()
    if not wanted or not verdict.fingerprint.startswith(wanted):
        refuse(f"The fingerprint is not {wanted}: this report is about other answers.", FAILED)
    if not verdict.holds:
        refuse("This report does not agree with its snapshot.", FAILED)
