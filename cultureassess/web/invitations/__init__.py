"""People of a wave, their invitations and reminders: the staff pages."""

from cultureassess.web.invitations import handing_over, lists, overview, people, texts
from cultureassess.web.invitations.blueprint import bp

__all__ = ["bp", "handing_over", "lists", "overview", "people", "texts"]
