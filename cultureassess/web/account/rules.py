"""What the library asks us about passwords and addresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import current_app
from flask_security import MailUtil, PasswordUtil
from flask_security.mail_util import EmailValidateException

from cultureassess.models import Member
from cultureassess.services import members, passwords
from cultureassess.services.members import MemberRefused


class PasswordRules(PasswordUtil):
    """The rules of :mod:`cultureassess.services.passwords`."""

    def normalize(self, password: str) -> str:
        """The same characters however a keyboard composes them."""
        return passwords.normalised(password)

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:  # noqa: ANN401, ARG002
        """What is wrong with a new password, and the password as it is hashed."""
        member: Member | None = kwargs.get("user")
        words = () if member is None else members.words_about(member)
        plain = self.normalize(password)
        found = objection(plain, words)
        return ([found] if found else None), plain


class Addresses(MailUtil):
    """Addresses as they are stored. The library sends no mail: ``signals`` puts ours into the outbox."""

    def normalize(self, email: str) -> str:
        """An address as it is compared."""
        try:
            return members.clean_address(email)
        except MemberRefused as error:
            raise EmailValidateException(str(error)) from error

    def validate(self, email: str) -> str:
        """The same: whether mail arrives is not asked, because a page must not wait for other servers."""
        return self.normalize(email)


def objection(password: str, words: tuple[str, ...]) -> str | None:
    """Why a normalised password is not taken here, with the installation's list of stolen ones."""
    listed = current_app.extensions["settings"].breached_passwords
    return passwords.objection(password, words, breached=Path(listed) if listed else None)
