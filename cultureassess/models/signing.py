"""What Flask-Security asks of whoever signs in, said without importing it: models know no Flask.

``tests/account/test_library.py`` compares these names with the library's own ``UserMixin``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast


class SignsIn:
    """The part of a member that the library talks to."""

    active: object
    email: object
    fs_uniquifier: object

    tf_phone_number = None
    """There are no codes by text message."""

    roles: Sequence[object] = ()
    """The library's roles are not used: rights are ``services/rights.py``."""

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return bool(self.active)

    def get_id(self) -> str:
        """What the signed cookie names the member by."""
        return str(self.fs_uniquifier)

    def calc_username(self) -> str:
        """The name that an authenticator app shows."""
        return str(self.email)

    def is_locked(self, form_error: list[str] | None = None) -> bool:  # noqa: ARG002
        """Never: attempts are slowed down, nobody can lock somebody else out (RELIABILITY T.6)."""
        return False

    def has_role(self, role: object) -> bool:  # noqa: ARG002
        return False

    def has_permission(self, permission: str) -> bool:  # noqa: ARG002
        return False

    def get_security_payload(self) -> dict[str, object]:
        return {}

    def get_redirect_qparams(self, existing: dict[str, object] | None = None) -> dict[str, object]:
        """Nothing: addresses in e-mails and redirects carry no personal data."""
        return dict(existing or {})

    def check_tf_required(
        self,
        tf_setup_methods: list[tuple[str, str]],
        tf_fresh: bool,  # noqa: ARG002
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Ask for a code at every sign-in of whoever has set up an authenticator app.

        Who must set one up is led there by ``web.access`` after signing in with the password.
        """
        return bool(tf_setup_methods), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        return False

    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:
        """Failures are counted by the rate limits, and only there."""

    def verify_and_update_password(self, password: str) -> bool:
        """Compare a password with the hash, and renew the hash if its parameters are old."""
        from flask_security.utils import verify_and_update_password

        return bool(verify_and_update_password(password, cast("Any", self)))
