"""Signs of life: what ``/readyz`` looks at."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cultureassess.models.mapping import Base


class Heartbeat(Base):
    """When a part of the installation last wrote: the worker at each look, the web when it is asked.

    Attributes:
        part: ``worker`` or ``web``.
        at: seconds since 1970, UTC.
    """

    __tablename__ = "heartbeat"

    part: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    at: Mapped[int] = mapped_column(sa.BigInteger)
