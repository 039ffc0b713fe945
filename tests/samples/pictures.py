"""Logos for the samples, drawn: no picture file is committed."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def logo(letters: str, colour: str) -> bytes:
    """A coloured plate with letters, as a PNG."""
    picture = Image.new("RGB", (360, 140), colour)
    ImageDraw.Draw(picture).text((180, 70), letters, fill="#ffffff", anchor="mm", font_size=80)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
