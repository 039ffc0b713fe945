"""``cultureassess analyse``: two files of answers in, a snapshot and a gap report out."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cultureassess import clock
from cultureassess.cli.answers import invited_to, read_answers, require_roles, weights_for
from cultureassess.cli.files import PRIVATE, PUBLIC, NotWritten, Output, write_all
from cultureassess.cli.messages import FAILED, refuse
from cultureassess.cli.report_options import Wanted, report_options, wanted_report

if TYPE_CHECKING:
    from cultureassess.instruments.types import Instrument
    from cultureassess.snapshot.files import FileAnswers
    from cultureassess.snapshot.settings import Settings


MOST_PEOPLE = 1_000_000_000


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
        plain = number.isascii() and number.isdigit() and len(number) <= len(str(MOST_PEOPLE))
        if not (plain and 0 < int(number) <= MOST_PEOPLE):
            self.fail(f"{number[:20]!r} is not a number of people. Write for example {name}=900.")
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
@click.option(
    "--weights",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A CSV file with the number of people in each segment, to weight scores by (docs/files.md).",
)
@click.option(
    "--fingerprint-key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file with the secret that the data fingerprint is made with (docs/snapshot.md). "
    "[default: the installation's own secret key]",
)
@click.option("--no-report", is_flag=True, help="Write snapshot.json only.")
@click.option(
    "--comments",
    is_flag=True,
    help="Put the comments into the files. Only after somebody has read them for names: without this "
    "option no file holds any.",
)
@report_options
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
    weights: Path | None,
    fingerprint_key: Path | None,
    no_report: bool,
    comments: bool,
    label: str,
    date: dt.datetime | None,
    **chosen_report: Any,
) -> None:
    """Score INSIDE and CUSTOMERS (CSV files) and write snapshot.json and gap-report.pdf.

    INSIDE holds the answers of managers and staff, CUSTOMERS those of customers and partners. The
    columns are described in docs/files.md. Nothing is written if anything in the files is wrong.
    """
    from cultureassess.snapshot.settings import Settings

    questionnaire = _instrument(instrument)
    management = roles or _management(questionnaire)
    answers = read_answers(
        inside, customers, questionnaire, management, accounts, names=statistics is not None
    )
    require_roles(roles, answers)
    settings = Settings(
        organisation=_name(organisation),
        chosen=chosen,  # type: ignore[arg-type]
        date=date.date() if date else clock.today(),
        label=label.strip(),
        period=questionnaire.period,
        invited=invited_to(invited, answers),
        accounts=accounts,
        confidential=accounts,
        management=management,
        weights=weights_for(weights, answers, accounts) if weights else {},
    )
    wanted = None if no_report else wanted_report(**chosen_report)
    files = _results(questionnaire, answers, settings, _key(fingerprint_key), wanted, comments=comments)
    outputs = [Output(out / name, content, PUBLIC) for name, content in files.items()]
    private = [] if statistics is None else [_statistics(statistics, questionnaire, answers, settings)]
    try:
        write_all([*private, *outputs])
    except NotWritten as error:
        refuse(str(error), FAILED)
    for warning in answers.warnings:
        click.echo(f"Note: {warning}", err=True)
    for output in outputs:
        click.echo(str(output.path))


def _instrument(wanted: str) -> Instrument:
    from cultureassess import instruments

    try:
        if wanted.endswith(".toml"):
            return instruments.load(Path(wanted))
        return instruments.by_code(wanted)
    except instruments.InstrumentError as error:
        refuse(str(error))


def _name(organisation: str) -> str:
    name = " ".join(organisation.split())
    if not name or len(name) > 200:
        refuse("--organisation: write the company's name, 1 to 200 characters.")
    return name


def _management(questionnaire: Instrument) -> tuple[str, ...]:
    question = questionnaire.role_question
    if question is None:
        return ()
    return tuple(option.code for option in question.options if option.audience.value == "management")


def _key(path: Path | None) -> bytes:
    """The key of the fingerprint: from a file, otherwise from the installation's secret key."""
    from cultureassess import config
    from cultureassess.snapshot.fingerprint import key_from

    try:
        return key_from(config.secret_key() if path is None else config.secret_in(path))
    except config.ConfigError as error:
        refuse(str(error) if path is None else f"--fingerprint-key: {error}")


def _results(
    questionnaire: Instrument,
    answers: FileAnswers,
    settings: Settings,
    key: bytes,
    wanted: Wanted | None,
    *,
    comments: bool,
) -> dict[str, bytes]:
    """Compute everything before anything is written."""
    from cultureassess.snapshot.build import build_snapshot
    from cultureassess.snapshot.comments import with_comments
    from cultureassess.snapshot.document import to_json

    found = build_snapshot(questionnaire, answers.inside, answers.outside, settings, key)
    for warning in found.warnings:
        click.echo(f"Note: {warning}, because a segment of it is withheld.", err=True)
    if comments:
        found = with_comments(found, answers.inside.comments + answers.outside.comments)
    snapshot = to_json(found)
    return {"snapshot.json": snapshot} | (wanted.files(snapshot) if wanted is not None else {})


def _statistics(path: Path, questionnaire: Instrument, answers: FileAnswers, settings: Settings) -> Output:
    """Everything before the disclosure step, for whoever holds the answers, and for nobody else."""
    from cultureassess.snapshot.statistics import statistics
    from cultureassess.snapshot.wave import measure_wave

    wave = measure_wave(questionnaire, answers.inside, answers.outside)
    names = dict(zip(("inside", "outside"), map(list, answers.names), strict=True))
    found = statistics(wave, settings, names)
    return Output(path, json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False).encode(), PRIVATE)
