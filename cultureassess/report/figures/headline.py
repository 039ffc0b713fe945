"""The three numbers on one line: own view, expectation, customers' view (METHOD 1.7)."""

from __future__ import annotations

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.figures.spec import HeadlineFigure, HeadlineNumber
from cultureassess.report.narrative.gaps import MEASURED
from cultureassess.report.narrative.headline import bound_words, headline_sentences
from cultureassess.report.narrative.withheld import reason_note
from cultureassess.report.words import ENGLISH, NO_DIFFERENCE, Words
from cultureassess.snapshot.types import Estimate, Share, Snapshot


def headline(snapshot: Snapshot, words: Words = ENGLISH) -> HeadlineFigure:
    """Describe the three numbers; the ones that may not be shown carry a note instead."""
    shares, forecast = snapshot.headline.groups, snapshot.headline.forecast
    return HeadlineFigure(
        title=_finding(snapshot, words),
        description=" ".join(headline_sentences(snapshot, words)),
        numbers=(
            _share(
                "own",
                "management",
                words.gettext("managers say so"),
                shares.get("management"),
                snapshot,
                words,
            ),
            _forecast(forecast.get("management"), snapshot, words),
            _share(
                "customers",
                "customer",
                words.gettext("customers say so"),
                shares.get("customer"),
                snapshot,
                words,
            ),
        ),
    )


def _share(
    key: str, group: str, caption: str, share: Share | None, snapshot: Snapshot, words: Words
) -> HeadlineNumber:
    if share is None or share.n is None:
        return _hidden(key, group, caption, share.withheld if share else Reason.NOT_ASKED, snapshot, words)
    if share.n < MEASURED:
        note = words.gettext("{answers}: too few for a share", answers=words.answers(share.n))
        return HeadlineNumber(key, group, caption, None, None, None, "", "", "", "", note)
    of = words.gettext("of {n}", n=words.number(share.n))
    if share.bounded is not None:
        return HeadlineNumber(
            key, group, caption, None, None, None, bound_words(share, words), of, "", "", None
        )
    percent = words.percent(share.percent or 0)
    return HeadlineNumber(
        key=key,
        group=group,
        caption=caption,
        value=share.percent,
        low=share.interval.low if share.interval else None,
        high=share.interval.high if share.interval else None,
        big=words.number(share.count or 0),
        of=of,
        share=percent,
        interval=_likely(share, words),
        note=None,
    )


def _likely(share: Share, words: Words) -> str:
    if share.interval is None:
        return ""
    low, high = words.number(share.interval.low), words.percent(share.interval.high)
    return words.gettext("likely {low} to {high}", low=low, high=high)


def _forecast(estimate: Estimate | None, snapshot: Snapshot, words: Words) -> HeadlineNumber:
    caption = words.gettext("expected by managers")
    if estimate is None or estimate.mean is None or estimate.n is None:
        reason = estimate.withheld if estimate else Reason.NOT_ASKED
        return _hidden("expected", "management", caption, reason, snapshot, words)
    return HeadlineNumber(
        key="expected",
        group="management",
        caption=caption,
        value=estimate.mean,
        low=max(estimate.interval.low, 0.0) if estimate.interval else None,
        high=min(estimate.interval.high, 100.0) if estimate.interval else None,
        big=words.number(estimate.mean),
        of=words.gettext("of 100"),
        share=words.percent(estimate.mean),
        interval=_guess(estimate, words),
        note=None,
    )


def _guess(estimate: Estimate, words: Words) -> str:
    managers = words.managers(estimate.n or 0)
    if estimate.interval is None and estimate.nominal is None:
        return words.gettext("average guess of {managers}", managers=managers)
    if estimate.interval is None:
        likely = f"±{words.number(estimate.nominal or 0.0)}"
    else:
        likely = words.between(estimate.interval)
    return words.gettext("average guess of {managers} ({range})", managers=managers, range=likely)


def _hidden(
    key: str, group: str, caption: str, reason: Reason | None, snapshot: Snapshot, words: Words
) -> HeadlineNumber:
    note = reason_note(reason or Reason.FEW, words, k=snapshot.wave.k)
    return HeadlineNumber(key, group, caption, None, None, None, "", "", "", "", note)


def _finding(snapshot: Snapshot, words: Words) -> str:
    """The title: how far the two views are apart, where the range leaves no doubt that they are."""
    found = snapshot.headline
    if found.outcome is None:
        return words.gettext("No overall question was asked")
    interval = found.difference_interval
    if found.difference is None or interval is None or interval.low <= 0 <= interval.high:
        return words.gettext("The overall question: who says so")
    points = words.size(found.difference, NO_DIFFERENCE)
    if found.difference > 0:
        return words.gettext(
            "Managers say so {points} percentage points more often than customers", points=points
        )
    return words.gettext(
        "Customers say so {points} percentage points more often than managers", points=points
    )
