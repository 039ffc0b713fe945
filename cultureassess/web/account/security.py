"""Flask-Security, plugged in: its views, its forms, its password hashing; our tables, templates and words."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from typing import Any, cast

from flask import Flask, Response, request, session
from flask_security import (
    ForgotPasswordForm,
    LoginForm,
    RoleMixin,
    Security,
    SQLAlchemySessionUserDatastore,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    current_user,
)
from flask_security.utils import check_and_update_authn_fresh, hash_password, set_request_attr
from werkzeug.local import LocalProxy
from wtforms import RadioField

from cultureassess.models import Member
from cultureassess.web import access, database
from cultureassess.web.account import guards, presence, signals
from cultureassess.web.account.pages import render
from cultureassess.web.account.recovery import RecoveryCodes
from cultureassess.web.account.rules import Addresses, PasswordRules
from cultureassess.web.account.totp import WINDOW, OneTimeCodes

FRESH = dt.timedelta(minutes=15)
"""How long after the password was typed sensitive things may be done."""

ARGON2 = {
    "argon2__type": "ID",
    "argon2__memory_cost": 19 * 1024,  # KiB
    "argon2__time_cost": 2,
    "argon2__parallelism": 1,
}
"""OWASP's recommendation for Argon2id (ASVS 11.4.2)."""

WORDS = {
    "GENERIC_AUTHN_FAILED": ("This address and this password do not belong together.", "error"),
    "PASSWORD_RESET_REQUEST": (
        "If this address belongs to an account, a link is on its way. It works for one hour.",
        "info",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": ("This link does not work any more. Ask for a new one.", "error"),
    "PASSWORD_RESET_EXPIRED": ("This link is too old. Ask for a new one.", "error"),
    "PASSWORD_RESET_NO_LOGIN": ("Your new password is stored. Sign in with it now.", "success"),
    "PASSWORD_CHANGE": ("Your password is changed. Other browsers are signed out.", "success"),
    "PASSWORD_NOT_PROVIDED": ("Enter your password.", "error"),
    "PASSWORD_IS_THE_SAME": ("This is the password that you have. Choose another one.", "error"),
    "RETYPE_PASSWORD_MISMATCH": ("This is not the same as above.", "error"),
    "INVALID_PASSWORD": ("This is not your password.", "error"),
    "EMAIL_NOT_PROVIDED": ("Enter your e-mail address.", "error"),
    "INVALID_EMAIL_ADDRESS": ("Enter an e-mail address, for example name@example.org.", "error"),
    "UNAUTHENTICATED": ("Please sign in first.", "info"),
    "REAUTHENTICATION_REQUIRED": ("To go on, please enter your password again.", "info"),
    "REAUTHENTICATION_SUCCESSFUL": ("Thank you. You can go on for a quarter of an hour.", "info"),
    "TWO_FACTOR_INVALID_TOKEN": ("This code is wrong, too old, or was used already.", "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": ("Your authenticator app is set up.", "success"),
    "TWO_FACTOR_DISABLED": ("You sign in with your password alone from now on.", "success"),
    "TWO_FACTOR_PERMISSION_DENIED": ("Please sign in first.", "info"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": ("This cannot be chosen.", "error"),
    "TWO_FACTOR_SETUP_EXPIRED": ("That took too long. Please begin again.", "error"),
    "INVALID_RECOVERY_CODE": ("This code is wrong, or was used already.", "error"),
    "API_ERROR": ("This did not work. Please begin again.", "error"),
}


class Accounts(Security):
    """The library with segno instead of ``qrcode``."""

    def _check_modules(self, module: str, config_name: str) -> Any:  # noqa: ANN401
        return module == "qrcode" or super()._check_modules(module, config_name)  # type: ignore[no-untyped-call]


class SignInForm(LoginForm):
    """Address and password. No browser is remembered for longer than its session."""

    remember = None


class ForgottenForm(ForgotPasswordForm):
    """An address: the library hashes something for one that nobody has, and we do for the others."""

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401
        """Look the address up."""
        found = bool(super().validate(**kwargs))
        if found:
            hash_password("not a password")
        return found


class SetUpForm(TwoFactorSetupForm):
    """Setting up the authenticator app, or giving it up where that is allowed.

    The page has its own buttons; the library's choices are tuples, of which WTForms warns.
    """

    setup = RadioField(choices=[], validate_choice=False)

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401
        """Refuse to give up what is a duty."""
        if not super().validate(**kwargs):
            return False
        if self.setup.data == "disable" and guards.needs_second_factor(presence.member()):
            self.setup.errors = ["Your account must keep its authenticator app."]
            return False
        return True


class RescueForm(TwoFactorRescueForm):
    """Never shown: the page for the code has a link to the recovery codes, and names the contact."""

    help_setup = RadioField(choices=[], validate_choice=False)


def init_app(app: Flask) -> None:
    """Plug the library in."""
    settings = app.extensions["settings"]
    app.config.update({f"SECURITY_{name}": value for name, value in _options(settings.secret_key).items()})
    app.config.update({f"SECURITY_MSG_{name}": words for name, words in WORDS.items()})
    app.config["SESSION_PROTECTION"] = None  # it would tie people to their network address
    opened: Any = LocalProxy(database.session)
    user: Any = Member  # has what the library asks of its own UserMixin
    store = SQLAlchemySessionUserDatastore(opened, user, RoleMixin)
    security = Accounts(
        app,
        store,
        login_form=SignInForm,
        forgot_password_form=ForgottenForm,
        two_factor_setup_form=SetUpForm,
        two_factor_rescue_form=RescueForm,
        mail_util_cls=Addresses,
        password_util_cls=PasswordRules,
        totp_cls=OneTimeCodes,
        mf_recovery_codes_util_cls=RecoveryCodes,
        render_template=cast("Any", render),
    )
    security.want_json(lambda _request: False)
    security.login_manager.user_loader(load_member)
    security.login_manager.request_loader(lambda _request: None)  # no tokens in addresses or headers
    _ask_nobody_unasked(app, security)
    signals.connect(app)
    guards.init_app(app)
    app.after_request(_tidy)
    app.jinja_env.globals.update(visitor=access.visitor, duty=guards.needs_second_factor, moment=moment)


def load_member(user_id: str) -> Member | None:
    """The member of a cookie, if the server's own session says the same."""
    member = presence.member()
    if member is None or member.fs_uniquifier != user_id:
        return None
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return member


def moment(second: int) -> str:
    """A time in UTC, to the minute: ``2026-11-22 14:05``."""
    return dt.datetime.fromtimestamp(second, dt.UTC).strftime("%Y-%m-%d %H:%M")


def is_fresh() -> bool:
    """Whether the password was typed in this browser within the last ``FRESH``."""
    current_user.is_authenticated  # noqa: B018  (loads the member, and the time of the password with it)
    return bool(check_and_update_authn_fresh(FRESH, dt.timedelta(0), "session"))


def _options(secret_key: str) -> dict[str, Any]:
    return {
        "URL_PREFIX": "/account",
        "STATIC_FOLDER": None,
        "LOGIN_URL": "/sign-in",
        "LOGOUT_URL": "/sign-out",
        "VERIFY_URL": "/password-again",
        "RESET_URL": "/reset",
        "CHANGE_URL": "/password",
        "TWO_FACTOR_SETUP_URL": "/authenticator",
        "TWO_FACTOR_TOKEN_VALIDATION_URL": "/code",
        "TWO_FACTOR_RESCUE_URL": "/code-help",
        "TWO_FACTOR_SELECT_URL": "/code-choice",
        "MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
        "MULTI_FACTOR_RECOVERY_URL": "/recovery",
        "LOGIN_USER_TEMPLATE": "account/sign_in.html",
        "VERIFY_TEMPLATE": "account/password_again.html",
        "FORGOT_PASSWORD_TEMPLATE": "account/forgotten.html",
        "RESET_PASSWORD_TEMPLATE": "account/reset.html",
        "CHANGE_PASSWORD_TEMPLATE": "account/password.html",
        "TWO_FACTOR_SETUP_TEMPLATE": "account/authenticator.html",
        "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "account/code.html",
        "TWO_FACTOR_SELECT_TEMPLATE": "account/code.html",
        "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "account/recovery_codes.html",
        "MULTI_FACTOR_RECOVERY_TEMPLATE": "account/recovery.html",
        "POST_LOGIN_VIEW": "account.start",
        "POST_LOGOUT_VIEW": "security.login",
        "POST_CHANGE_VIEW": "account.overview",
        "TWO_FACTOR_POST_SETUP_VIEW": "security.mf_recovery_codes",
        "LOGOUT_METHODS": ["POST"],
        "RECOVERABLE": True,
        "CHANGEABLE": True,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": WINDOW,
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "TOTP_SECRETS": {1: _derived(secret_key, "authenticator apps")},
        "TOTP_ISSUER": "CultureAssess",
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": {"argon2"},
        "PASSWORD_HASH_PASSLIB_OPTIONS": ARGON2,
        "HASHING_SCHEMES": ["hex_sha256"],
        "DEPRECATED_HASHING_SCHEMES": [],
        "RESET_PASSWORD_WITHIN": dt.timedelta(hours=1),
        "FRESHNESS": FRESH,
        "FRESHNESS_GRACE_PERIOD": dt.timedelta(0),
        "RETURN_GENERIC_RESPONSES": True,
        "API_ENABLED_METHODS": ["session"],
        "JOIN_USER_ROLES": False,
        "SEND_PASSWORD_CHANGE_EMAIL": False,
        "SEND_PASSWORD_RESET_EMAIL": False,
        "SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "CACHE_CONTROL": None,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
    }


def _derived(secret_key: str, purpose: str) -> str:
    """A key for one purpose: two uses of the installation's secret are not played against each other."""
    return base64.b64encode(hmac.digest(secret_key.encode(), purpose.encode(), hashlib.sha256)).decode()


def _ask_nobody_unasked(app: Flask, security: Security) -> None:
    """Take away what the library does around every request: looking who is signed in, remembering browsers,
    telling templates about both.

    We use our own rights and remember nobody, and respondents' pages and static files must not touch the
    staff's cookie.
    """
    unwanted = (security.principal, security.login_manager)
    for functions in (app.before_request_funcs, app.after_request_funcs):
        everywhere: list[Any] = functions.get(None, [])
        everywhere[:] = [one for one in everywhere if getattr(one, "__self__", None) not in unwanted]
    given: list[Any] = app.template_context_processors[None]
    given[:] = [one for one in given if not one.__module__.startswith(("flask_login", "flask_security"))]


def _tidy(response: Response) -> Response:
    """After a form comes a 303; signing out also empties what the browser keeps."""
    if request.blueprint == "security":
        if response.status_code == 302 and request.method == "POST":
            response.status_code = 303
        if request.endpoint == "security.logout":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
