"""The brief's evidence: the gaps to work on with both wordings and the customers' own words."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.document.indices import PairBlock, pair_block
from cultureassess.report.document.voices import Comments, voices_section
from cultureassess.report.narrative import verdict
from cultureassess.report.narrative.gaps import FOUND, gap_sentences
from cultureassess.report.narrative.good import good_sentence
from cultureassess.report.narrative.priorities import ranked
from cultureassess.report.narrative.statements import comparable, illustrating
from cultureassess.report.narrative.tally import tally
from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, PairResult, Snapshot

QUOTED, LISTS, PAIRS = 3, 2, 2
"""Comments of a list, and lists, or else pairs of a gap: what one page holds with three gaps."""


@dataclass(frozen=True)
class Evidence:
    name: str
    sentence: str
    pairs: tuple[PairBlock, ...]


@dataclass(frozen=True)
class Gaps:
    """``evidence`` holds the gaps to work on; without one, what customers rate lowest."""

    title: str
    lead: str
    evidence: tuple[Evidence, ...]
    labels: tuple[str, ...]
    voices: tuple[Comments, ...]


def gaps_section(snapshot: Snapshot, words: Words) -> Gaps:
    """The three gaps with their widest pair in both wordings, and a few comments."""
    found, voices = gap_sentences(snapshot, words), voices_section(snapshot, words, most=QUOTED).lists[:LISTS]
    most = 1 if voices else PAIRS
    chosen = [(snapshot.index(one.index), one.sentence) for one in found]
    if not chosen:
        chosen = [(index, verdict(index, snapshot, words)) for index in ranked(snapshot)[:QUOTED]]
    return Gaps(
        title=_title(bool(found), bool(chosen), words),
        lead=tally(snapshot, words) if found else good_sentence(snapshot, words),
        evidence=tuple(_evidence(index, sentence, most, snapshot, words) for index, sentence in chosen),
        labels=snapshot.instrument.scale_labels,
        voices=voices,
    )


def _title(found: bool, chosen: bool, words: Words) -> str:
    if found:
        return words.gettext("The gaps that matter most, in both wordings")
    if chosen:
        return words.gettext("Statement by statement, in both wordings")
    return words.gettext("No index could be compared")


def _evidence(index: IndexResult, sentence: str, most: int, snapshot: Snapshot, words: Words) -> Evidence:
    pairs = _pairs(index, snapshot)[:most]
    return Evidence(index.name, sentence, tuple(pair_block(pair, snapshot, words) for pair in pairs))


def _pairs(index: IndexResult, snapshot: Snapshot) -> tuple[PairResult, ...]:
    """The pairs that illustrate an established gap; without one, all pairs, the largest difference first."""
    rosier, pairs = (index.gap.difference or 0.0) >= 0, snapshot.pairs_of(index.code)
    if index.gap.state in FOUND:
        return illustrating(pairs, rosier=rosier)
    sign = 1 if rosier else -1
    shown = [pair for pair in pairs if comparable(pair)]
    return tuple(sorted(shown, key=lambda pair: -sign * (pair.gap.difference or 0.0)))
