"""The two kinds of link into a wave. Only SHA-256 hashes of their tokens are stored (RELIABILITY R1)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cultureassess.instruments.types import Audience, Side
from cultureassess.models.mapping import Base, TextTable, intpk, wave_key
from cultureassess.models.wave import Wave


class OpenLink(Base):
    """A link that everybody of one side may use.

    On the outside it names its audience; on the inside the first page asks who leads people, and
    ``audience`` is None. The token is made of ``seed`` and the installation's secret key, so that
    the workspace can show the address again, and the database alone cannot; so is the short code on
    a poster, of which ``short_hash`` is a keyed hash (None on a link older than short codes).

    ``code_hash`` is the password hash of the access code, None where there is none. ``wrong_codes`` were
    typed since ``wrong_since`` (seconds since 1970, UTC).
    """

    __tablename__ = "open_link"
    __table_args__ = (
        sa.CheckConstraint("(side = 'outside') = (audience IS NOT NULL)", name="outside_names_audience"),
    )

    id: Mapped[intpk]
    wave_id: Mapped[wave_key]
    side: Mapped[Side]
    audience: Mapped[Audience | None]
    seed: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    revoked: Mapped[bool] = mapped_column(default=False)
    short_hash: Mapped[bytes | None] = mapped_column(unique=True, index=True)
    code_hash: Mapped[str | None] = mapped_column(sa.String(200))
    wrong_codes: Mapped[int] = mapped_column(default=0)
    wrong_since: Mapped[int] = mapped_column(default=0)

    wave: Mapped[Wave] = relationship()


class Invitation(Base):
    """A single-use link. It knows that it was used, never when, nor which response it became.

    Attributes:
        seed: of a link that is mailed, whose token is made of it and the installation's secret key when
            the mail is written; None where the token was handed over once, and after the close.
        code_finder, code_hash: of a link in a letter: the first four characters of its short code, and
            the password hash of the other eight. ``code_failures`` wrong ones were typed.
    """

    __tablename__ = "invitation"

    id: Mapped[intpk]
    wave_id: Mapped[wave_key]
    audience: Mapped[Audience]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    used: Mapped[bool] = mapped_column(default=False)
    revoked: Mapped[bool] = mapped_column(default=False)
    role: Mapped[str | None] = mapped_column(sa.String(100))
    account: Mapped[str | None] = mapped_column(sa.String(64))
    segments: Mapped[TextTable] = mapped_column(default=dict)
    """Segments known beforehand, ``side.code`` to a one-item list; those questions are not asked."""
    seed: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    code_finder: Mapped[str | None] = mapped_column(sa.String(4), unique=True, index=True)
    code_hash: Mapped[str | None] = mapped_column(sa.String(200))
    code_failures: Mapped[int] = mapped_column(default=0)

    wave: Mapped[Wave] = relationship()
