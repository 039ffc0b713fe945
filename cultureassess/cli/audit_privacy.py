"""``cultureassess audit-privacy``: does this installation keep what respondents were promised?"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import click

from cultureassess import clock
from cultureassess.cli.installation import WAVE, only_demo, ready_engine, settings
from cultureassess.cli.messages import FAILED, refuse

if TYPE_CHECKING:
    from cultureassess.config import Settings
    from cultureassess.services.privacy_audit import Finding

PROBE = "the-audit-" + "x" * 33
"""A link that opens nothing, of the length of one that would."""

PROBE_ADDRESS = "203.0.113.77"
PROBE_BROWSER = "probe-of-the-audit"


@click.command(name="audit-privacy")
@click.argument("wave", type=WAVE, required=False)
@click.option("--demo", is_flag=True, help="Of the demo.")
def audit_privacy(wave: int | None, demo: bool) -> None:
    """Inspect the live database and the logging, and print one line per promise.

    With WAVE (its number in the workspace) only this wave's rows are inspected. Changes nothing. The exit
    code is 1 if any promise is broken.
    """
    from cultureassess.db import transaction
    from cultureassess.models import Wave
    from cultureassess.services.privacy_audit import audit

    found = settings(demo=demo or only_demo())
    with transaction(ready_engine(found)) as session:
        if wave is not None and session.get(Wave, wave) is None:
            refuse(f"There is no wave {wave}.")
        findings = audit(session, now=clock.now(), wave_id=wave)
    findings += [quiet_requests(found), quiet_server(found)]
    for finding in findings:
        click.echo(f"{'pass' if finding.kept else 'FAIL'}  {finding.promise}: {finding.evidence}")
    broken = sum(not finding.kept for finding in findings)
    click.echo(f"{len(findings) - broken} of {len(findings)} promises kept.")
    if broken:
        sys.exit(FAILED)


def quiet_requests(found: Settings) -> Finding:
    """Send a request through the application with everything logged, and look for it in the log."""
    from cultureassess.services.privacy_audit import Finding

    lines = _logged(found)
    marks = {"token": PROBE, "address": PROBE_ADDRESS, "browser": PROBE_BROWSER}
    leaks = sorted({name for name, mark in marks.items() for line in lines if mark in line})
    evidence = f"{', '.join(leaks)} in the log" if leaks else f"{len(lines)} lines of a request searched"
    return Finding("Requests are logged without link, address or browser", not leaks, evidence)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def _logged(found: Settings) -> list[str]:
    """What the application logs of one visit by a link, at the most talkative setting."""
    from cultureassess.app import create_app

    client = create_app(found).test_client()
    listener, root = _Listener(), logging.getLogger()
    level = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        client.get(
            f"/s/{PROBE}",
            base_url=found.base_url,
            environ_base={"REMOTE_ADDR": PROBE_ADDRESS},
            headers={"User-Agent": PROBE_BROWSER},
        )
    finally:
        root.removeHandler(listener)
        root.setLevel(level)
    return listener.lines


def quiet_server(found: Settings) -> Finding:
    """Look whether our web server would write an access log."""
    from cultureassess.cli.serve import Server
    from cultureassess.services.privacy_audit import Finding

    where = Server(found, 8000).cfg.accesslog
    evidence = (
        f"the access log goes to {where}"
        if where
        else "the access log is off; see docs/privacy.md on proxies"
    )
    return Finding("The web server keeps no access log", not where, evidence)
