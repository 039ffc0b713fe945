"""A drawing for a page that is read from right to left: names on the right, and scales that begin there.

Arabic offices draw bars so, from the names that stand where reading begins; planes with two numbered axes
are drawn either way, and follow the other charts of the report, so that one scale never runs two ways.
"""

from __future__ import annotations

import html
import re
import unicodedata

from markupsafe import Markup

ROOT = re.compile(r'<svg (xmlns="[^"]*") viewBox="0 0 ([0-9.]+) ')
TITLE = re.compile(r"<title>([^<]*)</title>")
ELEMENT = re.compile(r"<(rect|line|circle|polygon|text) [^>]*>")
PLACE = re.compile(r' (x|x1|x2|cx)="(-?[0-9.]+)"')
SPAN = re.compile(r' width="([0-9.]+)"')
POINTS = re.compile(r' points="([^"]+)"')
TURNED = re.compile(r' transform="rotate\((-?[0-9.]+) (-?[0-9.]+) (-?[0-9.]+)\)"')


def facing(drawing: Markup, leftwards: bool | None = None) -> Markup:
    """A drawing the way that its page is read, mirrored where that is leftwards.

    Where the page is not known, most letters of its title decide: on one page a few drawings would
    otherwise run the other way than the rest, where an imported questionnaire has no words of its language.

    Where text begins ("start") is then on its right, which browsers know from the ``direction``.
    """
    title = TITLE.search(drawing)
    root = ROOT.match(drawing)
    if title is None or root is None:
        return drawing
    if not (_runs_leftwards(html.unescape(title[1])) if leftwards is None else leftwards):
        return drawing
    width = float(root[2])
    mirrored = ELEMENT.sub(lambda found: _mirrored(found, width), drawing)
    # Only numbers change, of a drawing that is escaped already.
    return Markup(mirrored.replace("<svg ", '<svg direction="rtl" ', 1))  # noqa: S704


def is_mirrored(drawing: str) -> bool:
    """Tell whether :func:`facing` has mirrored a drawing."""
    return drawing.startswith('<svg direction="rtl" ')


def _runs_leftwards(words: str) -> bool:
    ways = [unicodedata.bidirectional(letter) for letter in words]
    return ways.count("R") + ways.count("AL") > ways.count("L")


def _mirrored(found: re.Match[str], width: float) -> str:
    told = found[0]
    if found[1] == "polygon":
        return POINTS.sub(lambda points: f' points="{_points(points[1], width)}"', told)
    span = SPAN.search(told) if found[1] == "rect" else None
    across = float(span[1]) if span else 0.0
    told = PLACE.sub(lambda at: f' {at[1]}="{_value(width - float(at[2]) - across)}"', told)
    return TURNED.sub(
        lambda way: f' transform="rotate({_value(-float(way[1]))} {_value(width - float(way[2]))} {way[3]})"',
        told,
    )


def _points(listed: str, width: float) -> str:
    pairs = (point.split(",") for point in listed.split())
    return " ".join(f"{_value(width - float(x))},{y}" for x, y in pairs)


def _value(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
