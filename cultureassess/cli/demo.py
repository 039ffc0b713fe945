"""``cultureassess demo``: build the showroom, render its report, serve it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cultureassess import clock
from cultureassess.cli.installation import ready_engine, settings
from cultureassess.cli.messages import refuse
from cultureassess.cli.serve import refuse_taken, run

if TYPE_CHECKING:
    from cultureassess.config import Settings

REPORT = "gap-report.pdf"
AGAIN = "cultureassess demo --fresh"


@dataclass(frozen=True)
class Showroom:
    """Where to look: addresses, and the report's path (None where it could not be made).

    ``employee``, ``customer`` and ``partner`` are None once this year's wave is closed. ``results`` and
    ``report`` are those of ``results_year``, the newest; ``leader`` is None until they are released.
    """

    home: str
    employee: str | None
    customer: str | None
    partner: str | None
    consultant: str
    results: str
    leader: str | None
    report: str | None
    organisation: str
    last_wave: int
    this_wave: int
    answer_year: int
    results_year: int


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Forget what happened in the demo and build it anew.")
@click.option("--no-serve", is_flag=True, help="Build it and stop.")
@click.option("--no-report", is_flag=True, help="Do not render the report.")
@click.option("--json", "as_json", is_flag=True, help="Print the report's path and all links as JSON.")
def demo(port: int, fresh: bool, no_serve: bool, no_report: bool, as_json: bool) -> None:
    """Build the demo organisation and serve it on http://localhost:PORT.

    It lives in a folder of its own (instance/demo), needs no password, and is therefore served on this
    machine only. Building it again changes nothing, unless with --fresh.
    """
    found = settings(demo=True, port=port)
    if not no_serve:
        refuse_taken(port)
    if fresh:
        _forget(found)
    if not as_json:
        click.echo("Building the demo organisation: Nordlicht Logistics, two waves, one report ...")
    showroom = build(found, report=not no_report)
    if as_json:
        click.echo(json.dumps(showroom.__dict__, indent=1))
    else:
        _print(showroom)
    if not no_serve:
        run(found, port)


def build(found: Settings, *, report: bool = True) -> Showroom:
    """Build the demo (or find it) and render the newest report."""
    from cultureassess.db import transaction
    from cultureassess.services.demo import showroom
    from cultureassess.services.errors import DomainError

    with transaction(ready_engine(found)) as session:
        try:
            links = showroom.build(session, today=clock.today(), secret_key=found.secret_key)
        except DomainError as error:
            refuse(str(error))
    path = _report(found, links.newest) if report else None
    doors = links.addresses(found.base_url)
    results = f"{found.base_url}/results/{links.newest}"
    return Showroom(
        home=f"{found.base_url}/",
        employee=doors.get("inside"),
        customer=doors.get("customer"),
        partner=doors.get("partner"),
        consultant=f"{found.base_url}/demo/consultant",
        results=results,
        leader=f"{found.base_url}/demo/leader" if links.released else None,
        report=None if path is None else str(path),
        organisation=links.organisation,
        last_wave=links.last_wave,
        this_wave=links.this_wave,
        answer_year=links.this_year,
        results_year=links.newest_year,
    )


def _forget(found: Settings) -> None:
    """Delete the demo's database and report; its secret stays, so that no browser has to sign in again."""
    for pattern in ("cultureassess.sqlite3*", f"{REPORT}*"):
        for path in found.instance.glob(pattern):
            path.unlink(missing_ok=True)


def _report(found: Settings, wave: int) -> Path | None:
    """Write a wave's report beside the database; None where it cannot be laid out.

    It is asked for at the results page, which keeps it: who opens it there does not wait a second time.
    """
    from cultureassess.app import create_app

    app = create_app(found)
    address = f"/results/{wave}/{REPORT}"
    answer = app.test_client().get(address, base_url=found.base_url)
    app.extensions["engine"].dispose()
    if answer.status_code != HTTPStatus.OK:
        click.echo(f"The report could not be written. {found.base_url}{address} says why.", err=True)
        return None
    path = found.instance / REPORT
    path.write_bytes(answer.data)
    return path


def _print(showroom: Showroom) -> None:
    """Print six numbered lines: the home page, its four doors and the report's path."""
    asked, told = showroom.answer_year, showroom.results_year
    closed = f"closed; start anew with {AGAIN}"
    reader = "leader" if showroom.leader else "consultant"
    lines = (
        ("Home page", showroom.home),
        (f"Answer as an employee, {asked}", showroom.employee or closed),
        (f"Answer as a customer, {asked}", showroom.customer or closed),
        ("Work as the consultant", showroom.consultant),
        (f"Read as the {reader}, {told}", showroom.leader or showroom.results),
        (f"The gap report, {told}", showroom.report or "not made"),
    )
    for number, (what, where) in enumerate(lines, start=1):
        click.echo(f"  {number}. {what:<30}{where}")
    if showroom.employee:
        click.echo("Vary your answers: one and the same throughout, within seconds, is left out as careless.")
