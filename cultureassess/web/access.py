"""Who may see what of the staff pages: the first line of every such view asks here (docs/access.md).

A getter finds the object, checks the right, or ends the request: whoever is not signed in goes to the sign-in
page; whatever is foreign, missing or deleted is the same 404. Getters of parts go down from their wave or
organisation, so that an address that mixes two clients finds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import abort, current_app, flash, g, redirect, request, url_for
from werkzeug.routing import IntegerConverter

from cultureassess.models import (
    Assessment,
    Base,
    Member,
    MemberInvitation,
    OpenLink,
    Organisation,
    State,
    Wave,
)
from cultureassess.services.members import MemberRefused
from cultureassess.services.rights import Actor, Capability, actor_of, within_reach
from cultureassess.web import database
from cultureassess.web.account import demo, guards, presence
from cultureassess.web.i18n import gettext

Part = TypeVar("Part", bound=Base)
Row = TypeVar("Row")


class RowNumber(IntegerConverter):
    """A number in an address; one that no database has is not found, rather than an error."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **{"max": 2**31 - 1, **kwargs})


def actor() -> Actor:
    """Whoever asks. Not signed in: to the sign-in page, and back here afterwards."""
    found: Actor | None = g.get("actor") or demo.actor() or _signed_in()
    if found is None:
        demo.refuse_strangers()
        abort(redirect(url_for("security.login", next=_here()), code=303))
    g.actor = found
    if found.member_id is not None:
        _lead_to_second_factor()
    return found


def member() -> Member:
    """The member who asks, with an account of their own; sign-in or 404 as for :func:`actor`."""
    found = None if actor().member_id is None else presence.member()
    if found is None:
        abort(404)
    return found


def fresh_member() -> Member:
    """The member who asks, if they typed their password a short while ago; otherwise they are asked again."""
    found = member()
    fresh()
    return found


def fresh() -> None:
    """See that the password was typed a short while ago; otherwise it is asked for, and one comes back."""
    from cultureassess.web.account.security import is_fresh

    if actor().member_id is not None and not is_fresh():
        flash(gettext("To go on, please enter your password again."), "info")
        abort(redirect(url_for("security.verify", next=_here()), code=303))


def visitor() -> Actor | None:
    """Whoever asks, or None: for pages that everybody may open."""
    return demo.actor() or _signed_in()


def administrator() -> Actor:
    """Whoever asks, if they administer the installation; 404 otherwise."""
    return _able(Capability.ADMINISTER)


def fresh_administrator() -> Actor:
    """An administrator who typed the password a short while ago; otherwise it is asked for."""
    found = administrator()
    fresh()
    return found


def runner() -> Actor:
    """Whoever asks, if they run waves at all, or administer; 404 otherwise."""
    asking = actor()
    if not asking.runs_waves:
        abort(404)
    return asking


def with_account() -> Actor:
    """Whoever asks, if they have an account: the demo's people do nothing that needs one.

    Raises:
        MemberRefused: somebody of the demo.
    """
    asking = actor()
    if asking.member_id is None:
        raise MemberRefused("In the demo nobody needs an account.")
    return asking


def any_member(member_id: int, *, fresh: bool = False) -> Member:
    """Any member, for administrators; ``fresh`` asks them for their password again. 404 otherwise."""
    fresh_administrator() if fresh else administrator()
    return _or_404(sa.select(Member).where(Member.id == member_id))


def member_invitation(invitation_id: int) -> MemberInvitation:
    """Any invitation of a member, for administrators; 404 otherwise."""
    administrator()
    return _or_404(sa.select(MemberInvitation).where(MemberInvitation.id == invitation_id))


def adding_organisations() -> Actor:
    """Whoever asks, if they may add organisations; 404 otherwise."""
    return _able(Capability.ADD_ORGANISATIONS)


def organisations(need: Capability = Capability.RUN_WAVES) -> Sequence[Organisation]:
    """The organisations in which whoever asks may do what is needed, by name.

    A consultant without any gets an empty list; somebody for whom the page is not meant gets 404.
    """
    asking = actor()
    if need is Capability.RUN_WAVES and not asking.runs_waves:
        abort(404)
    wanted = sa.select(Organisation).where(within_reach(asking, need)).order_by(Organisation.name)
    return database.session().scalars(wanted).all()


def organisation(organisation_id: int, need: Capability = Capability.RUN_WAVES) -> Organisation:
    """An organisation in which whoever asks may do what is needed; 404 otherwise."""
    wanted = sa.select(Organisation).where(Organisation.id == organisation_id)
    return _found(wanted, need)


def assessment(assessment_id: int, need: Capability = Capability.RUN_WAVES) -> Assessment:
    """An assessment of an organisation in which whoever asks may do what is needed; 404 otherwise."""
    wanted = sa.select(Assessment).join(Assessment.organisation).where(Assessment.id == assessment_id)
    return _found(wanted, need)


def wave(wave_id: int, need: Capability = Capability.RUN_WAVES) -> Wave:
    """A wave of an organisation in which whoever asks may do what is needed; 404 otherwise.

    Asking for no more than ``READ_RESULTS`` finds released waves only, as :func:`results` does.
    """
    if need is Capability.READ_RESULTS:
        return results(wave_id)
    return _found(_wave(wave_id), need)


def results(wave_id: int) -> Wave:
    """A wave whose results whoever asks may read: their own, and for leaders released; 404 otherwise."""
    found = _found(_wave(wave_id), Capability.READ_RESULTS)
    if found.state is not State.REPORTED and not runs(found):
        abort(404)
    return found


def released_waves() -> Sequence[Wave]:
    """The waves whose released results whoever asks may read, the newest first."""
    wanted = sa.select(Wave).join(Wave.assessment).join(Assessment.organisation)
    readable = wanted.where(within_reach(actor(), Capability.READ_RESULTS), Wave.state == State.REPORTED)
    return database.session().scalars(readable.order_by(Wave.id.desc())).all()


def runs(wave: Wave) -> bool:
    """Whether whoever asks runs this wave, rather than reads its results."""
    return actor().may(Capability.RUN_WAVES, wave.assessment.organisation_id)


def link(wave: Wave, link_id: int) -> OpenLink:
    """An open link of a wave; 404 for another wave's."""
    return part(OpenLink, wave, link_id)


def part(model: type[Part], whole: Wave | Organisation, key: Any) -> Part:  # noqa: ANN401
    """A part of a wave or an organisation that a getter has found, by its primary key; 404 for another's.

    Args:
        model: has a column ``wave_id`` or ``organisation_id`` and a primary key of one column named ``id``.
        whole: what it must belong to.
        key: the value of ``id``.
    """
    column = "wave_id" if isinstance(whole, Wave) else "organisation_id"
    return _or_404(sa.select(model).filter_by(id=key, **{column: whole.id}))


def _here() -> str | None:
    """The address to come back to; None where it only takes a form."""
    rules = current_app.url_map.bind_to_environ(request.environ)
    if request.method in ("GET", "HEAD") or rules.test(request.path, "GET"):
        return request.full_path.rstrip("?")
    return None


def _lead_to_second_factor() -> None:
    """Whoever must have an authenticator app sets it up before anything else."""
    asking = presence.member()
    if asking is not None and guards.lacks_second_factor(asking):
        flash(gettext("Your account needs an authenticator app. Please set it up now."), "info")
        abort(redirect(url_for("security.two_factor_setup"), code=303))


def _able(need: Capability) -> Actor:
    asking = actor()
    if not asking.may(need):
        abort(404)
    return asking


def _wave(wave_id: int) -> sa.Select[Wave]:
    return sa.select(Wave).join(Wave.assessment).join(Assessment.organisation).where(Wave.id == wave_id)


def _found(wanted: sa.Select[Row], need: Capability) -> Row:
    return _or_404(wanted.where(within_reach(actor(), need)))


def _or_404(wanted: sa.Select[Row]) -> Row:
    found = database.session().scalar(wanted)
    if found is None:
        abort(404)
    return found


def _signed_in() -> Actor | None:
    member = presence.member()
    return None if member is None else actor_of(member)
