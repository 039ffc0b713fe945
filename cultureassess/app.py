"""The application, plugged together: a table of contents."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from cultureassess import clock, config
from cultureassess.db import make_engine
from cultureassess.services.operations.upgrade import bring_up_to_date
from cultureassess.web import (
    access,
    access_log,
    actions,
    assets,
    audit,
    branding,
    database,
    errors,
    headers,
    home,
    i18n,
    invitations,
    members,
    ops,
    plotlyjs,
    privacy,
    results,
    survey,
    workspace,
)
from cultureassess.web.account import joining, security
from cultureassess.web.account.views import bp as account_bp
from cultureassess.web.application import Application
from cultureassess.web.workspace import poster

PACKAGE = Path(__file__).parent

BLUEPRINTS = (
    survey.bp,
    privacy.bp,
    home.bp,
    workspace.bp,
    poster.bp,
    invitations.bp,
    branding.bp,
    results.bp,
    actions.bp,
    actions.loop_bp,
    plotlyjs.bp,
    account_bp,
    joining.bp,
    members.bp,
    members.leaders_bp,
    members.mails_bp,
    audit.bp,
)

KILOBYTE = 1024


def create_app(settings: config.Settings | None = None, *, engine: sa.Engine | None = None) -> Flask:
    """Make the WSGI application and bring its database up to date.

    Args:
        settings: by default those of the environment and the instance folder.
        engine: instead of one for ``settings.database_url``.

    Raises:
        cultureassess.config.ConfigError: a setting cannot be used.
        cultureassess.db.migrate.SchemaUnknown: a newer version has used the database.
    """
    settings = settings or config.load()
    app = Application(
        "cultureassess",
        instance_path=str(settings.instance),
        static_folder=str(_folder("static")),
        template_folder=str(_folder("templates")),
    )
    app.url_map.converters["int"] = access.RowNumber
    configure(app, settings)
    engine = engine or make_engine(settings.database_url)
    bring_up_to_date(engine, settings, now=clock.now())
    database.init_app(app, engine)
    access_log.init_app(app, trusted_proxies=settings.trusted_proxies)
    headers.init_app(app, secure=settings.secure)
    i18n.init_app(app)
    assets.init_app(app)
    errors.init_app(app)
    csrf = CSRFProtect(app)
    csrf.exempt(headers.csp_report)
    csrf.exempt(survey.stop.stop_now)
    security.init_app(app)
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
    ops.init_app(app, settings)
    return app


def configure(app: Flask, settings: config.Settings) -> None:
    """Turn our settings into Flask's, and trust the proxies that the operator named."""
    app.extensions["settings"] = settings
    prefix = "__Host-" if settings.secure else ""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        DEMO=settings.demo,
        TRUSTED_HOSTS=list(settings.hosts),
        MAX_CONTENT_LENGTH=256 * KILOBYTE,
        MAX_FORM_MEMORY_SIZE=256 * KILOBYTE,
        MAX_FORM_PARTS=400,
        SESSION_COOKIE_NAME=f"{prefix}session",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        RESPONDENT_COOKIE=f"{prefix}respondent",
        LANGUAGE_COOKIE=f"{prefix}language",
        # A respondent who has lunch must not lose the form; and our referrer policy sends no referrer.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _folder(name: str) -> Path:
    """Templates and static files: in the package when installed from a wheel, beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
