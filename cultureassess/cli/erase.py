"""``cultureassess erase``: delete for good, after having said what would go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cultureassess.cli.installation import WAVE, only_demo, settings, wave_of
from cultureassess.cli.messages import refuse

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cultureassess.models import Wave


@click.command()
@click.argument("wave", type=WAVE)
@click.option("--person", metavar="ADDRESS", help="Who was invited under this e-mail address.")
@click.option("--link", metavar="LINK", help="A personal link: its address, or the token at its end.")
@click.option("--account", metavar="NAME", help="A business account's answers and links, before the close.")
@click.option("--comment", metavar="WORDS", help="Every comment that holds these words.")
@click.option("--all", "whole", is_flag=True, help="The whole wave: links, answers, comments, results.")
@click.option("--client", is_flag=True, help="The client whose wave this is, with everything it has.")
@click.option("--yes", is_flag=True, help="Do it. Without this nothing is deleted.")
@click.option("--demo", is_flag=True, help="A wave of the demo.")
def erase(
    wave: int,
    person: str | None,
    link: str | None,
    account: str | None,
    comment: str | None,
    whole: bool,
    client: bool,
    yes: bool,
    demo: bool,
) -> None:
    """Delete something of WAVE (its number in the workspace) for good, bytes included.

    Without --yes it only says what would go. Answers that were sent by a link cannot be found again:
    nobody can tell whose they are. Results that were published stay as they are; see `publish`. Backups
    are yours to erase.
    """
    from cultureassess.services.erasure import erase_reports, reclaim
    from cultureassess.services.errors import DomainError

    wanted = _wanted(person=person, link=link, account=account, comment=comment, whole=whole, client=client)
    installed = settings(demo=demo or only_demo())
    with wave_of(wave, demo=demo) as (session, found):
        engine = session.get_bind().engine
        try:
            said = _erased(session, found, *wanted, secret_key=installed.secret_key)
        except DomainError as error:
            refuse(str(error))
        if not yes:
            session.rollback()
    if not yes:
        click.echo(f"Would erase {said}. Add --yes to do it; it cannot be undone.")
        return
    reclaim(engine)
    reports = erase_reports(installed.instance)
    click.echo(f"Erased {said}; {reports} report files as well.")
    click.echo("Backups that were written before still hold it, the automatic ones too. Erase them now.")


def _wanted(**options: str | bool | None) -> tuple[str, str]:
    """The one option that was chosen, and its value."""
    chosen = [(name, str(value)) for name, value in options.items() if value]
    if len(chosen) != 1:
        refuse("Say what to erase by one of --person, --link, --account, --comment, --all and --client.")
    return chosen[0]


def _erased(session: Session, wave: Wave, kind: str, value: str, *, secret_key: str) -> str:
    """Erase, and say what that was."""
    from cultureassess.services import erasure

    if kind == "comment":
        number = erasure.erase_comments(session, wave, value, secret_key=secret_key)
        return f"{number} comment{'' if number == 1 else 's'}"
    if kind == "client":
        organisation = wave.assessment.organisation
        said = f"the client {organisation.name} with all its waves"
        erasure.erase_organisation(session, organisation)
        return said
    if kind == "whole":
        said = f"the wave {wave.label} of {wave.assessment.organisation.name}"
        erasure.erase_wave(session, wave)
        return said
    if kind == "account":
        number = erasure.erase_account(session, wave, value)
        return f"{number} answer{'' if number == 1 else 's'} of this account"
    if kind == "person":
        erasure.erase_person(session, wave, value)
        return "the person with this address"
    erasure.erase_link(session, wave, value)
    return "the personal link"
