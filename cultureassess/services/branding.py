"""Logos and colours: what is taken in, how it is stored, and what the report gets.

A logo is never served as it came. It is decoded and encoded anew, so that neither metadata nor anything that
is not a picture survives, and made no larger than it is ever shown.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Consultancy, Organisation
from cultureassess.services.errors import DomainError
from cultureassess.services.pictures import NotAPicture, decode

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LARGEST_FILE = 1024 * 1024
LARGEST_SIDE = 6000
"""Pixels on a side of what is decoded at all: a small file can hold a huge picture."""

SMALLEST_SIDE = 16
SHOWN = (800, 320)
"""Pixels that a stored logo fits into: twice its largest size on paper at 150 dots per inch."""

TYPES = {"png": "image/png", "jpeg": "image/jpeg"}


class LogoRefused(DomainError):
    """A file cannot be used as a logo; the sentence says why and what would do."""


@dataclass(frozen=True)
class Logo:
    """A picture ready to be stored: re-encoded, with its type ("png" or "jpeg") and size in pixels."""

    image: bytes
    type: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        """32 hexadecimal digits that name it in its address."""
        return hashlib.sha256(self.image).hexdigest()[:32]

    @property
    def mimetype(self) -> str:
        return TYPES[self.type]


@dataclass(frozen=True)
class Branding:
    """What a report shows of the client and of the consultancy. Empty texts and None where nothing is set.

    ``accent`` is "#rrggbb" and can be read on white, and white on it.
    """

    accent: str | None = None
    logo: Logo | None = None
    consultancy: str = ""
    contact: str = ""
    consultancy_logo: Logo | None = None


def read_logo(file: bytes) -> Logo:
    """Decode an uploaded picture and encode it anew.

    Raises:
        LogoRefused: too large, too small, or neither a PNG nor a JPEG.
    """
    if len(file) > LARGEST_FILE:
        raise LogoRefused("The file is larger than 1 MB. Save the logo smaller and try again.")
    try:
        return _encoded(*decode(file, _check_size))
    except NotAPicture as error:
        raise LogoRefused("This file is not a PNG or JPEG picture that can be read.") from error


def _check_size(width: int, height: int) -> None:
    if max(width, height) > LARGEST_SIDE:
        raise LogoRefused(f"The picture is larger than {LARGEST_SIDE} pixels on a side.")
    if min(width, height) < SMALLEST_SIDE:
        raise LogoRefused(f"The picture is smaller than {SMALLEST_SIDE} pixels on a side.")


def _encoded(picture: Picture, kind: str) -> Logo:
    from PIL.Image import Resampling

    picture.thumbnail(SHOWN, Resampling.LANCZOS)
    picture.info.clear()  # a profile or a comment would be written out again
    out = io.BytesIO()
    if kind == "jpeg":
        picture.save(out, "JPEG", quality=90, optimize=True)
    else:
        picture.save(out, "PNG", optimize=True)
    return Logo(out.getvalue(), kind, picture.width, picture.height)


def set_logo(owner: Organisation | Consultancy, logo: Logo | None) -> None:
    """Give a client or the consultancy a logo, or take it away."""
    owner.logo = None if logo is None else logo.image
    owner.logo_type = None if logo is None else logo.type
    owner.logo_digest = None if logo is None else logo.digest
    owner.logo_width = None if logo is None else logo.width
    owner.logo_height = None if logo is None else logo.height


def logo_of(owner: Organisation | Consultancy) -> Logo | None:
    """The stored logo."""
    if owner.logo is None or owner.logo_type is None:
        return None
    return Logo(owner.logo, owner.logo_type, owner.logo_width or 0, owner.logo_height or 0)


def logo_by_digest(session: Session, digest: str) -> Logo | None:
    """A stored logo by what names it in its address. Whoever knows that has seen the picture."""
    client = session.scalar(sa.select(Organisation).where(Organisation.logo_digest == digest).limit(1))
    if client is not None:
        return logo_of(client)
    house = session.scalar(sa.select(Consultancy).where(Consultancy.logo_digest == digest))
    return None if house is None else logo_of(house)


def consultancy(session: Session) -> Consultancy:
    """Who runs this installation: the stored row, or an empty one that is not stored yet."""
    return session.get(Consultancy, 1) or Consultancy(id=1, name="", contact="")


def branding_of(session: Session, organisation: Organisation) -> Branding:
    """What the reports of an organisation show of it and of the consultancy."""
    house = consultancy(session)
    return Branding(
        accent=organisation.accent,
        logo=logo_of(organisation),
        consultancy=house.name,
        contact=house.contact,
        consultancy_logo=logo_of(house),
    )
