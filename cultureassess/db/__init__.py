"""The connection to SQLite or PostgreSQL, and the migrations."""

from cultureassess.db.engine import make_engine
from cultureassess.db.session import session_factory, transaction

__all__ = ["make_engine", "session_factory", "transaction"]
