"""The answers of a wave from files, and what is said about them: refused where the two do not fit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cultureassess.cli.messages import refuse

if TYPE_CHECKING:
    from cultureassess.instruments.types import Instrument
    from cultureassess.snapshot.files import FileAnswers
    from cultureassess.snapshot.settings import Weights


def read_answers(
    inside: Path,
    customers: Path,
    questionnaire: Instrument,
    management: tuple[str, ...],
    accounts: bool,
    *,
    names: bool,
) -> FileAnswers:
    """Both files as arrays; the command stops at the first cell that cannot be read.

    Args:
        names: whether to keep the respondents' ids.
    """
    from cultureassess.snapshot.files import FileError, read_sides

    try:
        return read_sides(
            inside,
            customers,
            questionnaire,
            management_roles=management,
            accounts=accounts,
            keep_names=names,
        )
    except FileError as error:
        refuse(str(error))


def require_roles(roles: tuple[str, ...], answers: FileAnswers) -> None:
    """Refuse roles of which the file has none, and name those that nobody in it has."""
    found = answers.inside.segments.get("role")
    present = () if found is None else found.values
    known = {role.casefold() for role in present}
    missing = [role for role in roles if role.casefold() not in known]
    if missing and len(missing) == len(roles) and present:
        refuse(f"--management {missing[0]}: nobody in the file has this role. It has: {', '.join(present)}.")
    for role in missing:
        click.echo(f"Note: --management {role}: nobody in the file has this role.", err=True)


def weights_for(path: Path, answers: FileAnswers, accounts: bool) -> dict[str, Weights]:
    """Refuse weights that do not fit the answers."""
    from cultureassess.snapshot.files import FileError
    from cultureassess.snapshot.files.weights import read_weights

    try:
        found = read_weights(path)
    except FileError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{path}: cannot be read ({error.strerror}).")
    if accounts and "customer" in found:
        refuse(
            "Customers are weighted by segment or told apart by account: leave out --weights or --accounts."
        )
    sides = {"inside": answers.inside, "customer": answers.outside}
    for group, weights in found.items():
        if weights.attribute not in sides[group].segments:
            refuse(
                f"{path.name}: the answers of {group} have no column {weights.attribute}. Name one of theirs."
            )
    return found


def invited_to(pairs: tuple[tuple[str, int], ...], answers: FileAnswers) -> dict[str, int]:
    """Refuse fewer people asked than answered."""
    invited = dict(pairs)
    for side in (answers.inside, answers.outside):
        for place, audience in enumerate(side.audiences):
            answered = int((side.audience == place).sum())
            if audience in invited and invited[audience] < answered:
                refuse(
                    f"--invited {audience}={invited[audience]}: the file has {answered} answers of this "
                    "audience. Give the number of people asked, or leave the option out."
                )
    return invited
