"""An inspection of the live database: does it keep what respondents were promised?

It reads the database as it is, not as the models describe it, so that it finds what somebody has changed.
Every promise is one :class:`Finding`, kept or broken, with its evidence. It changes nothing.
"""

from cultureassess.services.privacy_audit.audit import audit
from cultureassess.services.privacy_audit.finding import Finding

__all__ = ["Finding", "audit"]
