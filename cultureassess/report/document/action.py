"""The action sheet: at most three gaps, and at least one thing to stop (METHOD 6.7)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from cultureassess.practices import CardKind, PlannedCard
from cultureassess.report.document.advice import Guidance, guidance
from cultureassess.report.document.agreed import Agreed, agreed_card
from cultureassess.report.document.tables import likely, score
from cultureassess.report.narrative import item_sentence
from cultureassess.report.narrative.decision import lowest_sentence
from cultureassess.report.narrative.gaps import FOUND, customers_alone, rosy
from cultureassess.report.narrative.priorities import left_to_plan, ranked
from cultureassess.report.narrative.statements import widest
from cultureassess.report.words import Words
from cultureassess.services.actions.rice import suggest
from cultureassess.snapshot.types import IndexResult, Snapshot


@dataclass(frozen=True)
class Card:
    """One gap to act on. ``blanks`` are lines to be filled in by hand: a label, and what is known already."""

    name: str
    sides: str
    item: str | None
    guidance: Guidance | None
    blanks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ask:
    """What to write down where there is no gap to act on; ``known`` is what the answers say about it."""

    heading: str
    known: str
    blanks: tuple[str, ...]


@dataclass(frozen=True)
class Action:
    """``agreed`` are the company's own cards; ``cards`` are for the gaps that none of them is about.

    ``ask`` takes their place where there is neither a gap to act on nor a card.
    ``rice`` explains the four estimates of a card. ``asks_to_stop``: no agreed card stops something yet;
    ``stop`` are the candidates.
    """

    lead: str
    agreed: tuple[Agreed, ...]
    cards: tuple[Card, ...]
    ask: Ask | None
    rice: str
    asks_to_stop: bool
    stop: tuple[str, ...]
    close: str


def action_section(
    snapshot: Snapshot, words: Words, done: Collection[str] = (), agreed: Sequence[PlannedCard] = ()
) -> Action:
    """What is agreed, cards for the other priorities, what to stop, and how the loop is closed."""
    chosen = left_to_plan(snapshot, agreed)
    nothing = not chosen and not agreed
    return Action(
        lead=_lead(chosen, snapshot, words, agreed=bool(agreed)),
        agreed=tuple(agreed_card(card, snapshot, words) for card in agreed),
        cards=tuple(_card(index, snapshot, words, done) for index in chosen),
        ask=_ask(snapshot, words) if nothing else None,
        rice=words.gettext(
            "Reach: customers touched in a quarter. Impact: 3 massive, 2 high, 1 medium, ½ low, ¼ "
            "minimal. Confidence: 100, 80 or 50%. Effort: person-months. Reach × impact × confidence ÷ "
            "effort puts the steps in order."
        )
        if chosen
        else "",
        asks_to_stop=not any(card.kind is CardKind.STOP for card in agreed),
        stop=tuple(
            found.avoid
            for index in chosen or (_unplanned(snapshot) if nothing else ())
            if (found := guidance(index, snapshot, words)) is not None
        ),
        close=words.gettext(
            "Tell everybody who answered, inside and outside, what was heard and what will change, before "
            "the next invitation goes out. Pay no bonus on these scores; reward what teams do."
        ),
    )


def _unplanned(snapshot: Snapshot) -> tuple[IndexResult, ...]:
    """The index whose candidate to stop is named though nothing is to be acted on: none that is a guess."""
    return () if use_without_gap(snapshot) == "hear" else ranked(snapshot)[:1]


def use_without_gap(snapshot: Snapshot) -> Literal["keep", "low", "hear"]:
    """What a wave without a gap to act on is good for: keeping, mending what is rated low, or asking more."""
    states = [index.gap.state for index in snapshot.indices]
    if any(state in FOUND for state in states) or all(state == "aligned" for state in states):
        return "keep"
    return "low" if customers_alone(snapshot) else "hear"


def _ask(snapshot: Snapshot, words: Words) -> Ask:
    found = use_without_gap(snapshot)
    if found == "keep":
        return Ask(
            words.gettext("One thing to keep"),
            "",
            (words.gettext("We keep"), words.gettext("Who sees to it, told by whom")),
        )
    if found == "low":
        return Ask(
            words.gettext("One thing that customers rate low"),
            lowest_sentence(snapshot, words),
            (words.gettext("Owner"), words.gettext("First step, within 30 days")),
        )
    return Ask(
        words.gettext("Whom to hear next"),
        "",
        (words.gettext("We ask"), words.gettext("How many, by when, by whom")),
    )


def _lead(chosen: Sequence[IndexResult], snapshot: Snapshot, words: Words, *, agreed: bool) -> str:
    if any(not rosy(index) for index in chosen):
        return words.gettext(
            "At most three indices, each a gap or a weakness that both sides see, with an owner, a first "
            "step within 30 days, and a figure that tells whether it helped."
        )
    if chosen or agreed:
        return words.gettext(
            "At most three gaps, each with an owner, a first step within 30 days, and a figure that tells "
            "whether it helped."
        )
    if any(index.gap.state in FOUND for index in snapshot.indices):
        return words.gettext(
            "Customers see more than managers do, so no gap has to be closed first. Tell the managers, and "
            "use this sheet for what to keep and what to stop."
        )
    if customers_alone(snapshot):
        return words.gettext(
            "Too few managers answered to establish a gap. What the customers who answered say needs no "
            "comparison: use this sheet for what they rate low, and for what to stop."
        )
    if all(index.gap.state == "aligned" for index in snapshot.indices):
        return words.gettext(
            "Both sides agree on every index, so no gap has to be closed first. Use this sheet for what to "
            "keep doing, and for what to stop."
        )
    return words.gettext(
        "The answers establish nothing to act on yet. Use this sheet to decide whom to hear next, "
        "and what to stop meanwhile."
    )


def _card(index: IndexResult, snapshot: Snapshot, words: Words, done: Collection[str]) -> Card:
    pair = widest(snapshot.pairs_of(index.code), rosier=(index.gap.difference or 0) > 0)
    return Card(
        name=index.name,
        sides=_sides(index, snapshot, words),
        item=item_sentence(pair, snapshot, words) if pair else None,
        guidance=guidance(index, snapshot, words, done),
        blanks=_blanks(index, snapshot, words),
    )


def _sides(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    management, customers = index.groups.get("management"), index.groups.get("customer")
    cuts = snapshot.level_cuts
    return words.gettext(
        "Managers {m} ({m_range}), customers {c} ({c_range}).",
        m=score(management, words, cuts).text,
        m_range=likely(management, words, cuts).text,
        c=score(customers, words, cuts).text,
        c_range=likely(customers, words, cuts).text,
    )


def _blanks(index: IndexResult, snapshot: Snapshot, words: Words) -> tuple[tuple[str, str], ...]:
    customers = score(index.groups.get("customer"), words, snapshot.level_cuts).text
    today = words.gettext("customers’ {index}: {now} today", index=index.name, now=customers)
    return (
        (words.gettext("Owner"), ""),
        (words.gettext("First step, within 30 days"), ""),
        (words.gettext("Figure that should move, from and to"), today),
        (words.gettext("By when, reviewed on"), ""),
        (words.gettext("How customers will hear of it"), ""),
        (
            words.gettext("Reach, impact, confidence, effort, estimated by"),
            _estimates(index, snapshot, words),
        ),
    )


def _estimates(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    """What METHOD 6.3 suggests for impact and confidence; reach and effort are the owner's to estimate."""
    start = suggest(snapshot, index.code)
    return words.gettext(
        "suggested: impact {impact}, confidence {confidence}",
        impact=words.number(start.impact),
        confidence=words.percent(100 * start.confidence),
    )
