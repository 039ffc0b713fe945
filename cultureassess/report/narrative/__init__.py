"""The report in sentences: pure functions of a snapshot (METHOD 2.7 and 3.10).

Words for leaders are gap, gap (small), agree and cannot tell yet. Size comes first, a range always, and
the number of people on both sides; no sentence claims more than its interval.
"""

from cultureassess.report.narrative.answer import Answer, answer
from cultureassess.report.narrative.gaps import GapSentence, state_word, verdict
from cultureassess.report.narrative.levels import level_sentence, level_words
from cultureassess.report.narrative.statements import item_sentence, statement
from cultureassess.report.narrative.withheld import reason_note, reason_sentence

__all__ = [
    "Answer",
    "GapSentence",
    "answer",
    "item_sentence",
    "level_sentence",
    "level_words",
    "reason_note",
    "reason_sentence",
    "state_word",
    "statement",
    "verdict",
]
