"""The parts that a snapshot in these tests is made of: c17's figures as they are published."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from cultureassess.disclosure.reasons import Reason
from cultureassess.snapshot import types as t

FIXTURES = Path(__file__).parents[1] / "fixtures"
INDICES = {
    "CF": ("Collective Focus", "core", True),
    "RG": ("Risk & Governance", "core", False),
    "EO": ("External Orientation", "core", True),
    "CI": ("Change & Innovation", "core", True),
    "CO": ("Courage", "differentiating", False),
    "CM": ("Commitment", "differentiating", False),
    "IN": ("Inclusion", "differentiating", False),
    "SB": ("Shared Beliefs", "differentiating", True),
}
CUTS = (
    t.LevelCut(1, 0, "Inward", "most disagree"),
    t.LevelCut(2, 35, "Aware", "more disagree than agree"),
    t.LevelCut(3, 50, "Practising", "past the midpoint, four to six in ten agree"),
    t.LevelCut(4, 65, "Embedded", "a clear majority agrees"),
    t.LevelCut(5, 80, "Lived", "more than four in five agree"),
)
FEW = t.Estimate(withheld=Reason.FEW)


@cache
def reference() -> dict[str, Any]:
    return json.loads((FIXTURES / "reference" / "c17_demo_full.expected.json").read_text())["expected"]


@cache
def draft() -> dict[str, Any]:
    return json.loads((FIXTURES / "draft.json").read_text())


def estimate(n: int, mean: float, sd: float = 15.0) -> t.Estimate:
    if n < 5:
        return FEW
    if n < 10:
        return t.Estimate(n=n, mean=mean, nominal=2.3 * 20 / n**0.5)
    half = 2.02 * sd / n**0.5
    return t.Estimate(n=n, mean=mean, sd=sd, interval=t.Range(mean - half, mean + half))


def level(score: t.Estimate) -> t.Level:
    if score.mean is None or score.interval is None:
        return t.Level()
    mean, interval = score.mean, score.interval
    cut = max((cut for cut in CUTS if cut.start <= mean), key=lambda cut: cut.number)
    low = max(cut.number for cut in CUTS if cut.start <= max(interval.low, 0))
    high = max(cut.number for cut in CUTS if cut.start <= interval.high)
    touched = tuple(range(low, high + 1))
    names = tuple(CUTS[number - 1].name for number in touched)
    printed = "49.5" if 49.5 <= mean < 50 else f"{mean:.0f}"
    return t.Level(cut.number, cut.name, touched, names, interval.half_width <= 7.5, printed)


def item(row: dict[str, float]) -> t.ItemFigures:
    n = int(row["n"])
    agree, disagree = round(row["fav"] * n / 100), round(row["unfav"] * n / 100)
    if agree in (0, n) and n < 20:
        return t.ItemFigures(n=n, mean=row["mean100"], bounded="95 or more" if agree else "5 or less")
    top, bottom = agree // 3, disagree // 3
    middle = n - agree - disagree
    return t.ItemFigures(
        n=n,
        mean=row["mean100"],
        count=agree,
        favourable=row["fav"],
        neutral=100 * middle / n,
        unfavourable=row["unfav"],
        dont_know=row["dk_pct"],
        distribution=(bottom, disagree - bottom, middle, agree - top, top) if n >= 10 else None,
    )


def share(row: dict[str, Any]) -> t.Share:
    return t.Share(n=row["n"], count=row["k"], percent=row["pct"], interval=t.Range(*row["wilson"]))
