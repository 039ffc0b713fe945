"""How a report is made, apart from its figures: language, paper, colour, pages, and the consultant's voice.

Everything here is printed or decides what is; it travels inside the PDF beside the snapshot, so that the
report can be made again and compared (``cultureassess verify``).
"""

from __future__ import annotations

import hashlib
import io
import re
from typing import Literal

import msgspec

from cultureassess.practices import PlannedCard
from cultureassess.services.pictures import NotAPicture, decode

LOGO_BYTES = 512 * 1024
LOGO_PIXELS = 4_000_000
NOTE = 1_200
"""Most characters of one note; longer ones belong into a document of the consultant's own."""

HEX = re.compile(r"#[0-9a-f]{6}")
CONTRAST = 4.5
"""Least contrast of the accent with white, on which it is set and which is set on it (WCAG 1.4.3)."""

Paper = Literal["A4", "Letter"]
Shape = Literal["full", "brief"]

SECTIONS = (
    "reading",
    "people",
    "overview",
    "views",
    "priorities",
    "truth",
    "indices",
    "inside",
    "breakdowns",
    "trend",
    "voices",
    "action",
    "facilitator",
    "appendix",
    "method",
    "hidden",
)
"""The parts of the full report in their order (PRODUCT 2.2); page 1 always comes first."""

ALWAYS = ("method", "hidden")
"""Parts that no choice leaves out: without them a reader cannot tell what the numbers are."""

BRIEF = ("overview", "gaps", "steps")


class OptionsError(ValueError):
    """An option that cannot be used; the sentence says which and what to do."""


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the options: immutable, and strict about unknown fields."""


class Voice(Frozen, frozen=True):
    """What a consultant adds: visibly theirs, never among the verified figures.

    Attributes:
        name, contact: printed on page 1 and above every note.
        logo: PNG or JPEG.
        note: for page 1.
        indices: index code to a note on its page.
        recommendation: printed with the decision and on the action sheet.
    """

    name: str = ""
    contact: str = ""
    logo: bytes = b""
    note: str = ""
    indices: dict[str, str] = {}
    recommendation: str = ""


class Unit(Frozen, frozen=True):
    """One row of a heat map: a side, an attribute of it and a value, as the snapshot writes them."""

    side: str
    attribute: str
    value: str


class Options(Frozen, frozen=True):
    """What a report looks like.

    Attributes:
        language: BCP 47 code of a language that the report speaks.
        logo: the client's, PNG or JPEG.
        accent: ``#rrggbb``; darkened where white on it could not be read.
        sections: parts to print, in this order; empty for all in the usual order.
        demo: the company is made up, and every page says so.
        done: codes of the practices that the company has already; they are not suggested.
        agreed: the actions that the company has agreed on; the action sheet prints them first.
        unit: the sheet of this unit instead of a report (:mod:`cultureassess.report.units`).
    """

    language: str = "en"
    paper: Paper = "A4"
    shape: Shape = "full"
    logo: bytes = b""
    accent: str = ""
    sections: tuple[str, ...] = ()
    voice: Voice = Voice()
    demo: bool = False
    done: tuple[str, ...] = ()
    agreed: tuple[PlannedCard, ...] = ()
    unit: Unit | None = None


USUAL = Options()
"""English, A4, every part, nobody's voice."""


def checked(options: Options) -> Options:
    """Return options that can be printed: logos re-encoded, the accent dark enough.

    Raises:
        OptionsError: an unknown part, a colour that is none, a note too long, a logo that is no picture.
    """
    unknown = [name for name in options.sections if name not in SECTIONS]
    if unknown:
        raise OptionsError(f"{unknown[0]!r} is no part of the report. There is {', '.join(SECTIONS)}.")
    options = usual_where_equal(options)
    voice = options.voice
    for text in (voice.name, voice.contact, voice.note, voice.recommendation, *voice.indices.values()):
        if len(text) > NOTE:
            raise OptionsError(f"A note has {len(text)} characters. Shorten it to {NOTE}.")
    return msgspec.structs.replace(
        options,
        accent=readable(options.accent) if options.accent else "",
        logo=picture(options.logo),
        voice=msgspec.structs.replace(voice, logo=picture(voice.logo)),
    )


def usual_where_equal(options: Options) -> Options:
    """Equal options: whatever equals a default is the default itself.

    A default is left out of a document only if it is the very same object, so that an "en" that somebody
    typed would be written and make another seal.
    """
    same = {name: getattr(USUAL, name) for name in USUAL.__struct_fields__}
    return msgspec.structs.replace(
        options, **{name: usual for name, usual in same.items() if getattr(options, name) == usual}
    )


def chosen_sections(options: Options) -> tuple[str, ...]:
    """The parts after page 1, in the order of printing."""
    if options.shape == "brief":
        return BRIEF
    chosen = options.sections or SECTIONS
    return (*chosen, *(name for name in ALWAYS if name not in chosen))


def seal(snapshot: bytes, options: Options, *further: bytes) -> str:
    """64 hexadecimal digits of all that a report is made from: snapshot, options and earlier snapshots."""
    digest = hashlib.sha256()
    for part in (snapshot, to_json(options), *further):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def to_json(options: Options) -> bytes:
    """Return the options as they travel with the report: equal options, equal bytes.

    A default that is left out is known by its identity, so that an empty voice would be written in one of
    two ways if it were not made anew.
    """
    voice = msgspec.structs.replace(options.voice)
    return msgspec.json.encode(msgspec.structs.replace(options, voice=voice), order="deterministic")


def from_json(content: bytes) -> Options:
    """Read the options of a report.

    Raises:
        OptionsError: they are not options of this version.
    """
    try:
        return msgspec.json.decode(content, type=Options)
    except msgspec.DecodeError as error:
        raise OptionsError(f"These are not the options of a report: {error}.") from error


def readable(colour: str) -> str:
    """A colour on which white text can be read: the same, or darkened in equal steps.

    Raises:
        OptionsError: it is not written ``#rrggbb``.
    """
    wanted = colour.strip().lower()
    if not HEX.fullmatch(wanted):
        raise OptionsError(f"{colour!r} is no colour. Write it as #16324f.")
    parts = [int(wanted[place : place + 2], 16) for place in (1, 3, 5)]
    while _contrast_with_white(parts) < CONTRAST:
        parts = [part * 19 // 20 for part in parts]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _contrast_with_white(parts: list[int]) -> float:
    """WCAG 2.2's contrast ratio with white, 1 to 21."""
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in (p / 255 for p in parts)]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (light + 0.05)


def picture(content: bytes) -> bytes:
    """A logo as a fresh PNG without anything that came with the file; the same bytes again for a PNG of ours.

    Raises:
        OptionsError: too large, or not a PNG or JPEG.
    """
    if not content:
        return b""
    from PIL import Image

    if len(content) > LOGO_BYTES:
        raise OptionsError(f"The logo has {len(content)} bytes. Save it with at most {LOGO_BYTES}.")
    try:
        plain = decode(content, _check_size)[0].convert("RGBA")
    except NotAPicture as error:
        raise OptionsError("The logo is not a PNG or JPEG picture. Save it as one of these.") from error
    written = io.BytesIO()
    Image.frombytes("RGBA", plain.size, plain.tobytes()).save(written, "PNG", optimize=False)
    return written.getvalue()


def _check_size(width: int, height: int) -> None:
    if width * height > LOGO_PIXELS:
        raise OptionsError(f"The logo has {width} x {height} pixels. Make it smaller.")
