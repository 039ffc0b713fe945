"""An organisation's colour, checked and turned into what our pages need in both themes.

Contrast is WCAG 2.2's (1.4.3: text needs 4.5 to 1). Where a colour fails, the nearest that passes is the one
with the same hue whose lightness differs least, in the OKLCH space (Ottosson 2020), where equal steps look
equal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

TEXT = 4.5
"""Contrast that text needs."""

WHITE = "#ffffff"
LIGHT = ("#ffffff", "#faf8f4")
"""What accents stand on in the light theme: ``surface`` and ``page`` of static/css/tokens.css."""

DARK = ("#1c2325", "#14191a")
"""The same in the dark theme."""

_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", re.ASCII)

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Accent:
    """A colour for both themes: our tokens without their ``--color-``, to "#rrggbb"."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


def parse(text: str) -> str | None:
    """A colour as "#rrggbb" in small letters, however it was typed; None if it is none."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found.group(1).lower()
    return "#" + ("".join(2 * digit for digit in digits) if len(digits) == 3 else digits)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 to 1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def passes(colour: str) -> bool:
    """Whether text in this colour can be read on our light pages, and white text on it."""
    return _readable(colour, LIGHT)


def nearest(colour: str) -> str:
    """The nearest colour that :func:`passes`; the colour itself if it does."""
    return _moved(colour, lambda tried: _readable(tried, LIGHT), darker=True)


def accent(colour: str) -> Accent:
    """What our pages need of a colour: for the dark theme it is lightened until it can be read there."""
    light = nearest(colour)
    soft = mixed(light, WHITE, 0.12)
    strong = _moved(_shifted(light, -0.07), lambda tried: _readable(tried, (*LIGHT, soft)), darker=True)
    dark = _moved(colour, lambda tried: _readable(tried, DARK), darker=False)
    dark_soft = mixed(dark, DARK[0], 0.2)
    bright = _moved(_shifted(dark, 0.07), lambda tried: _readable(tried, (*DARK, dark_soft)), darker=False)
    return Accent(
        light=_tokens(light, strong, soft, WHITE),
        dark=_tokens(dark, bright, dark_soft, DARK[1]),
    )


def mixed(colour: str, ground: str, share: float) -> str:
    """A colour laid over a ground; ``share`` of it, 0 to 1."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return _hex(tuple(share * over + (1 - share) * under for over, under in pairs))


def _tokens(plain: str, strong: str, soft: str, on: str) -> dict[str, str]:
    return {"accent": plain, "accent-strong": strong, "accent-soft": soft, "on-accent": on, "focus": plain}


def _readable(colour: str, grounds: tuple[str, ...]) -> bool:
    return all(contrast(colour, ground) >= TEXT for ground in grounds)


def _moved(colour: str, good: Callable[[str], bool], *, darker: bool) -> str:
    """The colour with as little change of lightness, one way, as makes it good; 0.002 fine."""
    step = -0.002 if darker else 0.002
    moved, tried = 0.0, colour
    while not good(tried) and abs(moved) < 1:
        moved += step
        tried = _shifted(colour, moved)
    return tried


def _shifted(colour: str, by: float) -> str:
    """The colour with another OKLCH lightness, and no more chroma than the screen can show there."""
    lightness, a, b = _oklab(_linear(colour))
    lightness = min(1.0, max(0.0, lightness + by))
    chroma = 1.0
    while chroma > 0 and not _shown(_from_oklab((lightness, a * chroma, b * chroma))):
        chroma -= 0.02
    chroma = max(chroma, 0.0)
    return _hex(tuple(_gamma(part) for part in _from_oklab((lightness, a * chroma, b * chroma))))


def _shown(linear: Triple) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in linear)


def _channels(colour: str) -> Triple:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in channels)


def _linear(colour: str) -> Triple:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)
    )
    return red, green, blue


def _gamma(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _oklab(linear: Triple) -> Triple:
    """Linear sRGB to OKLab; the matrices are Ottosson's."""
    red, green, blue = linear
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_oklab(lab: Triple) -> Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
