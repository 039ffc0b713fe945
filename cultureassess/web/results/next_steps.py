"""The fifth page: at most three cards of what to do now (METHOD 6.5-6.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.practices import PlannedCard
from cultureassess.report.document.advice import Guidance, guidance
from cultureassess.report.document.agreed import Agreed, agreed_card
from cultureassess.report.narrative import item_sentence, verdict
from cultureassess.report.narrative.decision import decision_sentence
from cultureassess.report.narrative.gaps import FOUND, customers_alone, first_priority
from cultureassess.report.narrative.priorities import STRENGTH, left_to_plan, ranked
from cultureassess.report.narrative.statements import widest
from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, Priority, Snapshot
from cultureassess.web.results.cells import Setting


@dataclass(frozen=True)
class Card:
    """One index to act on. ``owner`` is a function, not a person; ``why`` says why it comes first."""

    code: str
    name: str
    verdict: str
    why: str
    item: str | None
    talk_first: bool
    owner: str | None
    guidance: Guidance | None
    target: str | None


@dataclass(frozen=True)
class NextPage:
    """See ``templates/results/next.html``; without any card ``lead`` says what to do instead.

    ``agreed`` are the company's own actions; ``cards`` are for the gaps that none of them is about.
    """

    title: str
    lead: str
    agreed: tuple[Agreed, ...]
    cards: tuple[Card, ...]


def build(setting: Setting, agreed: Sequence[PlannedCard] = ()) -> NextPage:
    """What was agreed on, then the first priorities, as far as the answers carry any: three in all."""
    snapshot, words = setting.snapshot, setting.words
    chosen = left_to_plan(snapshot, agreed)
    return NextPage(
        title=_title(setting, chosen, agreed=len(agreed)),
        lead=_lead(setting, chosen=bool(chosen or agreed)),
        agreed=tuple(agreed_card(card, snapshot, words) for card in agreed),
        cards=tuple(_card(setting, index) for index in chosen),
    )


def _title(setting: Setting, chosen: Sequence[IndexResult], *, agreed: int) -> str:
    words = setting.words
    if agreed:
        return words.ngettext(
            "One action is agreed on", "{count} actions are agreed on", agreed, count=words.number(agreed)
        )
    if not chosen and all(_is_well(index) for index in setting.snapshot.indices):
        return words.gettext("No rosy view to correct, and no weakness that both sides share")
    if not chosen and _settled(setting.snapshot):
        return words.gettext("No rosy view is established; one decision is to be taken")
    if not chosen and customers_alone(setting.snapshot):
        return words.gettext("What customers say can be acted on; the comparison has to wait")
    if not chosen:
        return words.gettext("Nothing to act on yet: hear more people first")
    return words.ngettext(
        "One thing to work on: {names}",
        "What to work on, in this order: {names}",
        len(chosen),
        names=words.listed([index.name for index in chosen]),
    )


def _lead(setting: Setting, *, chosen: bool) -> str:
    words = setting.words
    if chosen:
        return words.gettext(
            "Each needs an owner by name, a first step within 30 days and a date on which you look again. "
            "Before the next survey, tell everybody who answered what you heard and what you will change."
        )
    if _settled(setting.snapshot):
        return decision_sentence(setting.snapshot, words)
    first = ranked(setting.snapshot)[:1]
    if first:
        return words.gettext(
            "The answers establish no gap and no shared weakness. If you begin anywhere, begin with a "
            "conversation about {index}: it weighs most against what customers say.",
            index=first[0].name,
        )
    return words.gettext("There are too few answers from customers to set priorities.")


def _settled(snapshot: Snapshot) -> bool:
    """Whether the answers tell how the two sides stand: alike on every index, or apart on one."""
    return first_priority(snapshot) is not None or {i.gap.state for i in snapshot.indices} == {"aligned"}


def _is_well(index: IndexResult) -> bool:
    """Whether the two sides were compared and customers see a strength; rosier views are priorities."""
    customers = index.groups.get("customer")
    seen = customers is not None and customers.mean is not None and customers.mean >= STRENGTH
    return seen and index.gap.state in (*FOUND, "aligned")


def _card(setting: Setting, index: IndexResult) -> Card:
    snapshot, words = setting.snapshot, setting.words
    pair = widest(snapshot.pairs_of(index.code), rosier=(index.gap.difference or 0) > 0)
    priority = next(
        (one for one in snapshot.priorities if one.index == index.code), Priority(index.code, None)
    )
    return Card(
        code=index.code,
        name=index.name,
        verdict=verdict(index, snapshot, words),
        why=_why(setting, index),
        item=item_sentence(pair, snapshot, words) if pair else None,
        talk_first=priority.talk_first,
        owner=owner(index.code, words),
        guidance=guidance(index, snapshot, words, setting.done),
        target=_target(setting, index),
    )


def _why(setting: Setting, index: IndexResult) -> str:
    """The two halves of the priority in words: what it weighs, and what is missing."""
    words, snapshot = setting.words, setting.snapshot
    driver = next((one for one in snapshot.importance.drivers if one.index == index.code), None)
    weight = words.percent(100 * driver.weight) if driver else "–"
    if snapshot.importance.source == "framework":
        said = words.gettext("The framework gives it {weight} of the weight", weight=weight)
    else:
        said = words.gettext(
            "It carries {weight} of what goes together with customers’ overall view", weight=weight
        )
    if index.gap.state in FOUND:
        return words.gettext("{said}, and managers do not see what customers see.", said=said)
    return words.gettext("{said}, and both sides see the weakness.", said=said)


def owner(code: str, words: Words) -> str | None:
    """The function that an index usually falls to (METHOD 6.6); None where nobody said."""
    owners = {
        "CF": words.gettext("Executives: one goal across departments. HR and IT make it possible."),
        "EO": words.gettext(
            "Marketing, which brings all customer data together; sales hears the unspoken need."
        ),
        "CI": words.gettext("Service and success, with whoever owns the step that customers stumble over."),
        "SB": words.gettext("Executives, who repeat and live it; HR, in hiring, welcoming and promoting."),
        "RG": words.gettext("Executives, for promises kept and rules pruned; operations keep the promise."),
        "CO": words.gettext(
            "Middle and frontline managers: they coach in the moment and make objecting safe."
        ),
        "CM": words.gettext("Frontline managers, with service and success: authority to solve, on the spot."),
        "IN": words.gettext(
            "HR and all who lead people; functions without customer contact need most support."
        ),
    }
    return owners.get(code)


def _target(setting: Setting, index: IndexResult) -> str | None:
    """The figure that is expected to move: customers' mean, from where it is today."""
    customers, words = index.groups.get("customer"), setting.words
    if customers is None or customers.mean is None or customers.interval is None:
        return None
    return words.gettext(
        "Customers’ {index}, {now} today (likely {range})",
        index=index.name,
        now=words.score(customers.mean, setting.snapshot.level_cuts),
        range=words.between(customers.interval, setting.snapshot.level_cuts),
    )
