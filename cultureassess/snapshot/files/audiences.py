"""Who counts as what in a file: METHOD 1.8, management by role and customers by type."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.snapshot.files.columns import Codes

AUDIENCES: Final = {
    side: tuple(audience.value for audience in Audience if audience.side is side) for side in Side
}

_DECLINED: Final = "prefer not to say"
_OLDER_PARTNERS: Final = ("supplier or reseller",)


class Audiences:
    """The audiences of one side, and which role or type belongs to which; capital letters do not matter."""

    def __init__(self, instrument: Instrument, side: Side, management_roles: Collection[str]) -> None:
        self._names = AUDIENCES[side]
        self._management = {role.casefold() for role in management_roles}
        self._partners = _partner_types(instrument)
        offered = instrument.role_question.options if instrument.role_question else ()
        self._spelled = tuple(dict.fromkeys([*management_roles, *(option.code for option in offered)]))
        self._roles = self._management | {option.code.casefold() for option in offered} | {_DECLINED}
        self.default = self._names.index(Audience.STAFF if side is Side.INSIDE else Audience.CUSTOMER)

    def of(self, column: str, values: Sequence[str]) -> Codes:
        """Map the values of a column to places in ``AUDIENCES``; the last entry is for an empty cell."""
        find = {"audience": self._named, "role": self._by_role, "type": self._by_type}[column]
        places = [self._names.index(find(value.casefold())) for value in values]
        return np.array([*places, self.default], dtype=np.int32)

    def known_roles(self) -> tuple[str, ...]:
        """The roles that a file may write, as the instrument and the caller spell them, in their order."""
        return self._spelled

    def manages(self, role: str) -> bool:
        """Whether a role is management."""
        return role.casefold() in self._management

    def unknown_role(self, role: str) -> bool:
        """Whether neither the instrument nor the caller knows a role."""
        return role.casefold() not in self._roles

    def refuse_audience(self, value: str) -> tuple[str, str] | None:
        """Return reason and remedy if a value is no audience of this side."""
        if value.casefold() in self._names:
            return None
        return "{} is no audience of this file", f"Write {' or '.join(self._names)}"

    def refuse_type(self, value: str) -> tuple[str, str] | None:
        """Return reason and remedy if a type is neither customers nor partners."""
        if value.casefold() in {Audience.CUSTOMER, *self._partners}:
            return None
        known = ", ".join([Audience.CUSTOMER, *sorted(self._partners)])
        return "{} is no known type", f"Write one of: {known}"

    def _named(self, value: str) -> str:
        return value

    def _by_role(self, value: str) -> str:
        return Audience.MANAGEMENT if value in self._management else Audience.STAFF

    def _by_type(self, value: str) -> str:
        return Audience.PARTNER if value in self._partners else Audience.CUSTOMER


def default_roles(instrument: Instrument) -> tuple[str, ...]:
    """The roles of the instrument's role question that lead to management; () if it asks none."""
    if instrument.role_question is None:
        return ()
    options = instrument.role_question.options
    return tuple(option.code for option in options if option.audience is Audience.MANAGEMENT)


def _partner_types(instrument: Instrument) -> set[str]:
    asked = [question for question in instrument.segments if question.audience is Audience.PARTNER]
    codes = [code for question in asked if question.code == "type" for code in question.codes]
    return {code.casefold() for code in (Audience.PARTNER, *_OLDER_PARTNERS, *codes)}
