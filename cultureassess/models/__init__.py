"""Typed tables. Constraints stand in the schema; no model imports Flask."""

from cultureassess.models.accounts import AccountNumber
from cultureassess.models.drafts import Draft, Submission
from cultureassess.models.links import Invitation, OpenLink
from cultureassess.models.mapping import Anonymity, Base, Chosen, State
from cultureassess.models.organisation import Assessment, Organisation
from cultureassess.models.responses import Comment, Intake, IntakeComment, Response
from cultureassess.models.snapshots import ReleaseRecord, SnapshotRecord
from cultureassess.models.wave import Wave, WaveAudience

__all__ = [
    "AccountNumber",
    "Anonymity",
    "Assessment",
    "Base",
    "Chosen",
    "Comment",
    "Draft",
    "Intake",
    "IntakeComment",
    "Invitation",
    "OpenLink",
    "Organisation",
    "ReleaseRecord",
    "Response",
    "SnapshotRecord",
    "State",
    "Submission",
    "Wave",
    "WaveAudience",
]
