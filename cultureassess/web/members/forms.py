"""What the members' forms hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cultureassess.models import Organisation, Role
from cultureassess.services.member_invitations import Rights
from cultureassess.services.members import MemberRefused
from cultureassess.web.account.pages import Problem, problems_from

INSTALLATION = {"administrator": Rights(administrator=True), "consultant": Rights(consultant=True)}
"""What somebody may be invited to be without an organisation."""


@dataclass(frozen=True)
class InviteForm:
    """An administrator's invitation, as typed.

    Attributes:
        become: "administrator" or "consultant" in the installation, or a role and an organisation's number:
            "leader 3".
    """

    name: str
    email: str
    become: str
    organisations: Sequence[Organisation]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def typed(cls, form: Mapping[str, str], organisations: Sequence[Organisation]) -> InviteForm:
        """What was sent, with what is wrong with it."""
        name, email, become = (form.get(field, "") for field in ("name", "email", "become"))
        found = cls(name, email, become, organisations)
        problem = None if become in dict(found.choices) else "Choose what this person will be."
        missing = None if email.strip() else "Please enter an e-mail address."
        return dataclasses.replace(found, problems=problems_from(email=missing, become=problem))

    def refused(self, error: MemberRefused) -> InviteForm:
        """The same form, with a reason why it was not taken."""
        return dataclasses.replace(self, problems=(Problem(error.field, str(error)),))

    @property
    def valid(self) -> bool:
        return not self.problems

    @property
    def wrong(self) -> dict[str, Problem]:
        return {problem.name: problem for problem in self.problems}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Values and labels of what somebody can be invited to be."""
        own = [
            ("consultant", "Consultant: adds clients and runs their waves"),
            ("administrator", "Administrator: everything"),
        ]
        places = [
            (f"{role.value} {organisation.id}", f"{role.value.capitalize()} of {organisation.name}")
            for organisation in self.organisations
            for role in (Role.LEADER, Role.CONSULTANT)
        ]
        return [*places, *own]

    @property
    def organisation(self) -> Organisation | None:
        wanted = self.become.rpartition(" ")[2]
        return next((one for one in self.organisations if str(one.id) == wanted), None)

    @property
    def rights(self) -> Rights:
        return INSTALLATION.get(self.become) or Rights(role=Role(self.become.partition(" ")[0]))


def number(text: str | None) -> int:
    """The number of an organisation out of a selected field.

    Raises:
        MemberRefused: none was chosen.
    """
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise MemberRefused("Choose a client.")
    return int(text)


def role(text: str | None) -> Role:
    """A role out of a selected field.

    Raises:
        MemberRefused: none was chosen.
    """
    if text not in [one.value for one in Role]:
        raise MemberRefused("Choose a role.")
    return Role(text)
