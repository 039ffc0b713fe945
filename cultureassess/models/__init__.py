"""Typed tables. Constraints stand in the schema; no model imports Flask."""

from cultureassess.models.accounts import AccountNumber
from cultureassess.models.drafts import Draft, Submission
from cultureassess.models.links import Invitation, OpenLink
from cultureassess.models.mail import Mail, MailPace, MailPlan, MailRun, MailState, MailText, RunKind
from cultureassess.models.mapping import Anonymity, Base, Chosen, State
from cultureassess.models.members import (
    AuditEntry,
    DayKey,
    Member,
    MemberInvitation,
    MemberSession,
    Membership,
    RateCount,
    Role,
)
from cultureassess.models.organisation import Assessment, Consultancy, Organisation
from cultureassess.models.people import Channel, Invitee, PendingList
from cultureassess.models.responses import Comment, Intake, IntakeComment, Response
from cultureassess.models.results import CommentScreening, ConsultantNote, Presentation
from cultureassess.models.snapshots import ReleaseRecord, SnapshotRecord
from cultureassess.models.wave import Wave, WaveAudience

__all__ = [
    "AccountNumber",
    "Anonymity",
    "Assessment",
    "AuditEntry",
    "Base",
    "Channel",
    "Chosen",
    "Comment",
    "CommentScreening",
    "Consultancy",
    "ConsultantNote",
    "DayKey",
    "Draft",
    "Intake",
    "IntakeComment",
    "Invitation",
    "Invitee",
    "Mail",
    "MailPace",
    "MailPlan",
    "MailRun",
    "MailState",
    "MailText",
    "Member",
    "MemberInvitation",
    "MemberSession",
    "Membership",
    "OpenLink",
    "Organisation",
    "PendingList",
    "Presentation",
    "RateCount",
    "ReleaseRecord",
    "Response",
    "Role",
    "RunKind",
    "SnapshotRecord",
    "State",
    "Submission",
    "Wave",
    "WaveAudience",
]
