"""Warnings beside an index, in words. They never change a score, a verdict or a level (METHOD 3.7)."""

from __future__ import annotations

from collections.abc import Iterable

from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, Reliability


def concern_sentences(index: IndexResult, words: Words) -> tuple[str, ...]:
    """Everything that a reader of this index should know before using it."""
    found = []
    if index.camps:
        found.append(
            words.gettext(
                "Managers disagree among themselves: the average hides camps. Look at the distributions."
            )
        )
    if index.dropped:
        found.append(
            words.gettext(
                "Left out, because customers cannot judge it: {items}.", items=words.listed(index.dropped)
            )
        )
    if index.single:
        found.append(words.gettext("Only one statement is left, so read it as that statement."))
    if index.gap.errors == "accounts":
        found.append(
            words.gettext(
                "Several customers answered from one account; the range and the verdict allow for that."
            )
        )
    if index.gap.bootstrap is not None:
        low, high = words.ends(index.gap.bootstrap)
        found.append(
            words.gettext(
                "Checked by resampling, the gap lies likely between {low} and {high}.",
                low=low,
                high=high,
            )
        )
    codes = dict.fromkeys(code for reliability in index.reliability for code in reliability.warnings)
    found += [_concern(code, _warned(code, index.reliability, words), words) for code in codes]
    return tuple(dict.fromkeys(found))


def _warned(code: str, reliabilities: Iterable[Reliability], words: Words) -> str:
    """The groups of which one thing is to be said, together."""
    return words.series([_who(found.audience, words) for found in reliabilities if code in found.warnings])


def _concern(code: str, who: str, words: Words) -> str:
    concern, _, item = code.partition(":")
    sentences = {
        "read items": words.gettext(
            "{who}: the items of this index move together only in part, so read them as well as the index.",
            who=who,
        ),
        "items apart": words.gettext(
            "{who}: these items do not move together; read them one by one.", who=who
        ),
        "redundant": words.gettext("{who}: the items say almost the same thing.", who=who),
        "weak pair": words.gettext(
            "{who}: the two items do not move together; read them one by one.", who=who
        ),
        "weak item": words.gettext("{who}: {item} hardly goes with the rest.", who=who, item=item),
        "check coding": words.gettext(
            "{who}: {item} runs against the rest; check its coding.", who=who, item=item
        ),
    }
    return sentences.get(concern, f"{who}: {code}")


def _who(audience: str, words: Words) -> str:
    names = {
        "management": words.gettext("Managers"),
        "staff": words.gettext("Employees"),
        "customer": words.gettext("Customers"),
    }
    return names.get(audience, audience)
