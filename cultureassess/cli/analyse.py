"""``cultureassess analyse``: two files of answers in, a snapshot and a gap report out."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cultureassess import clock
from cultureassess.cli.messages import FAILED, refuse

if TYPE_CHECKING:
    from cultureassess.instruments.types import Instrument
    from cultureassess.snapshot.files import FileAnswers
    from cultureassess.snapshot.settings import Settings


class Invited(click.ParamType[tuple[str, int]]):
    """AUDIENCE=N, for example customer=900."""

    name = "AUDIENCE=N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        from cultureassess.instruments.types import Audience

        if isinstance(value, tuple):
            return value
        name, _, number = str(value).partition("=")
        audiences = [audience.value for audience in Audience]
        if name not in audiences:
            self.fail(
                f"{name!r} is no audience. Write one of {', '.join(audiences)}, for example customer=900."
            )
        if not (number.isascii() and number.isdigit() and 0 < int(number) <= 1_000_000_000):
            self.fail(f"{number!r} is not a number of people. Write for example {name}=900.")
        return name, int(number)


@click.command()
@click.argument("inside", type=click.Path(path_type=Path))
@click.argument("customers", type=click.Path(path_type=Path))
@click.option("--organisation", required=True, help="The company's name as the report prints it.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the results."
)
@click.option("--instrument", default="customer_culture_v1", show_default=True, help="Code, or a TOML file.")
@click.option(
    "--statistics",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the statistics BEFORE the disclosure step (for whoever holds the raw files).",
)
@click.option(
    "--chosen",
    type=click.Choice(["all", "random", "picked", "open"]),
    default="open",
    show_default=True,
    help="How the customers were chosen: all of them, a random sample, picked by account "
    "managers, or an open link.",
)
@click.option(
    "--invited", type=Invited(), multiple=True, help="People asked, for example customer=900. Repeatable."
)
@click.option(
    "--management",
    "roles",
    metavar="ROLE",
    multiple=True,
    help="A role that counts as management, as the file writes it, instead of the questionnaire's own. "
    "Repeatable.",
)
@click.option("--accounts", is_flag=True, help="The account column names business accounts: use it.")
@click.option("--no-report", is_flag=True, help="Write snapshot.json only.")
@click.option("--label", default="", help="The wave's name, for example 'Autumn 2026'.")
@click.option(
    "--date", "date", type=click.DateTime(["%Y-%m-%d"]), help="Closing day of the wave. [default: today]"
)
def analyse(
    inside: Path,
    customers: Path,
    organisation: str,
    out: Path,
    instrument: str,
    statistics: Path | None,
    chosen: str,
    invited: tuple[tuple[str, int], ...],
    roles: tuple[str, ...],
    accounts: bool,
    no_report: bool,
    label: str,
    date: dt.datetime | None,
) -> None:
    """Score INSIDE and CUSTOMERS (CSV files) and write snapshot.json and gap-report.pdf.

    INSIDE holds the answers of managers and staff, CUSTOMERS those of customers and partners. The
    columns are described in docs/files.md. Nothing is written if anything in the files is wrong.
    """
    from cultureassess.snapshot.settings import Settings

    questionnaire = _instrument(instrument)
    management = roles or _management(questionnaire)
    answers = _read(inside, customers, questionnaire, management, accounts)
    settings = Settings(
        organisation=_name(organisation),
        chosen=chosen,  # type: ignore[arg-type]
        date=date.date() if date else clock.today(),
        label=label.strip(),
        period=questionnaire.period,
        invited=_invited(invited, answers),
        accounts=accounts,
        confidential=accounts,
        management=management,
    )
    files = _results(questionnaire, answers, settings, report=not no_report)
    written = [out / name for name in files]
    if statistics is not None:
        files_of = _statistics(questionnaire, answers, settings, (inside, customers))
        _write({statistics: files_of})
    _write({out / name: content for name, content in files.items()})
    for warning in answers.warnings:
        click.echo(f"Note: {warning}", err=True)
    for path in written:
        click.echo(str(path))


def _instrument(wanted: str) -> Instrument:
    from cultureassess import instruments

    try:
        if wanted.endswith(".toml"):
            return instruments.load(Path(wanted))
        return instruments.by_code(wanted)
    except instruments.InstrumentError as error:
        refuse(str(error))


def _read(
    inside: Path, customers: Path, questionnaire: Instrument, management: tuple[str, ...], accounts: bool
) -> FileAnswers:
    from cultureassess.snapshot.files import FileError, read_sides

    try:
        return read_sides(inside, customers, questionnaire, management_roles=management, accounts=accounts)
    except FileError as error:
        refuse(str(error))


def _name(organisation: str) -> str:
    name = " ".join(organisation.split())
    if not name or len(name) > 200:
        refuse("--organisation: write the company's name, 1 to 200 characters.")
    return name


def _invited(pairs: tuple[tuple[str, int], ...], answers: FileAnswers) -> dict[str, int]:
    """Refuse fewer people asked than answered."""
    invited = dict(pairs)
    for side in (answers.inside, answers.outside):
        for place, audience in enumerate(side.audiences):
            answered = int((side.audience == place).sum())
            if audience in invited and invited[audience] < answered:
                refuse(
                    f"--invited {audience}={invited[audience]}: the file has {answered} answers of this "
                    "audience. Give the number of people asked, or leave the option out."
                )
    return invited


def _management(questionnaire: Instrument) -> tuple[str, ...]:
    question = questionnaire.role_question
    if question is None:
        return ()
    return tuple(option.code for option in question.options if option.audience.value == "management")


def _results(
    questionnaire: Instrument, answers: FileAnswers, settings: Settings, *, report: bool
) -> dict[str, bytes]:
    """Compute everything before anything is written."""
    from cultureassess.report.pdf import ReportUnavailable, render_pdf
    from cultureassess.snapshot.build import build_snapshot
    from cultureassess.snapshot.document import to_json

    snapshot = build_snapshot(questionnaire, answers.inside, answers.outside, settings)
    files = {"snapshot.json": to_json(snapshot)}
    if report:
        try:
            files["gap-report.pdf"] = render_pdf(snapshot)
        except ReportUnavailable as error:
            refuse(str(error), FAILED)
    return files


def _statistics(
    questionnaire: Instrument, answers: FileAnswers, settings: Settings, paths: tuple[Path, Path]
) -> bytes:
    from cultureassess.snapshot.statistics import statistics
    from cultureassess.snapshot.wave import measure_wave

    wave = measure_wave(questionnaire, answers.inside, answers.outside)
    found = statistics(wave, settings, dict(zip(("inside", "outside"), map(identifiers, paths), strict=True)))
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False).encode()


def identifiers(path: Path) -> list[str]:
    """Return the respondents' identifiers of a file that has been read without fault, in its order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        file.seek(0)
        delimiter = max(",;\t", key=header.count)
        return [row["rid"].strip() for row in csv.DictReader(file, delimiter=delimiter)]


def _write(files: Mapping[Path, bytes]) -> None:
    """Write each file whole or not at all."""
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(content)
            os.chmod(file.name, 0o644)  # noqa: PTH101
            Path(file.name).replace(path)
        except OSError as error:
            refuse(f"{path}: cannot be written ({error.strerror}). Choose another folder.", FAILED)
