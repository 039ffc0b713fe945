"""``cultureassess erase``: delete for good, after having said what would go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cultureassess.cli.installation import WAVE, only_demo, settings, wave_of
from cultureassess.cli.messages import refuse

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from cultureassess.models import Wave


NAMED = (
    "Whoever was invited under this name; and the name beside actions, their estimates and agreements of "
    "meetings."
)


@click.command()
@click.argument("wave", type=WAVE)
@click.option("--person", metavar="ADDRESS", help="Who was invited under this e-mail address.")
@click.option("--name", metavar="NAME", help=NAMED)
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
    name: str | None,
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
    from cultureassess.services.erasure import reclaim
    from cultureassess.services.errors import DomainError
    from cultureassess.services.kept_reports import erase_reports

    wanted = _wanted(
        person=person, name=name, link=link, account=account, comment=comment, whole=whole, client=client
    )
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
        refuse(
            "Say what to erase by one of --person, --name, --link, --account, --comment, --all and --client."
        )
    return chosen[0]


def _erased(session: Session, wave: Wave, kind: str, value: str, *, secret_key: str) -> str:
    """Erase, and say what that was."""
    from cultureassess.services import erasure

    if kind == "comment":
        number = erasure.erase_comments(session, wave, value, secret_key=secret_key)
        return f"{number} comment{'' if number == 1 else 's'}"
    if kind in ("client", "whole"):
        return _erased_with_everything(session, wave, client=kind == "client")
    if kind == "account":
        number = erasure.erase_account(session, wave, value)
        return f"{number} answer{'' if number == 1 else 's'} of this account"
    if kind == "name":
        people, owned = erasure.erase_name(session, wave, value)
        return _where_named(people=people, actions=owned.cards, agreements=owned.agreements)
    if kind == "person":
        erasure.erase_person(session, wave, value)
        return "the person with this address"
    erasure.erase_link(session, wave, value)
    return "the personal link"


def _erased_with_everything(session: Session, wave: Wave, *, client: bool) -> str:
    from cultureassess.services import erasure

    organisation = wave.assessment.organisation
    if client:
        said = f"the client {organisation.name} with all its waves"
        erasure.erase_organisation(session, organisation)
    else:
        said = f"the wave {wave.label} of {organisation.name}"
        erasure.erase_wave(session, wave)
    return said


def _where_named(*, people: int, actions: int, agreements: int) -> str:
    """What goes with a name, without what is none: more people than one may be two of the same name."""
    found = (
        (people, f"{people} {'person' if people == 1 else 'people'} invited to the wave"),
        (actions, f"the name on {actions} action{'' if actions == 1 else 's'}"),
        (agreements, f"the name beside {agreements} agreement{'' if agreements == 1 else 's'} of meetings"),
    )
    return ", ".join(said for number, said in found if number)
