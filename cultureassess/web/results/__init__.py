"""A wave's results: the leaders' pages, the consultant's analysis room, and the files."""

from cultureassess.web.results import desk, files, room, unit_sheets
from cultureassess.web.results.views import bp

__all__ = ["bp", "desk", "files", "room", "unit_sheets"]
