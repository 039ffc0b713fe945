"""Who did what: administrators see everything, consultants what was done with their clients."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess.models import AuditEntry
from cultureassess.services import audit_log, rates
from cultureassess.services.audit_log import Wanted
from cultureassess.snapshot.files.formulas import guarded
from cultureassess.web import access, database
from cultureassess.web.account import guards

bp = Blueprint("audit", __name__, url_prefix="/audit")

PAGE = 100
COLUMNS = ("time", "who", "action", "organisation", "object", "number", "detail")


@bp.get("")
def overview() -> ResponseReturnValue:
    """The newest entries that fit, a page at a time."""
    actor = access.runner()
    wanted, opened = asked(request.args), database.session()
    before = whole(request.args.get("before"))
    found = audit_log.entries(opened, actor, wanted, before=before, limit=PAGE + 1)
    return render_template(
        "audit/overview.html",
        entries=found[:PAGE],
        time=time,
        wanted=wanted,
        older=_address(wanted, before=found[PAGE - 1].id) if len(found) > PAGE else None,
        file=_address(wanted, ".file"),
        people=audit_log.people(opened, actor),
        actions=audit_log.actions(opened, actor),
        organisations=access.organisations(),
    )


@bp.get("/audit-log.csv")
def file() -> ResponseReturnValue:
    """All entries that fit, for a spreadsheet: no text in it runs as a formula."""
    actor = access.runner()
    guards.spend(rates.EXPORT, f"audit log {actor.member_id}")
    return Response(
        table(audit_log.entries(database.session(), actor, asked(request.args))),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="audit-log.csv"'},
    )


def table(entries: Sequence[AuditEntry]) -> str:
    """Entries as CSV, with a byte order mark so that spreadsheets read names right."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for entry in entries:
        organisation = entry.organisation.name if entry.organisation else ""
        number = "" if entry.object_id is None else str(entry.object_id)
        cells = (time(entry), entry.who, entry.action, organisation, entry.kind, number, entry.detail)
        writer.writerow([guarded(cell) for cell in cells])
    return "\ufeff" + text.getvalue()


def time(entry: AuditEntry) -> str:
    """When, in UTC: ``2026-11-22 14:05:09``."""
    return dt.datetime.fromtimestamp(entry.at, dt.UTC).strftime("%Y-%m-%d %H:%M:%S")


def asked(fields: Mapping[str, str]) -> Wanted:
    """What somebody looks for; a field that makes no sense is left open."""
    return Wanted(
        organisation_id=whole(fields.get("organisation")),
        who=fields.get("who", ""),
        action=fields.get("action", ""),
        since=_day(fields.get("since")),
        until=_day(fields.get("until")),
    )


def whole(text: str | None) -> int | None:
    """A number in an address; None for anything else."""
    fits = text is not None and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if fits and text is not None else None


def _day(text: str | None) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 1970 <= found.year < 3000 else None


def _address(wanted: Wanted, endpoint: str = ".overview", before: int | None = None) -> str:
    return url_for(
        endpoint,
        organisation=wanted.organisation_id,
        who=wanted.who or None,
        action=wanted.action or None,
        since=wanted.since,
        until=wanted.until,
        before=before,
    )
