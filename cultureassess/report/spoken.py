"""A snapshot in the words of another language: the same figures under translated names and wordings.

The snapshot itself stays as it was stored; what is printed in another language is this copy of it. The
texts of a questionnaire come from its language file, those of the levels from the report's catalogue.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from cultureassess import instruments
from cultureassess.instruments.types import Block, Instrument
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import (
    BlockResult,
    CommentList,
    CompositeResult,
    Headline,
    IndexResult,
    InstrumentInfo,
    Level,
    LevelCut,
    PairResult,
    Snapshot,
    Wave,
)

TURNING = frozenset(map(chr, (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Marks that change the direction of the text after them (Unicode, bidirectional formatting characters)."""

Names = Mapping[str, str]
Result = TypeVar("Result", IndexResult, CompositeResult)


def spoken(snapshot: Snapshot, words: Words) -> Snapshot:
    """The snapshot with every text in the language of ``words``, as far as there is a translation.

    Names lose what turns the direction of a line, and what no typeface has.
    """
    wave = snapshot.wave
    named = replace(wave, organisation=plain(wave.organisation), label=plain(wave.label))
    if named != wave:
        snapshot = replace(snapshot, wave=named)
    code, language = snapshot.instrument.code, words.language
    if language == ENGLISH.language == snapshot.instrument.language:
        return snapshot
    levels = level_names(words)
    levelled = _levelled(snapshot, levels)
    if code not in instruments.available() or language not in instruments.languages(code):
        return levelled
    texts = instruments.in_language(code, language)
    organisation = instruments.organisation_in(code, language, snapshot.wave.organisation)
    return _worded(levelled, texts, organisation)


def plain(name: str) -> str:
    """A name without control characters, direction marks and halves of characters."""
    return "".join(
        one for one in name if unicodedata.category(one) not in ("Cc", "Cs") and one not in TURNING
    )


def level_names(words: Words) -> Names:
    """The default table of levels in words; levels of somebody's own keep theirs."""
    return {
        "Inward": words.gettext("Inward"),
        "Aware": words.gettext("Aware"),
        "Practising": words.gettext("Practising"),
        "Embedded": words.gettext("Embedded"),
        "Lived": words.gettext("Lived"),
        "most disagree": words.gettext("most disagree"),
        "more disagree than agree": words.gettext("more disagree than agree"),
        "past the midpoint, four to six in ten agree": words.gettext(
            "past the midpoint, four to six in ten agree"
        ),
        "a clear majority agrees": words.gettext("a clear majority agrees"),
        "more than four in five agree": words.gettext("more than four in five agree"),
    }


def _levelled(snapshot: Snapshot, names: Names) -> Snapshot:
    level = partial(_level, names=names)
    return replace(
        snapshot,
        level_cuts=tuple(_cut(cut, names) for cut in snapshot.level_cuts),
        overall={view: level(found) for view, found in snapshot.overall.items()},
        indices=tuple(_with_levels(index, names) for index in snapshot.indices),
        composites=tuple(_with_levels(composite, names) for composite in snapshot.composites),
    )


def _cut(cut: LevelCut, names: Names) -> LevelCut:
    return replace(cut, name=names.get(cut.name, cut.name), reads_as=names.get(cut.reads_as, cut.reads_as))


def _level(level: Level, names: Names) -> Level:
    touched = tuple(names.get(name, name) for name in level.touched_names)
    return replace(level, name=names.get(level.name or "", level.name), touched_names=touched)


def _with_levels(result: Result, names: Names) -> Result:
    return replace(result, levels={group: _level(level, names) for group, level in result.levels.items()})


def _worded(snapshot: Snapshot, texts: Instrument, organisation: str) -> Snapshot:
    def fill(text: str | None) -> str | None:
        return None if text is None else text.replace("{ORG}", organisation)

    items = {item.id: item for item in texts.rated}
    blocks = {block.code: block for block in texts.blocks}
    questions = {question.id: question.text for question in texts.open_questions}
    return replace(
        snapshot,
        wave=_wave(snapshot.wave, texts),
        instrument=_info(snapshot.instrument, texts),
        headline=_headline(snapshot.headline, texts, organisation),
        indices=tuple(_index(index, texts) for index in snapshot.indices),
        composites=tuple(_composite(composite, texts) for composite in snapshot.composites),
        pairs=tuple(
            _pair(pair, fill(items[pair.id].inside), fill(items[pair.id].customer)) for pair in snapshot.pairs
        ),
        blocks=tuple(_block(block, blocks[block.code], organisation) for block in snapshot.blocks),
        comments=tuple(_comments(found, fill(questions.get(found.question))) for found in snapshot.comments),
    )


def _wave(wave: Wave, texts: Instrument) -> Wave:
    return replace(wave, period=instruments.period_in(texts.code, texts.language, wave.period))


def _info(info: InstrumentInfo, texts: Instrument) -> InstrumentInfo:
    return replace(
        info,
        title=texts.title,
        language=texts.language,
        scale_labels=texts.scale.labels,
        dont_know=texts.scale.dont_know,
        lead_in_inside=texts.lead_in.inside,
        lead_in_customer=texts.lead_in.customer,
    )


def _headline(found: Headline, texts: Instrument, organisation: str) -> Headline:
    outcome = next((outcome for outcome in texts.outcomes if outcome.id == found.outcome), None)
    if outcome is None:
        return found
    return replace(
        found,
        question_inside=(outcome.inside or "").replace("{ORG}", organisation) or None,
        question_customer=(outcome.customer or "").replace("{ORG}", organisation) or None,
        yes_words=tuple(outcome.options[point - 1] for point in outcome.highly),
        options=tuple(outcome.options) if found.options else (),
    )


def _index(index: IndexResult, texts: Instrument) -> IndexResult:
    found = texts.index(index.code)
    return replace(index, name=found.name, meaning=found.meaning)


def _composite(composite: CompositeResult, texts: Instrument) -> CompositeResult:
    name = next((found.name for found in texts.composites if found.code == composite.code), composite.name)
    return replace(composite, name=name)


def _pair(pair: PairResult, inside: str | None, customer: str | None) -> PairResult:
    return replace(pair, inside=inside, customer=customer)


def _block(block: BlockResult, texts: Block, organisation: str) -> BlockResult:
    wordings = {item.id: (item.inside or "").replace("{ORG}", organisation) for item in texts.items}
    return replace(block, name=texts.name, meaning=texts.meaning, wordings=wordings)


def _comments(found: CommentList, text: str | None) -> CommentList:
    return replace(found, text=text or found.text)
