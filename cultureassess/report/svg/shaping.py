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

from cultureassess.report.svg.mirror import is_mirrored

TEXT = re.compile(r"(<text [^>]*>)([^<]*)(</text>)")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LETTER = r"[A-Za-z\u00c0-\u024f\u3000-\u9fff\uac00-\ud7af]"
NUMBER = r"[+−±]?[0-9]+(?:[.,:/-][0-9]+)*%?"
NEUTRAL = r"[^\u0590-\u08ff\ufb1d-\ufefc]"
LEFT_TO_RIGHT = re.compile(f"{LETTER}(?:{NEUTRAL}*(?:{LETTER}|{NUMBER}))?|{NUMBER}")
"""What runs to the right inside a line that runs to the left: words with what follows them, or one number.

Two numbers with a space or a dash between them are two, and stand in the order of the line (UAX 9).
"""
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
INVISIBLE = "\u200e\u200f\u2066\u2067\u2068\u2069"
LAM = "\u0644"
ANCHOR = re.compile(r' text-anchor="(start|middle|end)"')
SIDES = {"start": "end", "middle": "middle", "end": "start"}

Forms = dict[str, str]
"""Name of a form (isolated, final, initial, medial) to the letter in that form."""


def shaped(drawing: Markup) -> Markup:
    """A drawing with every text that runs from right to left ready to be drawn: all, where it is mirrored.

    A mirrored one loses its direction, by which the layout engine would turn each bracket once more.
    """
    if is_mirrored(drawing):
        told = TEXT.sub(_anchored, drawing).replace(' direction="rtl"', "", 1)
    else:
        told = TEXT.sub(_turned, drawing)
    return Markup(told)  # noqa: S704  (what is put in is escaped again)


def _turned(found: re.Match[str]) -> str:
    return _written(found[1], found) if RIGHT_TO_LEFT.search(html.unescape(found[2])) else found[0]


def _anchored(found: re.Match[str]) -> str:
    """A text that begins on its right: where letters that run to the right would end."""
    side = ANCHOR.search(found[1])
    told = ANCHOR.sub("", found[1], count=1)
    anchor = SIDES[side[1] if side else "start"]
    return _written(told.replace("<text ", f'<text text-anchor="{anchor}" ', 1), found)


def _written(opened: str, found: re.Match[str]) -> str:
    return f"{opened}{escape(visual(html.unescape(found[2])))}{found[3]}"


def visual(line: str) -> str:
    """One line as it stands on paper from left to right, joined; vowel signs are left out."""
    plain = "".join(one for one in line if one not in INVISIBLE and not unicodedata.combining(one))
    runs = list(_runs(_joined(plain)))
    return "".join(run if left else run[::-1].translate(MIRRORED) for left, run in reversed(runs))


def _runs(line: str) -> Iterator[tuple[bool, str]]:
    """Cut a line where its direction changes: whether a run goes from left to right, and the run."""
    at = 0
    for found in LEFT_TO_RIGHT.finditer(line):
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
