"""Arabic in a drawing, for the layout engine: joined forms, in the order in which they stand on the line.

WeasyPrint draws the text of an SVG letter by letter, from left to right. What is written from right to left
must therefore arrive joined and turned. Browsers do both themselves and get the text as it is. The
alternative text of a chart is never touched.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from markupsafe import Markup, escape

TEXT = re.compile(r"(<text [^>]*>)([^<]*)(</text>)")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LEFT_TO_RIGHT = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u3000-\u9fff\uac00-\ud7af%+−±]")
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
INVISIBLE = "\u200e\u200f\u2066\u2067\u2068\u2069"
LAM = "\u0644"

Forms = dict[str, str]
"""Name of a form (isolated, final, initial, medial) to the letter in that form."""


def shaped(drawing: Markup) -> Markup:
    """A drawing with every text that holds letters from right to left ready to be drawn."""
    turned = TEXT.sub(_turned, drawing)  # what is put in is escaped again
    return Markup(turned)  # noqa: S704


def _turned(found: re.Match[str]) -> str:
    content = html.unescape(found[2])
    if not RIGHT_TO_LEFT.search(content):
        return found[0]
    return f"{found[1]}{escape(visual(content))}{found[3]}"


def visual(line: str) -> str:
    """One line as it stands on paper from left to right, joined; vowel signs are left out."""
    plain = "".join(one for one in line if one not in INVISIBLE and not unicodedata.combining(one))
    runs = list(_runs(_joined(plain)))
    return "".join(run if left else run[::-1].translate(MIRRORED) for left, run in reversed(runs))


def _runs(line: str) -> Iterator[tuple[bool, str]]:
    """Cut a line where its direction changes: whether a run goes from left to right, and the run.

    Spaces and signs between two parts from left to right belong to them, all others to the line.
    """
    at = 0
    for found in re.finditer(
        rf"{LEFT_TO_RIGHT.pattern}(?:[^\u0590-\u08ff\ufb1d-\ufefc]*{LEFT_TO_RIGHT.pattern})?", line
    ):
        if found.start() > at:
            yield False, line[at : found.start()]
        yield True, found[0]
        at = found.end()
    if at < len(line):
        yield False, line[at:]


@cache
def _forms() -> tuple[dict[str, Forms], dict[str, Forms]]:
    """The forms of every letter, and of every lam with an alef, from the Unicode database."""
    letters: dict[str, Forms] = {}
    pairs: dict[str, Forms] = {}
    for number in range(0xFE80, 0xFEFD):
        form, *codes = unicodedata.decomposition(chr(number)).split()
        base = "".join(chr(int(code, 16)) for code in codes)
        (pairs if len(base) == 2 else letters).setdefault(base, {})[form.strip("<>")] = chr(number)
    return letters, pairs


def _joined(line: str) -> str:
    """Every Arabic letter in the form that its neighbours ask for."""
    letters, pairs = _forms()
    units = re.findall(f"{LAM}[\u0622\u0623\u0625\u0627]|.", line, re.DOTALL)
    known = [pairs.get(unit) or letters.get(unit) or {} for unit in units]
    told = []
    for place, unit in enumerate(units):
        before = place > 0 and "initial" in known[place - 1] and "final" in known[place]
        after = place + 1 < len(units) and "initial" in known[place] and "final" in known[place + 1]
        name = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get((before, after))
        told.append(known[place].get(name or "isolated", unit))
    return "".join(told)
