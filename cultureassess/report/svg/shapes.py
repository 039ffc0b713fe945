"""The few elements that the charts are drawn with. Every text is escaped here, and only here."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from markupsafe import Markup, escape

from cultureassess.report.palette import Palette

FONT = "IBM Plex Sans, IBM Plex Sans Arabic, Noto Sans, Noto Sans CJK SC, system-ui, sans-serif"
RADIUS = 5.0
SMALL = 12.0
"""The smallest letters of a drawing 720 wide: 8 points on a page of paper."""

Attribute = str | float


def element(name: str, body: Markup | str = "", /, **attributes: Attribute) -> Markup:
    """An SVG element; ``stroke_width`` becomes ``stroke-width``, numbers lose needless decimals."""
    pairs = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _value(value))
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, pairs, body)


def drawing(width: float, height: float, title: str, body: Iterable[Markup]) -> Markup:
    """The ``<svg>`` itself; the title comes first and is the alternative text."""
    content = element("title", escape(title)) + Markup("").join(body)
    return element(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        role="img",
        font_family=FONT,
    )


def text(x: float, y: float, content: str, *, fill: str, size: float = 12, **attributes: Attribute) -> Markup:
    """One line of text; ``text_anchor`` and ``font_weight`` as in SVG."""
    return element("text", escape(content), x=x, y=y, fill=fill, font_size=size, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> Markup:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width)


def box(x: float, y: float, width: float, height: float, fill: str, **attributes: Attribute) -> Markup:
    """A filled rectangle."""
    return element("rect", x=x, y=y, width=max(width, 0), height=height, fill=fill, **attributes)


def marker(group: str, x: float, y: float, palette: Palette, *, hollow: bool = False) -> Markup:
    """Management square, staff dot, customer diamond: told apart without colour."""
    colour = palette.group(group)
    style: dict[str, Attribute] = {
        "fill": palette.paper if hollow else colour,
        "stroke": colour if hollow else palette.paper,
        "stroke_width": 2 if hollow else 1,
    }
    if group == "management":
        size = 2 * RADIUS
        return element("rect", x=x - RADIUS, y=y - RADIUS, width=size, height=size, **style)
    if group == "staff":
        return element("circle", cx=x, cy=y, r=RADIUS, **style)
    reach = RADIUS * 1.35
    points = (
        f"{_value(x)},{_value(y - reach)} {_value(x + reach)},{_value(y)} {_value(x)},{_value(y + reach)} "
    )
    return element("polygon", points=f"{points}{_value(x - reach)},{_value(y)}", **style)


def wrapped(content: str, width: int, lines: int = 2) -> list[str]:
    """Break a label into at most ``lines`` lines of about ``width`` characters."""
    return textwrap.wrap(content, width, max_lines=lines, placeholder=" …") or [""]


def _value(value: Attribute) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
