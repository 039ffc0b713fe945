"""Members of staff: the administrator's pages, and the consultant's for the leaders of a client."""

from cultureassess.web.members.leaders import bp as leaders_bp
from cultureassess.web.members.mails import bp as mails_bp
from cultureassess.web.members.views import bp

__all__ = ["bp", "leaders_bp", "mails_bp"]
