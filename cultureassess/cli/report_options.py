"""What a report shall look like, as options of a command: files, language, paper, the consultant's words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cultureassess.cli.messages import FAILED, refuse

if TYPE_CHECKING:
    from cultureassess.report.options import Options, Voice
    from cultureassess.report.process import Request
    from cultureassess.snapshot.types import Snapshot

Command = TypeVar("Command", bound=Callable[..., object])

FILE = click.Path(path_type=Path, dir_okay=False)
OPTIONS = (
    click.option("--brief", is_flag=True, help="Also write gap-brief.pdf: four pages."),
    click.option("--html", is_flag=True, help="Also write gap-report.html: the same report in one file."),
    click.option("--xlsx", is_flag=True, help="Also write gap-report.xlsx: every number as a table."),
    click.option("--pptx", is_flag=True, help="Also write gap-report.pptx: slides with charts to edit."),
    click.option("--units", is_flag=True, help="Also write units/: a sheet for each group that is shown."),
    click.option(
        "--language", default="en", show_default=True, help="Language of the report, for example de."
    ),
    click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True),
    click.option("--logo", type=FILE, help="The client's logo, PNG or JPEG."),
    click.option("--accent", default="", help="The client's colour, for example #16324f."),
    click.option("--voice", type=FILE, help="The consultant's words, a TOML file (docs/report.md)."),
    click.option("--pages", default="", help="Parts of the report in their order, separated by commas."),
    click.option("--earlier", type=FILE, help="The wave before, its snapshot.json: prints what changed."),
)


def report_options(command: Command) -> Command:
    """Give a command the options above."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class Wanted:
    """The files to write besides the snapshot, and what they look like."""

    options: Options
    formats: tuple[str, ...]
    brief: bool
    units: bool
    earlier: str | None

    def files(self, snapshot: bytes) -> dict[str, bytes]:
        """Name to content, each made by a process of its own; the command stops where one cannot be made."""
        from cultureassess.report.process import RenderingFailed, written
        from cultureassess.snapshot.document import from_json

        found = from_json(snapshot)
        _refuse_unknown_notes(self.options, found)
        if self.earlier is not None:
            _refuse_no_earlier(from_json(self.earlier), found)
        try:
            return {name: written(request) for name, request in self._requests(snapshot.decode())}
        except RenderingFailed as error:
            refuse(str(error), FAILED)

    def _requests(self, snapshot: str) -> Iterator[tuple[str, Request]]:
        from msgspec.structs import replace

        from cultureassess.report.process import Request

        for name in self.formats:
            yield f"gap-report.{name}", Request(name, snapshot, self.options, self.earlier)  # type: ignore[arg-type]
        if self.brief:
            brief = replace(self.options, shape="brief")
            yield "gap-brief.pdf", Request("pdf", snapshot, brief, self.earlier)
        if self.units:
            yield from self._sheets(snapshot)

    def _sheets(self, snapshot: str) -> Iterator[tuple[str, Request]]:
        """One after the other, with how far it is: there can be dozens."""
        from cultureassess.report.units import sheets
        from cultureassess.snapshot.document import from_json

        found = sheets(from_json(snapshot), self.options)
        if not found:
            click.echo("Note: no group of the heat map is shown, so there is no sheet.", err=True)
        for number, (name, request) in enumerate(found.items(), 1):
            click.echo(f"Sheet {number} of {len(found)}: {name}", err=True)
            yield f"units/{name}", request


def _refuse_unknown_notes(options: Options, snapshot: Snapshot) -> None:
    """A note about an index that there is none of would be printed nowhere."""
    codes = [index.code for index in snapshot.indices]
    for code in options.voice.indices:
        if code not in codes:
            refuse(f"--voice: {code} in [indices] is no index of this report. There is {', '.join(codes)}.")


def _refuse_no_earlier(earlier: Snapshot, snapshot: Snapshot) -> None:
    """Refuse a wave that is not the one before; name another company's."""
    before, now = earlier.wave, snapshot.wave
    if before.date > now.date:
        refuse(
            f"--earlier: that wave is of {before.date}, this one of {now.date}. Give the wave before, or the "
            "--date of this one."
        )
    if before.organisation != now.organisation:
        click.echo(
            f"Note: the wave before is of “{before.organisation}”, this one of “{now.organisation}”.",
            err=True,
        )


def wanted_report(
    *,
    brief: bool,
    html: bool,
    xlsx: bool,
    pptx: bool,
    units: bool,
    language: str,
    paper: str,
    logo: Path | None,
    accent: str,
    voice: Path | None,
    pages: str,
    earlier: Path | None,
) -> Wanted:
    """Read and check the options; the command stops at the first that cannot be used."""
    from cultureassess.report.languages import languages
    from cultureassess.report.options import Options, OptionsError, checked

    if language not in languages():
        refuse(f"--language {language}: the report speaks {', '.join(languages())}.")
    options = Options(
        language=language,
        paper=paper,  # type: ignore[arg-type]
        logo=_bytes(logo, "--logo"),
        accent=accent,
        sections=tuple(part.strip() for part in pages.split(",") if part.strip()),
        voice=_voice(voice),
    )
    also = {"html": html, "xlsx": xlsx, "pptx": pptx}
    try:
        formats = ("pdf", *(name for name, asked in also.items() if asked))
        return Wanted(checked(options), formats, brief, units, _earlier(earlier))
    except OptionsError as error:
        refuse(str(error))


def _bytes(path: Path | None, option: str) -> bytes:
    try:
        return path.read_bytes() if path is not None else b""
    except OSError as error:
        refuse(f"{option} {path}: cannot be read ({error.strerror}).")


def _voice(path: Path | None) -> Voice:
    """The consultant's words; ``logo`` in the file is the name of a picture beside it."""
    import msgspec

    from cultureassess.report.options import Voice

    if path is None:
        return Voice()
    try:
        table: dict[str, Any] = tomllib.loads(_bytes(path, "--voice").decode())
        logo = table.pop("logo", None)
        content = _bytes(path.parent / str(logo), "logo in --voice") if logo else b""
        return msgspec.structs.replace(msgspec.convert(table, Voice), logo=content)
    except (ValueError, msgspec.ValidationError) as error:
        refuse(f"--voice {path}: {error}. See docs/report.md.")


def _earlier(path: Path | None) -> str | None:
    from cultureassess.snapshot.document import SnapshotError, from_json

    if path is None:
        return None
    content = _bytes(path, "--earlier")
    try:
        from_json(content)
    except SnapshotError as error:
        refuse(f"--earlier {path}: {error}")
    return content.decode()
