"""The command line. Commands are thin: they read options, call one function, and print."""

from __future__ import annotations

import click

from cultureassess import __version__
from cultureassess.cli.admin import admin
from cultureassess.cli.analyse import analyse
from cultureassess.cli.audit_privacy import audit_privacy
from cultureassess.cli.backup import backup
from cultureassess.cli.close import close
from cultureassess.cli.demo import demo
from cultureassess.cli.doctor import doctor
from cultureassess.cli.erase import erase
from cultureassess.cli.export import export
from cultureassess.cli.init import init
from cultureassess.cli.privacy_record import privacy_record
from cultureassess.cli.publish import publish
from cultureassess.cli.purge import purge
from cultureassess.cli.restore import restore
from cultureassess.cli.serve import serve
from cultureassess.cli.system import system
from cultureassess.cli.upgrade import upgrade
from cultureassess.cli.verify import verify
from cultureassess.cli.worker import worker


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cultureassess")
def main() -> None:
    """CultureAssess: what a company believes about its customer focus, beside what customers say."""


for command in (
    admin,
    analyse,
    audit_privacy,
    backup,
    close,
    demo,
    doctor,
    erase,
    export,
    init,
    privacy_record,
    publish,
    purge,
    restore,
    serve,
    system,
    upgrade,
    verify,
    worker,
):
    main.add_command(command)
