"""Typed tables. Constraints stand in the schema; no model imports Flask."""

from cultureassess.models.accounts import AccountNumber
from cultureassess.models.actions import ActionCard, ActionNote, CardState, Moves, PracticeMark
from cultureassess.models.closing_loop import LoopApproval, LoopText
from cultureassess.models.drafts import Draft, Submission
from cultureassess.models.journey import (
    PainPoint,
    PainSource,
    ProcessStep,
    StepValue,
    ThreeChoices,
    Touchpoint,
)
from cultureassess.models.key_figures import Better, KeyFigure, KeyFigureValue, Meeting
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
from cultureassess.models.operations import Heartbeat
from cultureassess.models.organisation import Assessment, Consultancy, Organisation
from cultureassess.models.people import Channel, Invitee, PendingList
from cultureassess.models.responses import Comment, Intake, IntakeComment, Response
from cultureassess.models.results import CommentScreening, ConsultantNote, Presentation
from cultureassess.models.snapshots import ReleaseRecord, SnapshotRecord
from cultureassess.models.wave import Wave, WaveAudience

__all__ = [
    "AccountNumber",
    "ActionCard",
    "ActionNote",
    "Anonymity",
    "Assessment",
    "AuditEntry",
    "Base",
    "Better",
    "CardState",
    "Channel",
    "Chosen",
    "Comment",
    "CommentScreening",
    "Consultancy",
    "ConsultantNote",
    "DayKey",
    "Draft",
    "Heartbeat",
    "Intake",
    "IntakeComment",
    "Invitation",
    "Invitee",
    "KeyFigure",
    "KeyFigureValue",
    "LoopApproval",
    "LoopText",
    "Mail",
    "MailPace",
    "MailPlan",
    "MailRun",
    "MailState",
    "MailText",
    "Meeting",
    "Member",
    "MemberInvitation",
    "MemberSession",
    "Membership",
    "Moves",
    "OpenLink",
    "Organisation",
    "PainPoint",
    "PainSource",
    "PendingList",
    "PracticeMark",
    "Presentation",
    "ProcessStep",
    "RateCount",
    "ReleaseRecord",
    "Response",
    "Role",
    "RunKind",
    "SnapshotRecord",
    "State",
    "StepValue",
    "Submission",
    "ThreeChoices",
    "Touchpoint",
    "Wave",
    "WaveAudience",
]
