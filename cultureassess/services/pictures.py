"""Pictures that people hand in: decoded from scratch or refused; nothing that came with a file survives."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

FORMATS = ("PNG", "JPEG")


class NotAPicture(Exception):
    """Neither a PNG nor a JPEG that can be read to its end."""


def decode(file: bytes, check: Callable[[int, int], None]) -> tuple[Picture, str]:
    """Decode a PNG or JPEG.

    Args:
        file: its bytes.
        check: is told width and height in pixels before anything is decoded, and raises where they are wrong:
            a small file can hold a huge picture.

    Returns:
        the picture in RGB (JPEG) or RGBA (PNG), and "jpeg" or "png".

    Raises:
        NotAPicture: it cannot be read.
    """
    from PIL import Image

    unreadable = (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError, Warning)
    try:
        opened = Image.open(io.BytesIO(file), formats=FORMATS)
    except unreadable as error:
        raise NotAPicture from error
    with opened:
        check(opened.width, opened.height)
        kind = "jpeg" if opened.format == "JPEG" else "png"
        try:
            # WeasyPrint tells Pillow to accept files that were cut off; this check does not listen to it.
            Image.open(io.BytesIO(file)).verify()
            return opened.convert("RGB" if kind == "jpeg" else "RGBA"), kind
        except unreadable as error:
            raise NotAPicture from error
