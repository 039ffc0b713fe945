"""``cultureassess doctor``: is everything right around the program?"""

from __future__ import annotations

import sys

import click

from cultureassess import clock
from cultureassess.cli.installation import only_demo, settings
from cultureassess.cli.messages import FAILED, refuse


@click.command()
@click.option("--mail", metavar="ADDRESS", help="Send a test mail to this address as well.")
@click.option("--demo", is_flag=True, help="Look at the demo.")
def doctor(mail: str | None, demo: bool) -> None:
    """Look at settings, database, disk, clock, PDF libraries, fonts and mail server: one line each.

    The exit code is 1 if a line says FAIL. It changes nothing.
    """
    from cultureassess.db import make_engine
    from cultureassess.services.errors import DomainError
    from cultureassess.services.operations import inspection
    from cultureassess.services.operations.inspection import Verdict

    found = settings(demo=demo or only_demo())
    lines = list(inspection.inspect(make_engine(found.database_url), found, now=clock.now()))
    if mail is not None:
        if not found.mails:
            refuse("There is no mail server: set SMTP_HOST and SMTP_FROM.")
        try:
            lines.append(inspection.send_test(found, mail, now=clock.now()))
        except DomainError as error:
            refuse(str(error))
    click.echo(f"ok    settings: {found.instance}")
    for line in lines:
        click.echo(f"{line.verdict:<5} {line.what}: {line.said}")
    if any(line.verdict is Verdict.FAIL for line in lines):
        sys.exit(FAILED)
