"""The indices: a page for each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.document.advice import Guidance, guidance
from cultureassess.report.document.tables import likely
from cultureassess.report.figures import Distribution, distribution
from cultureassess.report.figures.distribution import agreeing
from cultureassess.report.figures.gap_plot import GROUPS, group_name
from cultureassess.report.narrative import level_words, state_word, statement, verdict
from cultureassess.report.narrative.at_random import higher_sentence
from cultureassess.report.narrative.chain import chain_sentence
from cultureassess.report.narrative.concerns import concern_sentences
from cultureassess.report.narrative.gaps import FOUND, class_word
from cultureassess.report.narrative.withheld import reason_note
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Estimate, IndexResult, PairResult, Snapshot


@dataclass(frozen=True)
class Standing:
    """Where one group puts an index. ``score`` is empty and ``note`` set where it is not shown.

    ``favourable`` says how many answers to its statements are favourable.
    """

    group: str
    label: str
    score: str
    range: str
    people: str
    level: str
    favourable: str
    note: str


@dataclass(frozen=True)
class PairBlock:
    """One item in both wordings, with everybody's answers."""

    code: str
    tag: str
    inside: str | None
    customer: str | None
    figure: Distribution
    plain: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class IndexPage:
    code: str
    name: str
    kind: str
    meaning: str
    word: str
    class_: str | None
    verdict: str
    plain: str | None
    chain: str | None
    standings: tuple[Standing, ...]
    pairs: tuple[PairBlock, ...]
    inside_only: tuple[PairBlock, ...]
    remarks: tuple[str, ...]
    labels: tuple[str, ...]
    full: bool
    guidance: Guidance | None

    @property
    def drawn(self) -> bool:
        """Whether any bar is drawn of its pairs, which a legend would explain."""
        return any(row.counts is not None for block in self.pairs for row in block.figure.rows)


def index_page(index: IndexResult, snapshot: Snapshot, words: Words, done: Collection[str] = ()) -> IndexPage:
    """One page: definition, both sides with ranges, verdict, and every pair in both wordings."""
    blocks = [(pair, pair_block(pair, snapshot, words)) for pair in snapshot.pairs_of(index.code)]
    return IndexPage(
        code=index.code,
        name=index.name,
        kind=_kind(index, words),
        meaning=statement(index.meaning, snapshot),
        word=state_word(index.gap, words) if index.gap.difference is not None else words.gettext("not shown"),
        class_=class_word(index.gap, words),
        verdict=verdict(index, snapshot, words),
        plain=higher_sentence(index.gap, words),
        chain=chain_sentence(index, words),
        standings=tuple(
            _standing(group, index, snapshot, words) for group in GROUPS if group in index.groups
        ),
        pairs=tuple(block for pair, block in blocks if pair.customer is not None),
        inside_only=tuple(block for pair, block in blocks if pair.customer is None),
        remarks=concern_sentences(index, words),
        labels=snapshot.instrument.scale_labels,
        full=index.gap.state in FOUND,
        guidance=guidance(index, snapshot, words, done),
    )


def _kind(index: IndexResult, words: Words) -> str:
    kinds = {
        "core": words.gettext("Core index"),
        "differentiating": words.gettext("Differentiating index"),
    }
    kind = kinds.get(index.kind, words.gettext("Index"))
    if index.emphasised:
        return words.gettext("{kind} · counts in the customer-centricity score", kind=kind)
    return kind


def _standing(group: str, index: IndexResult, snapshot: Snapshot, words: Words) -> Standing:
    estimate, level = index.groups[group], index.levels.get(group)
    label = group_name(group, words)
    if estimate.mean is None:
        note = words.gettext("not shown: fewer than {k}, or it would reveal a small group", k=snapshot.wave.k)
        return Standing(group, label, "", "", "", "", "", note)
    number_ = level.number if level is not None else None
    return Standing(
        group=group,
        label=label,
        score=words.score(estimate.mean, snapshot.level_cuts),
        range=_range(estimate, snapshot, words),
        people=words.answers(estimate.n or 0),
        level=level_words(level, words) if level is not None and number_ else "",
        favourable=_favourable(group, index, snapshot, words),
        note="",
    )


def _favourable(group: str, index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    """The average over the pairs that count; empty where one of them may not be shown with its share."""
    found = [pair.groups.get(group) for pair in snapshot.pairs_of(index.code) if pair.id in index.items]
    shares = [
        figures.favourable for figures in found if figures is not None and figures.favourable is not None
    ]
    if not shares or len(shares) < len(found):
        return ""
    return words.gettext(
        "{percent} of the answers favourable", percent=words.percent(sum(shares) / len(shares))
    )


def _range(estimate: Estimate, snapshot: Snapshot, words: Words) -> str:
    told = likely(estimate, words, snapshot.level_cuts).text
    if estimate.interval is None:
        return told
    return words.gettext("likely {range}", range=told)


def pair_block(pair: PairResult, snapshot: Snapshot, words: Words) -> PairBlock:
    """One item with both wordings and everybody's answers."""
    tags = {"mindset": words.gettext("mindset"), "behaviour": words.gettext("behaviour")}
    return PairBlock(
        code=pair.id,
        tag=tags.get(pair.tag, pair.tag),
        inside=statement(pair.inside, snapshot) if pair.inside else None,
        customer=statement(pair.customer, snapshot) if pair.customer else None,
        figure=distribution(snapshot, pair, words),
        plain=_plainly(pair, words) or _why_hidden(pair, words, k=snapshot.wave.k),
        remarks=_remarks(pair, words),
    )


def _plainly(pair: PairResult, words: Words) -> str:
    """How many of each group agree, in one line."""
    parts = [
        words.gettext(
            "{group} {share}",
            group=group_name(group, words),
            share=agreeing(figures, words, reverse=pair.reverse),
        )
        for group in GROUPS
        if (figures := pair.groups.get(group)) is not None and figures.shown
    ]
    return words.series(parts)


def _why_hidden(pair: PairResult, words: Words, *, k: int) -> str:
    """Why nothing is shown of a statement: the reasons, each with its groups where there are several."""
    groups: dict[Reason, list[str]] = {}
    for group in GROUPS:
        if (figures := pair.groups.get(group)) is not None and not figures.shown:
            groups.setdefault(figures.withheld or Reason.FEW, []).append(group_name(group, words))
    notes = {reason: reason_note(reason, words, k=k) for reason in groups}
    if len(notes) == 1:
        return "".join(notes.values())
    return "; ".join(
        words.gettext("{attribute}: {value}", attribute=words.listed(names), value=notes[reason])
        for reason, names in groups.items()
    )


def _remarks(pair: PairResult, words: Words) -> tuple[str, ...]:
    remarks = []
    if pair.reverse:
        remarks.append(
            words.gettext(
                "Speaks against the company, so it is turned round: who disagrees stands on the right and is "
                "counted, and a high mean is good."
            )
        )
    if not pair.used and pair.customer is not None:
        remarks.append(
            words.gettext("At least half of the customers could not judge this: it counts on neither side.")
        )
    elif pair.hard_to_see:
        remarks.append(
            words.gettext("Customers can hardly see this: three in ten or more could not judge it.")
        )
    return tuple(remarks)
