"""A card as it is shown: with the figures of its wave, and what the next wave says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess import clock
from cultureassess.models import ActionCard, Moves
from cultureassess.practices import library
from cultureassess.report.words import ENGLISH
from cultureassess.services.actions.cards import Ranked, ranking
from cultureassess.services.actions.outcome import (
    Helped,
    Outcome,
    agreed_on,
    index_outcome,
    key_figure_outcome,
    measured_by,
)
from cultureassess.services.comparing_waves import Comparison, compare_waves
from cultureassess.snapshot.document import from_json
from cultureassess.snapshot.types import Snapshot
from cultureassess.web.actions import words
from cultureassess.web.actions.blueprint import Place
from cultureassess.web.i18n import gettext
from cultureassess.web.results.cells import Cell, Setting, mean


@dataclass(frozen=True)
class Shown:
    """One card.

    Attributes:
        managers, customers: both sides' scores on the index in the card's wave.
        item: the statement that brought it about, in the customers' words.
        verdict: "It moved", "It did not move", "Cannot tell yet"; "" before there is a next wave,
            and for what was not agreed on before that wave was over.
        told: what the verdict stands on.
        rice: its score with the estimates behind it.
    """

    card: ActionCard
    index: str
    practice: str
    source: str
    managers: Cell | None
    customers: Cell | None
    item: str
    figure: str
    verdict: str
    tone: str
    told: str
    rice: Ranked

    @property
    def late(self) -> bool:
        """Whether a day has passed on which something was due."""
        return self.card.due is not None and self.card.due < clock.today()


def shown(place: Place, cards: Sequence[ActionCard]) -> list[Shown]:
    """Cards in their order."""
    snapshots: dict[int, Snapshot] = {one.wave.id: from_json(one.record.json) for one in place.results}
    comparisons: dict[int, Comparison] = {}
    found = []
    for card in cards:
        before, after = snapshots.get(card.wave_id), measured_by(card, place.results)
        if before and after and card.wave_id not in comparisons:
            comparisons[card.wave_id] = compare_waves(before, snapshots[after.wave.id])
        found.append(_shown(card, before, comparisons.get(card.wave_id) if after else None))
    return found


def _shown(card: ActionCard, snapshot: Snapshot | None, comparison: Comparison | None) -> Shown:
    practice = library().practice(card.practice)
    outcome = outcome_of(card, comparison)
    managers, customers = _sides(card, snapshot)
    return Shown(
        card=card,
        index=words.index_name(card.index_code, snapshot),
        practice=practice.text if practice else "",
        source=library().source_names(practice) if practice else "",
        managers=managers,
        customers=customers,
        item=_item(card, snapshot),
        figure=words.figure_name(card, snapshot),
        verdict=words.helped_name(outcome.helped) if outcome else "",
        tone=outcome.helped.name.lower().replace("_", "-") if outcome else "",
        told=told(outcome, key_figure=card.moves is Moves.KEY_FIGURE) if outcome else "",
        rice=ranking([card])[0],
    )


def outcome_of(card: ActionCard, comparison: Comparison | None) -> Outcome | None:
    """What may be said of a card; None where nothing has been measured since."""
    if card.moves is not Moves.KEY_FIGURE:
        return index_outcome(comparison, card.index_code, card.moves, card.target) if comparison else None
    figure, agreed = card.key_figure, agreed_on(card)
    if figure is None or agreed is None:
        return None
    return key_figure_outcome(
        figure.values,
        figure.better,
        card.target,
        since=max(agreed, card.wave.closes_on or agreed),
        due=card.due,
        today=clock.today(),
    )


def told(outcome: Outcome, *, key_figure: bool) -> str:
    """The numbers behind a verdict, in words."""
    if key_figure:
        line = gettext(
            "From %(before)s to %(after)s. Months are counted, not sampled: the target decides.",
            before=words.plain(outcome.before),
            after=words.plain(outcome.after),
        )
        if outcome.reached and outcome.helped is not Helped.MOVED:
            return f"{line} {gettext('It was reached before, and the figure has not become better.')}"
        return line
    movement = outcome.movement
    if movement is None or movement.change is None or movement.interval is None:
        return gettext("The two waves cannot be compared on this index.")
    line = gettext(
        "From %(before)s to %(after)s: %(change)s points, likely %(range)s.",
        before=ENGLISH.number(movement.before or 0.0),
        after=ENGLISH.number(movement.after or 0.0),
        change=ENGLISH.points(movement.change),
        range=ENGLISH.signed_between(movement.interval),
    )
    return f"{line} {_why(outcome)}"


def _why(outcome: Outcome) -> str:
    reasons = {
        Helped.MOVED: gettext("That is a change of at least five points, and more than chance."),
        Helped.DID_NOT: gettext(
            "A change of five points in the wanted direction is not what the answers show."
        ),
        Helped.CANNOT_TELL: gettext("Chance alone could make this much; so could a real change."),
    }
    return reasons[outcome.helped]


def _sides(card: ActionCard, snapshot: Snapshot | None) -> tuple[Cell | None, Cell | None]:
    index = next((one for one in snapshot.indices if one.code == card.index_code), None) if snapshot else None
    if snapshot is None or index is None:
        return None, None
    setting = Setting(snapshot, ENGLISH)
    return mean(setting, index.groups.get("management")), mean(setting, index.groups.get("customer"))


def _item(card: ActionCard, snapshot: Snapshot | None) -> str:
    pairs = snapshot.pairs if snapshot else ()
    text = next((pair.customer for pair in pairs if pair.id == card.item), None)
    return (text or "").replace("{ORG}", snapshot.wave.organisation if snapshot else "")
