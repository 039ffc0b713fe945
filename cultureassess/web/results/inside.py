"""People and customers: the synergy quadrant, and mindset against behaviour (METHOD 2.10, 2.11)."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.figures.synergy import Cross, synergy_cross
from cultureassess.report.svg.small_plane import draw_cross
from cultureassess.report.words import Words
from cultureassess.snapshot.types import BlockResult, Estimate, MindsetBehaviour
from cultureassess.web.results.cells import Cell, Setting, mean, points
from cultureassess.web.results.chart import PAGE
from cultureassess.web.results.indices import audiences
from cultureassess.web.results.pairs import PairRow, pair_row
from cultureassess.web.results.strips import Marker, marker


@dataclass(frozen=True)
class Halves:
    """Mindset and behaviour of one audience, over the same people."""

    audience: str
    label: str
    mindset: Cell
    behaviour: Cell
    difference: Cell
    markers: tuple[Marker, ...]


@dataclass(frozen=True)
class BlockItem:
    """One statement that only people inside were asked; ``reverse``: its rows count those who disagree."""

    id: str
    text: str
    reverse: bool
    rows: tuple[PairRow, ...]


@dataclass(frozen=True)
class SynergyPage:
    """See ``templates/results/synergy.html``."""

    title: str
    drawing: Markup | None
    missing: str
    own_view: bool
    numbers: tuple[tuple[str, Cell], ...]
    halves: tuple[Halves, ...]
    judged: str
    items: tuple[BlockItem, ...]


def build(setting: Setting) -> SynergyPage:
    """The quadrant with its cross, and what people say they think beside what is done."""
    snapshot, words = setting.snapshot, setting.words
    cross, found = synergy_cross(snapshot, words), snapshot.synergy
    return SynergyPage(
        title=_title(cross, words),
        drawing=None if cross is None else draw_cross(cross, PAGE),
        missing=words.gettext("One of the two sides may not be shown, so there is no picture."),
        own_view=cross is not None and cross.own_view,
        numbers=()
        if found is None
        else (
            (words.gettext("How people inside are treated"), mean(setting, found.people)),
            (words.gettext("Customers’ view"), mean(setting, found.customers)),
        ),
        halves=tuple(_halves(setting, code) for code in audiences(snapshot)),
        judged=_judged(snapshot.mindset_behaviour, words),
        items=tuple(item for block in snapshot.blocks for item in _items(setting, block)),
    )


def _title(cross: Cross | None, words: Words) -> str:
    """The finding, as far as both sides have a range: below ten answers a place is no finding."""
    if cross is None:
        return words.gettext("People and customers")
    if cross.x_range is None or cross.y_range is None:
        return words.gettext("Too few answers to say where people and customers stand")
    return cross.title


def _halves(setting: Setting, code: str) -> Halves:
    found, missing = setting.snapshot.mindset_behaviour, Estimate(withheld=Reason.NOT_ASKED)
    mindset, behaviour = found.mindset.get(code, missing), found.behaviour.get(code, missing)
    apart = found.difference.get(code, missing)
    return Halves(
        audience=code,
        label=setting.audience(code),
        mindset=mean(setting, mindset),
        behaviour=mean(setting, behaviour),
        difference=setting.withheld(apart.withheld)
        if apart.mean is None
        else points(setting, apart.mean, apart.interval),
        markers=tuple(
            marker(kind, side) for kind, side in (("thought", mindset), ("done", behaviour)) if side.shown
        ),
    )


def _judged(found: MindsetBehaviour, words: Words) -> str:
    if found.talk_ahead is None:
        return words.gettext("Too few managers answered to compare their mindset with their behaviour.")
    if found.talk_ahead:
        return words.gettext("Managers’ talk is ahead of their action: mindset stands above behaviour.")
    return words.gettext("Managers’ talk is not ahead of their action.")


def _items(setting: Setting, block: BlockResult) -> tuple[BlockItem, ...]:
    organisation = setting.snapshot.wave.organisation
    return tuple(
        BlockItem(
            id=item,
            text=block.wordings[item].replace("{ORG}", organisation),
            reverse=item in block.reverse,
            rows=tuple(
                pair_row(setting, code, figures, reverse=item in block.reverse)
                for code, figures in groups.items()
                if code in ("management", "staff")
            ),
        )
        for item, groups in block.items.items()
    )
