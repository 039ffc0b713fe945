"""Who was asked, who answered, how carefully and how late."""

from __future__ import annotations

import numpy as np

from cultureassess.instruments.types import Side
from cultureassess.scoring import coverage as cover
from cultureassess.scoring.answers import BoolArray
from cultureassess.snapshot.context import CUSTOMER, INSIDE, Context
from cultureassess.snapshot.figures import estimate
from cultureassess.snapshot.measures import LATE
from cultureassess.snapshot.prepare import Prepared
from cultureassess.snapshot.release import Shown
from cultureassess.snapshot.types import Careless, CarelessCounts, Coverage, LateAnswers


def coverage(context: Context) -> tuple[Coverage, ...]:
    """Return invited, answered, rate and margin per audience.

    Counts below k are withheld, and those that would give them away beside the number of all insiders.
    """
    return tuple(
        _coverage(context, side, audience, context.menus[side].answered)
        for side in Side
        for audience in context.audiences(side)
        if audience != INSIDE
    )


def _coverage(context: Context, side: Side, audience: str, shown: Shown) -> Coverage:
    prepared = context.wave.side(side).prepared
    members = prepared.raw.audience == prepared.raw.audiences.index(audience)
    answered = int(members.sum())
    usable = int((members & prepared.kept).sum())
    invited = context.settings.invited.get(audience)
    if (reason := shown.reason(audience)) is not None:
        return Coverage(audience, invited=invited, withheld=reason)
    known = invited is not None and invited >= answered
    return Coverage(
        audience=audience,
        invited=invited,
        answered=answered,
        usable=usable,
        rate=cover.response_rate(usable, invited) if known else None,
        margin=cover.margin(usable, invited) if known else None,
    )


def careless(context: Context) -> tuple[Careless, ...]:
    """Return the careless counts per side.

    The side's total is withheld where the count of an audience is: total minus the other audience would
    tell how many of the small one answered.
    """
    return tuple(_careless(context, side) for side in Side)


def _careless(context: Context, side: Side) -> Careless:
    prepared = context.wave.side(side).prepared
    sizes = np.bincount(prepared.raw.audience, minlength=len(prepared.raw.audiences))
    shown = context.menus[side].answered
    audiences = zip(prepared.raw.audiences, sizes, strict=True)
    if any(shown.reason(audience) is not None for audience, size in audiences if size):
        return Careless(side.value, None, None, None, None, None)
    counts = tuple(
        _careless_counts(prepared, prepared.raw.audience == place, audience)
        for place, audience in enumerate(prepared.raw.audiences)
        if sizes[place]
    )
    return Careless(
        side=side.value,
        answered=len(prepared.raw),
        unusable=sum(one.unusable for one in counts),
        straight=sum(one.straight for one in counts),
        fast=sum(one.fast for one in counts),
        excluded=sum(one.excluded for one in counts),
        audiences=counts,
    )


def _careless_counts(prepared: Prepared, members: BoolArray, audience: str) -> CarelessCounts:
    return CarelessCounts(
        audience=audience,
        answered=int(members.sum()),
        unusable=int((members & ~prepared.usable).sum()),
        straight=int((members & prepared.flags.straight).sum()),
        fast=int((members & prepared.flags.fast).sum()),
        excluded=int((members & prepared.flags.excluded).sum()),
    )


def late_answers(context: Context, shown: Shown | None) -> tuple[LateAnswers, ...]:
    """Compare the customers' late answers with the early ones on the headline composite.

    Args:
        context: the snapshot in the making.
        shown: the headline composite's release, which early and late are part of.
    """
    outside = context.wave.outside
    table = outside.composites.get(context.instrument.headline.code)
    if table is None or shown is None or LATE not in outside.atoms.attributes:
        return ()
    atoms = outside.atoms
    customers = set(context.wave.atoms_of(CUSTOMER).tolist())
    parts = {
        value: np.array(sorted(customers & set(atoms.where(LATE, value).tolist())), dtype=np.int64)
        for value in ("early", "late")
    }
    early, late = (
        estimate(table.tally(parts[value]), context.rules, shown.reason(f"{LATE}/{value}"))
        for value in ("early", "late")
    )
    if early.mean is None or late.mean is None:
        return (LateAnswers(Side.OUTSIDE.value, early, late),)
    found = cover.LateAnswers(early.mean, late.mean, early.n or 0, late.n or 0)
    return (LateAnswers(Side.OUTSIDE.value, early, late, found.difference, found.notable),)
