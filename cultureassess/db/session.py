"""Sessions. Services are handed one and never commit; whoever opened it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker


def session_factory(engine: sa.Engine) -> sessionmaker[Session]:
    """Return what makes sessions of an engine. Objects stay readable after a commit."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[Session]:
    """Open a session for one unit of work: committed at the end, rolled back on an exception."""
    with session_factory(engine).begin() as session:
        yield session
