"""Who may do what (docs/access.md): an actor, capabilities, and the condition that goes into every query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa

from cultureassess.models import Member, Organisation, Role


class Capability(StrEnum):
    """What somebody may do: the first two in an organisation, the others in the installation."""

    READ_RESULTS = "read results"
    RUN_WAVES = "run waves"
    ADD_ORGANISATIONS = "add organisations"
    ADMINISTER = "administer"


GRANTS: Mapping[Role, frozenset[Capability]] = {
    Role.LEADER: frozenset({Capability.READ_RESULTS}),
    Role.CONSULTANT: frozenset({Capability.READ_RESULTS, Capability.RUN_WAVES}),
}


@dataclass(frozen=True)
class Actor:
    """Whoever asks, with the rights of this moment.

    Attributes:
        member_id: None for the demo's people and for the command line.
        name: as the audit log keeps it.
        administrator: may do everything everywhere.
        consultant: may add organisations.
        everywhere: the role in every organisation; the demo's people have one.
        roles: the role in single organisations, by the organisation's number.
    """

    name: str
    member_id: int | None = None
    administrator: bool = False
    consultant: bool = False
    everywhere: Role | None = None
    roles: Mapping[int, Role] = field(default_factory=dict)

    def may(self, capability: Capability, organisation_id: int | None = None) -> bool:
        """Tell whether the actor may do this, in an organisation where the capability asks for one."""
        if self.administrator:
            return True
        if capability is Capability.ADD_ORGANISATIONS:
            return self.consultant
        if capability is Capability.ADMINISTER or organisation_id is None:
            return False
        role = self.everywhere or self.roles.get(organisation_id)
        return role is not None and capability in GRANTS[role]

    @property
    def runs_waves(self) -> bool:
        """Whether the workspace is meant for this actor at all."""
        roles = {self.everywhere, *self.roles.values()}
        return self.administrator or self.consultant or Role.CONSULTANT in roles


COMMAND_LINE = Actor(name="command line", administrator=True)
"""Whoever can start commands on the server may do everything there."""


def actor_of(member: Member) -> Actor:
    """The actor that a member is, with the memberships of this moment; nobody's for an inactive one."""
    if not member.active:
        return Actor(name=member.name, member_id=member.id)
    return Actor(
        name=member.name,
        member_id=member.id,
        administrator=member.administrator,
        consultant=member.consultant,
        roles={membership.organisation_id: membership.role for membership in member.memberships},
    )


def within_reach(actor: Actor, need: Capability) -> sa.ColumnElement[bool]:
    """The condition on ``Organisation`` that leaves those in which the actor may do what is needed."""
    if actor.administrator:
        return sa.true()
    if actor.everywhere is not None:
        return sa.true() if need in GRANTS[actor.everywhere] else sa.false()
    return Organisation.id.in_([number for number in actor.roles if actor.may(need, number)])
