"""Page 1: the answer, as sentences (PRODUCT 2.2, METHOD 2.7)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.narrative.decision import decision_sentence
from cultureassess.report.narrative.gaps import GapSentence, gap_sentences
from cultureassess.report.narrative.good import good_sentence
from cultureassess.report.narrative.headline import difference_sentence, headline_sentences
from cultureassess.report.narrative.levels import level_sentence
from cultureassess.report.narrative.priorities import open_gaps
from cultureassess.report.narrative.sampling import chosen_sentence, tipping_sentence
from cultureassess.report.narrative.tally import tally
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import Snapshot


@dataclass(frozen=True)
class Answer:
    """The sentences of page 1, each whole; None or empty where the answers do not allow one.

    Attributes:
        headline: the three numbers, or the sentence that says why there are none.
        difference: how far apart managers and customers are, with the range.
        level: the overall level as customers who answered give it.
        tally: how many indices got which word.
        open_order: that chance could change which gaps are listed; None where it could not.
        gaps: at most three to work on, in the order of the priorities.
        good: one thing truly good.
        chosen: how customers were chosen, and what follows.
        tipping: what the silent customers would have to say; None where it cannot be computed.
        decision: one decision to take.
    """

    headline: tuple[str, ...]
    difference: str | None
    level: str
    tally: str
    open_order: str | None
    gaps: tuple[GapSentence, ...]
    good: str
    chosen: str
    tipping: str | None
    decision: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence in reading order."""
        gaps = [text for gap in self.gaps for text in (gap.sentence, gap.item)]
        parts = [
            *self.headline,
            self.difference,
            self.level,
            self.tally,
            self.open_order,
            *gaps,
            self.good,
            self.chosen,
            self.tipping,
            self.decision,
        ]
        return tuple(part for part in parts if part)


def answer(snapshot: Snapshot, words: Words = ENGLISH) -> Answer:
    """Say what one wave found, in the sentences of page 1."""
    return Answer(
        headline=headline_sentences(snapshot, words),
        difference=difference_sentence(snapshot, words),
        level=level_sentence(snapshot, words),
        tally=tally(snapshot, words),
        open_order=_open_order(snapshot, words),
        gaps=gap_sentences(snapshot, words),
        good=good_sentence(snapshot, words),
        chosen=chosen_sentence(snapshot, words),
        tipping=tipping_sentence(snapshot, words),
        decision=decision_sentence(snapshot, words),
    )


def _open_order(snapshot: Snapshot, words: Words) -> str | None:
    """That the order of the gaps that are listed is not certain, where it is not."""
    if not open_gaps(snapshot):
        return None
    return words.gettext("Chance in the answers could change which gaps are listed, or their order.")
