"""Fields of the action forms that other forms do not have: decimals, long texts, months, files."""

from __future__ import annotations

import datetime as dt
import re

from cultureassess.services.actions.key_figures import read_month, read_number
from cultureassess.services.typed import line
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.sheet import Sheet


def decimal(sheet: Sheet, name: str, *, low: float = -1e12, high: float = 1e12) -> float | None:
    """A number with a point or a comma; None for an empty field, and for a wrong one."""
    typed = sheet.value(name).strip()
    if not typed:
        return None
    number = read_number(typed)
    if number is None or not low <= number <= high:
        sheet.refuse(name, gettext("Enter a number, for example 2.5."))
        return None
    return number


def month(sheet: Sheet, name: str) -> dt.date | None:
    """The first day of a month typed as 2026-11; None for a wrong one."""
    found = read_month(sheet.value(name))
    if found is None or not 2000 <= found.year <= 2100:
        sheet.refuse(name, gettext("Enter a month as year-month, for example 2026-11."))
        return None
    return found


def paragraphs(sheet: Sheet, name: str, *, most: int) -> str:
    """A text of several lines, each without what cannot be seen."""
    lines = (line(part) for part in re.split(r"\r\n|\r|\n", sheet.value(name)))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(text) > most:
        sheet.refuse(
            name,
            gettext("Shorten this to %(most)d characters; it has %(length)d.", most=most, length=len(text)),
        )
    return text


def whole(text: str) -> int | None:
    """The number of a row, as a selection sends it; None for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) else None
