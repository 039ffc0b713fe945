"""The level in words (METHOD 2.6, 2.7): whose level, which levels it could be, how firm it is."""

from __future__ import annotations

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.narrative.gaps import MEASURED
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Estimate, Level, Snapshot


def level_words(level: Level, words: Words) -> str:
    """ "Level 2, Aware (could be 3)"; too wide an interval: "between Aware and Practising"."""
    if level.number is None:
        return words.gettext("no level: too few answers")
    if _spread(level):
        return words.gettext(
            "between {first} and {last}", first=level.touched_names[0], last=level.touched_names[-1]
        )
    base = words.gettext("level {number}, {name}", number=level.number, name=level.name)
    others = [str(number) for number in level.touched if number != level.number]
    if not others:
        return base
    return words.gettext("{level} (could be {others})", level=base, others=words.alternatives(others))


def _spread(level: Level) -> bool:
    """Too wide a range for a number: the level is put between two names (METHOD 2.7)."""
    return not level.big and len(level.touched_names) > 1


def level_sentence(snapshot: Snapshot, words: Words) -> str:
    """The one sentence on the overall level: the customers' view, else the inside view as self-assessed."""
    for view in ("customer", "management", "inside"):
        level, score = snapshot.overall.get(view), snapshot.headline_score(view)
        if level is not None and level.number is not None and score is not None and score.shown:
            return _placed(view, level, score, snapshot, words)
    return _no_level(snapshot, words)


def _placed(view: str, level: Level, score: Estimate, snapshot: Snapshot, words: Words) -> str:
    places = {
        "organisation": snapshot.wave.organisation,
        "place": _place(level, words),
        "score": _scored(level, score, snapshot, words),
    }
    if view == "customer":
        text = words.gettext("Customers who answered place {organisation} {place}: {score}.", **places)
    elif view == "management":
        text = words.gettext(
            "Self-assessed, as customers give no level: managers place {organisation} {place}: {score}.",
            **places,
        )
    else:
        text = words.gettext(
            "Self-assessed, as customers give no level: insiders place {organisation} {place}: {score}.",
            **places,
        )
    return f"{text} {cap}" if (cap := _cap(level, snapshot, words)) else text


def _place(level: Level, words: Words) -> str:
    if _spread(level):
        return level_words(level, words)
    return words.gettext("at {level}", level=level_words(level, words))


def _scored(level: Level, score: Estimate, snapshot: Snapshot, words: Words) -> str:
    cuts = snapshot.level_cuts
    printed = level.printed or words.score(score.mean or 0, cuts)
    if score.interval is None:
        return words.gettext("{score} points of 100", score=printed)
    low, high = words.score_ends(score.interval, cuts)
    return words.gettext(
        "{score} points of 100, likely between {low} and {high} ({answers})",
        score=printed,
        low=low,
        high=high,
        answers=words.answers(score.n or 0),
    )


def _cap(level: Level, snapshot: Snapshot, words: Words) -> str | None:
    if level.capped_by is None:
        return None
    return words.gettext(
        "A chain is as strong as its weakest link: {index} holds the level down.",
        index=snapshot.index(level.capped_by).name,
    )


def _no_level(snapshot: Snapshot, words: Words) -> str:
    if snapshot.headline_composite is None:
        return words.gettext("No level: too few of the statements that it rests on could be judged.")
    score = snapshot.headline_score("customer")
    if score is not None and score.mean is not None and score.n is not None:
        return words.gettext(
            "{customers} answered: a conversation, not a measurement, so no level is given.",
            customers=words.customers(score.n),
        )
    usable = next((found.usable for found in snapshot.coverage if found.audience == "customer"), None)
    if score is not None and score.withheld is Reason.PROTECTS:
        return words.gettext("No level is shown, to protect what people answered.")
    if (usable or 0) >= MEASURED:
        return words.gettext("No level: too few customers could judge the statements that it rests on.")
    return words.gettext("Too few customers answered for a level.")
