"""Recovery codes: for whoever has lost the authenticator app. Shown once, stored as password hashes."""

from __future__ import annotations

import secrets

from flask_security import MfRecoveryCodesUtil
from flask_security.utils import hash_password, verify_password

from cultureassess.models import Member
from cultureassess.web.account import signals

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter looks like a digit."""

NUMBER = 8
GROUPS, LETTERS = 4, 4
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class RecoveryCodes(MfRecoveryCodesUtil):
    """Eight codes of 80 random bits. Being under 112 bits, they get a password hash (ASVS 6.5.2)."""

    def create_recovery_codes(self, user: Member) -> list[str]:  # type: ignore[override]
        """Make new codes instead of all older ones, and return them for the one time they are shown."""
        codes = [_new_code() for _ in range(NUMBER)]
        user.mf_recovery_codes = tuple(hash_password(plain(code)) for code in codes)
        signals.note(user, "made recovery codes")
        return codes

    def get_recovery_codes(self, user: Member) -> list[str]:  # type: ignore[override]  # noqa: ARG002
        """None: nobody can read them again."""
        return []

    def check_recovery_code(self, user: Member, code: str) -> bool:  # type: ignore[override]
        """Whether this is one of the codes that are left."""
        return _place(user, code) is not None

    def delete_recovery_code(self, user: Member, code: str) -> bool:  # type: ignore[override]
        """Take a used code away."""
        place = _place(user, code)
        if place is None:
            return False
        left = list(user.mf_recovery_codes)
        del left[place]
        user.mf_recovery_codes = tuple(left)
        signals.note(user, "used a recovery code")
        signals.tell(user, "A recovery code was used to sign in.")
        return True


def plain(code: str) -> str:
    """A code as it is hashed, however it was typed."""
    return code.upper().translate(READ_AS)


def _new_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))


def _place(user: Member, code: str) -> int | None:
    typed = plain(code)
    if len(typed) != GROUPS * LETTERS:
        return None
    found = [verify_password(typed, stored) for stored in user.mf_recovery_codes]
    return found.index(True) if True in found else None
