"""The planner: what so many people will show, and what it takes to see more. Nothing is stored."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from cultureassess import instruments
from cultureassess.services.setting_up import INSTRUMENT
from cultureassess.web import access
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace import outlook
from cultureassess.web.workspace.blueprint import bp
from cultureassess.web.workspace.sheet import Sheet

USUAL = {"managers": "20", "customers": "100", "gap": "10"}


@bp.get("/planner")
def planner() -> ResponseReturnValue:
    """The planner, with the numbers in its address."""
    access.organisations()
    sheet = Sheet(MultiDict({**USUAL, **request.args.to_dict()}))
    missing = gettext("Enter a number.")
    managers = sheet.number("managers", missing=missing)
    customers = sheet.number("customers", missing=missing)
    gap = sheet.number("gap", missing=missing, low=1, high=outlook.LARGEST_GAP)
    if managers is None or customers is None or gap is None:
        return render_template("workspace/planner.html", sheet=sheet, plan=None), 422
    plan = outlook.plan(managers, customers, gap=gap, instrument=instruments.by_code(INSTRUMENT))
    return render_template("workspace/planner.html", sheet=sheet, plan=plan)
