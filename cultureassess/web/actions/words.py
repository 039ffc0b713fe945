"""What the action pages call things."""

from __future__ import annotations

import datetime as dt

from cultureassess import instruments
from cultureassess.models import ActionCard, CardState, Moves
from cultureassess.practices import CardKind, Mark
from cultureassess.report.words import MINUS
from cultureassess.services.actions.outcome import Helped
from cultureassess.services.setting_up import INSTRUMENT
from cultureassess.snapshot.types import Snapshot
from cultureassess.web import i18n
from cultureassess.web.i18n import gettext

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def kind_name(kind: CardKind) -> str:
    """What an action does with something."""
    names = {
        CardKind.KEEP: gettext("Keep"),
        CardKind.START: gettext("Start"),
        CardKind.SIMPLIFY: gettext("Simplify"),
        CardKind.STOP: gettext("Stop"),
    }
    return names[kind]


def card_state_name(state: CardState) -> str:
    """Where a card stands."""
    names = {
        CardState.IDEA: gettext("Idea"),
        CardState.AGREED: gettext("Agreed"),
        CardState.DONE: gettext("Done"),
        CardState.DROPPED: gettext("Dropped"),
    }
    return names[state]


def mark_name(mark: Mark) -> str:
    """What a team says of a practice."""
    names = {Mark.DO: gettext("We do it"), Mark.PARTLY: gettext("Partly"), Mark.NO: gettext("No")}
    return names[mark]


def helped_name(helped: Helped) -> str:
    """Whether an action's figure moved."""
    names = {
        Helped.MOVED: gettext("It moved"),
        Helped.DID_NOT: gettext("It did not move"),
        Helped.CANNOT_TELL: gettext("Cannot tell yet"),
    }
    return names[helped]


def index_name(code: str, snapshot: Snapshot | None) -> str:
    """The name of an index in a wave; where there is none to be read, as the questionnaire has it."""
    indices = snapshot.indices if snapshot else instruments.by_code(INSTRUMENT).indices
    return next((index.name for index in indices if index.code == code), code)


def figure_name(card: ActionCard, snapshot: Snapshot | None) -> str:
    """What an action should move."""
    name = index_name(card.index_code, snapshot)
    if card.moves is Moves.KEY_FIGURE:
        return card.key_figure.name if card.key_figure else gettext("a key figure that was deleted")
    if card.moves is Moves.GAP:
        return gettext("The gap on %(index)s", index=name)
    return gettext("Customers’ %(index)s", index=name)


def month_name(month: dt.date) -> str:
    """A month: November 2026."""
    return f"{gettext(MONTHS[month.month - 1])} {month.year}"


def day(found: dt.date | None) -> str:
    """A day in words; a dash for none."""
    return "–" if found is None else i18n.date(found)


def plain(value: float | None) -> str:
    """A number that somebody typed, without zeros behind it; a dash for none."""
    if value is None:
        return "–"
    text = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 else text
