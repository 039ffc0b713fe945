"""The audit log: a page to search, and a file."""

from cultureassess.web.audit.views import bp

__all__ = ["bp"]
