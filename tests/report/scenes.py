"""Waves of every shape that a report must survive."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.snapshot import types as t
from tests.report import factory, parts

HIDDEN_GAP = t.Gap(withheld=Reason.FEW)


def with_gaps(
    difference: float, *, state: str | None, class_: str | None, n: tuple[int, int] = (18, 42)
) -> Any:
    """Every index with the same two means and the same verdict; the customers' mean is 70."""
    base = factory.c17()
    management = parts.estimate(n[0], 70 + difference)
    customers = parts.estimate(n[1], 70.0)
    half = 2 if state == "small gap" else 6
    interval = t.Range(difference - half, difference + half) if state else None
    gap = t.Gap(
        difference=difference,
        interval=interval,
        superiority=60.0 if state else None,
        state=state,
        class_=class_,
        provisional=state == "inconclusive",
    )
    groups = {"management": management, "staff": parts.estimate(30, 70.0), "customer": customers}
    levels = {group: parts.level(score) for group, score in groups.items()}
    indices = tuple(replace(index, groups=groups, levels=levels, gap=gap) for index in base.indices)
    plain = t.Gap(difference=difference, interval=interval)
    composites = tuple(replace(c, groups=groups, levels=levels, gap=plain) for c in base.composites)
    coverage = (
        t.Coverage("management", n[0] + 2, n[0], n[0], 100 * n[0] / (n[0] + 2), 7.3),
        base.coverage[1],
        t.Coverage("customer", 2 * n[1], n[1], n[1], 50.0, 12.2),
    )
    return replace(
        base,
        indices=indices,
        composites=composites,
        overall=levels,
        coverage=coverage,
        headline=headline(*n, difference),
    )


def headline(managers: int, customers: int, difference: float) -> t.Headline:
    own, seen = min(managers, round(managers * (0.5 + difference / 200))), round(customers * 0.5)
    apart = 100 * own / managers - 100 * seen / customers
    groups = {"management": share(own, managers), "customer": share(seen, customers)}
    measured = min(managers, customers) >= 10
    return replace(
        factory.headline(),
        groups=groups,
        forecast={"management": parts.estimate(managers, 50.0)},
        difference=apart,
        difference_interval=t.Range(apart - 12, apart + 12) if measured else None,
        tipping=t.Tipping(invited=customers * 2, silent=customers, share=60.0),
    )


def share(count: int, n: int) -> t.Share:
    percent = 100 * count / n
    interval = t.Range(max(0.0, percent - 12), min(100.0, percent + 12)) if n >= 10 else None
    return t.Share(n=n, count=count, percent=percent, interval=interval)


def withheld(snapshot: t.Snapshot, *groups: str) -> t.Snapshot:
    """The same wave with groups too small to be shown anywhere."""
    hidden = set(groups)
    indices = tuple(replace(index, **_without(index, hidden)) for index in snapshot.indices)
    composites = tuple(replace(c, **_without(c, hidden)) for c in snapshot.composites)
    pairs = tuple(
        replace(pair, groups=_items(pair.groups, hidden), gap=HIDDEN_GAP) for pair in snapshot.pairs
    )
    coverage = tuple(
        t.Coverage(c.audience, c.invited, withheld=Reason.FEW) if c.audience in hidden else c
        for c in snapshot.coverage
    )
    shares = {
        g: t.Share(withheld=Reason.FEW) if g in hidden else s for g, s in snapshot.headline.groups.items()
    }
    forecast = {g: parts.FEW if g in hidden else e for g, e in snapshot.headline.forecast.items()}
    outcome = replace(
        snapshot.headline,
        groups=shares,
        forecast=forecast,
        difference=None,
        difference_interval=None,
        calibration=None,
        tipping=t.Tipping(invited=120),
    )
    return replace(
        snapshot,
        indices=indices,
        composites=composites,
        pairs=pairs,
        coverage=coverage,
        headline=outcome,
        overall={view: level for view, level in snapshot.overall.items() if view not in hidden},
        recommendations=tuple(
            t.Recommendation(r.id, r.audience, withheld=Reason.FEW) for r in snapshot.recommendations
        ),
        mindset_behaviour=t.MindsetBehaviour({}, {}, {}),
        synergy=t.Synergy(parts.FEW, parts.FEW),
        detectable=None,
        priorities=tuple(t.Priority(priority.index, None) for priority in snapshot.priorities),
    )


def _without(result: Any, hidden: set[str]) -> dict[str, Any]:
    groups = {group: parts.FEW if group in hidden else score for group, score in result.groups.items()}
    levels = {group: level for group, level in result.levels.items() if group not in hidden}
    return {"groups": groups, "levels": levels, "gap": HIDDEN_GAP}


def _items(groups: dict[str, t.ItemFigures], hidden: set[str]) -> dict[str, t.ItemFigures]:
    few = t.ItemFigures(withheld=Reason.FEW)
    return {group: few if group in hidden else figures for group, figures in groups.items()}


def no_outcome() -> t.Snapshot:
    empty = t.Headline(None, None, None, (), {}, None, None, {}, None, t.Tipping())
    return factory.c17(headline=empty)


SCENES = {
    "strong": factory.c17,
    "no gap": lambda: with_gaps(1.0, state="aligned", class_="shared strength"),
    "small gap": lambda: with_gaps(4.0, state="small gap", class_="shared strength", n=(900, 4000)),
    "small reverse gap": lambda: with_gaps(-7.0, state="small gap", class_="shared strength"),
    "reverse": lambda: with_gaps(-20.0, state="clear gap", class_="hidden strength"),
    "undecided": lambda: with_gaps(8.0, state="inconclusive", class_="shared strength"),
    "tiny": lambda: with_gaps(12.0, state=None, class_=None, n=(8, 7)),
    "lopsided": lambda: with_gaps(12.0, state=None, class_=None, n=(5, 100_000)),
    "one customer answer each way": lambda: with_gaps(
        -20.0, state="clear gap", class_="hidden strength", n=(10, 10)
    ),
    "customers hidden": lambda: withheld(factory.c17(), "customer"),
    "managers hidden": lambda: withheld(factory.c17(), "management"),
    "all hidden": lambda: withheld(factory.c17(), "management", "staff", "customer"),
    "no outcome": no_outcome,
    "open link": lambda: factory.c17(wave=factory.wave(chosen="open", label="")),
    "random": lambda: factory.c17(wave=factory.wave(chosen="random")),
    "all asked": lambda: factory.c17(wave=factory.wave(chosen="all")),
}
