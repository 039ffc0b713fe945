"""``cultureassess admin``: the first administrator, and another one where nobody can sign in any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cultureassess import clock
from cultureassess.cli.installation import ready_engine, settings
from cultureassess.cli.messages import refuse

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from cultureassess.config import Settings


@click.group()
def admin() -> None:
    """Look after the administrators."""


@admin.command()
@click.option("--email", help="Whom the link is for; by default whoever opens it.")
def create(email: str | None) -> None:
    """Print a link by which somebody becomes an administrator. It works once, and for three days."""
    from cultureassess.db import transaction
    from cultureassess.services.errors import DomainError

    found = settings()
    with transaction(ready_engine(found)) as session:
        try:
            link = _link(session, found, email)
        except DomainError as error:
            refuse(str(error))
    click.echo(link)


def print_first_link(engine: Engine, found: Settings) -> None:
    """Print the link for the first administrator if nobody has an account yet."""
    from cultureassess.db import transaction
    from cultureassess.services import members

    with transaction(engine) as session:
        if not members.is_empty(session):
            return
        link = _link(session, found, None)
    click.echo(
        "Nobody has an account yet. This link makes the first administrator; it works once, for three days:"
    )
    click.echo(f"  {link}")


def _link(session: Session, found: Settings, email: str | None) -> str:
    from cultureassess.services import audit_log, member_invitations
    from cultureassess.services.member_invitations import Rights
    from cultureassess.services.rights import COMMAND_LINE

    now = clock.now()
    invitation, token = member_invitations.invite(
        session, email=email, rights=Rights(administrator=True), now=now
    )
    audit_log.record(
        session,
        COMMAND_LINE,
        "invited a member",
        now=now,
        kind="invitation",
        object_id=invitation.id,
        detail=f"{email or 'whoever opens the link'}: administrator",
    )
    return f"{found.base_url}/account/invitation/{token}"
