"""The results page: one wave as its leaders read it."""

from cultureassess.web.results.views import bp

__all__ = ["bp"]
