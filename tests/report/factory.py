"""Snapshots for the report's tests: c17's figures as they are published, and variations of them.

Means, counts, gaps and ranges of management and customers are c17's own; staff figures lie between the
two sides, because the reference file does not give them.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.snapshot import types as t
from tests.report.parts import CUTS, INDICES, draft, estimate, item, level, reference, share


def pairs() -> tuple[t.PairResult, ...]:
    result = []
    for entry in draft()["items"]:
        managers = item(reference()["items_management"][entry["id"]])
        customers = reference()["items_customers"].get(entry["id"])
        groups = {"management": managers} | ({"customer": item(customers)} if customers else {})
        difference = groups["management"].mean - groups["customer"].mean if customers else None
        gap = t.Gap(difference=difference) if customers else t.Gap(withheld=Reason.NOT_ASKED)
        result.append(
            t.PairResult(
                entry["id"],
                entry["index"],
                entry["tag"],
                entry["inside"],
                entry["customer"],
                True,
                False,
                groups,
                gap,
            )
        )
    return tuple(result)


def gap_of(row: dict[str, Any]) -> t.Gap:
    return t.Gap(
        difference=row["diff"],
        interval=t.Range(*row["ci95"]),
        hedges_g=row["g"],
        cliffs_delta=row["cliff"],
        superiority=100 * (1 + row["cliff"]) / 2,
        p=row["p"],
        p_adjusted=row["p_holm"],
        state=row["state"],
        class_=row["class"],
        provisional=row["state"] == "inconclusive",
    )


def index(code: str) -> t.IndexResult:
    row = reference()["gap"][code]
    name, kind, emphasised = INDICES[code]
    groups = {
        "management": estimate(row["n_a"], row["mean_a"]),
        "staff": estimate(21, (row["mean_a"] + row["mean_b"]) / 2),
        "customer": estimate(row["n_b"], row["mean_b"]),
    }
    items = tuple(e["id"] for e in draft()["items"] if e["index"] == code and e["customer"])
    return t.IndexResult(
        code=code,
        name=name,
        meaning=f"What {name} means, in two lines of our own words for the reader.",
        kind=kind,
        emphasised=emphasised,
        items=items,
        dropped=(),
        single=False,
        groups=groups,
        full={"management": groups["management"]},
        gap=gap_of(row),
        partner_gap=t.Gap(withheld=Reason.NOT_ASKED),
        chain=(),
        levels={group: level(score) for group, score in groups.items()},
    )


def composite(code: str, headline: bool) -> t.CompositeResult:
    row = reference()["composites"][code]
    names = {"management": "management", "staff": "staff", "customers": "customer"}
    groups = {names[key]: estimate(row[key]["n"], row[key]["mean"], row[key]["sd"]) for key in names}
    gap = t.Gap(difference=row["gap"]["diff"], interval=t.Range(*row["gap"]["ci95"]))
    members = tuple(draft()["composites"][code])
    levels = {group: level(score) for group, score in groups.items()}
    return t.CompositeResult(code, code, members, headline, groups, gap, levels)


def headline() -> t.Headline:
    row = reference()["highly_customer_centric"]
    return t.Headline(
        outcome="OV1",
        question_inside="All in all, how strongly does {ORG} put its customers' best interests first?",
        question_customer="How strongly does {ORG} put the best interests of customers like you first?",
        yes_words=("Strongly", "Very strongly"),
        groups={"management": share(row["management"]), "customer": share(row["customers"])},
        difference=row["management"]["pct"] - row["customers"]["pct"],
        difference_interval=t.Range(*row["diff_newcombe"]),
        forecast={"management": estimate(18, row["predicted_mean"])},
        calibration=row["predicted_mean"] - row["customers"]["pct"],
        tipping=t.Tipping(invited=120, silent=78, share=102.1),
    )


def c17(**changes: Any) -> t.Snapshot:
    """The demo of the reference files, as a snapshot."""
    indices = tuple(index(code) for code in INDICES)
    composites = tuple(composite(code, code == "CC4") for code in ("CORE", "DIFF", "CC4", "ALL8"))
    snapshot = t.Snapshot(
        schema=t.SCHEMA,
        scoring_version="1",
        levels_version="1",
        fingerprint="9f2c41ab77d0e35c9f2c41ab77d0e35c9f2c41ab77d0e35c9f2c41ab77d0e35c",
        wave=wave(),
        instrument=instrument(),
        level_cuts=CUTS,
        coverage=(
            t.Coverage("management", 20, 18, 18, 90.0, 7.3),
            t.Coverage("staff", 40, 22, 21, 52.5, 14.8),
            t.Coverage("customer", 120, 43, 42, 35.0, 12.2),
        ),
        careless=(t.Careless("inside", 40, 0, 2, 1, 1), t.Careless("outside", 60, 0, 1, 1, 1)),
        headline=headline(),
        overall={view: level(composites[2].groups[view]) for view in ("customer", "management")},
        indices=indices,
        composites=composites,
        pairs=pairs(),
        blocks=blocks(),
        recommendations=recommendations(),
        mindset_behaviour=mindset_behaviour(),
        synergy=t.Synergy(estimate(39, 60.5), estimate(41, 49.58), "start here", True),
        breakdowns=breakdowns(),
        late=(t.LateAnswers("outside", estimate(31, 50.2), estimate(11, 47.9), -2.3, False),),
        detectable=t.Detectable(18, 42, 16.2, 21.6),
        family_size=8,
        importance=t.Importance("framework", None, None, None, True, drivers()),
        priorities=priorities(indices),
        comments=(),
        withheld=(
            t.Withheld("function: HR", Reason.FEW),
            t.Withheld("role: middle manager", Reason.PROTECTS),
        ),
    )
    return replace(snapshot, **changes)


def wave(**changes: Any) -> t.Wave:
    frozen = t.Wave(
        organisation="Acme",
        label="Spring 2026",
        date="2026-05-29",
        period="12 months",
        chosen="picked",
        accounts=False,
        confidential=True,
        k=5,
        k_comments=10,
        k_distribution=10,
        management=("executive", "middle manager", "frontline manager or supervisor"),
        invited={"management": 20, "staff": 40, "customer": 120},
        weighting={},
    )
    return replace(frozen, **changes)


def instrument() -> t.InstrumentInfo:
    scale = draft()["scale"]
    return t.InstrumentInfo(
        "paired-culture",
        "draft-2",
        "Paired culture assessment",
        "en",
        scale["points"],
        tuple(scale["labels"]),
        scale["dont_know"],
        draft()["lead_in"]["inside"],
        draft()["lead_in"]["customer"],
    )


def blocks() -> tuple[t.BlockResult, ...]:
    row = reference()["employee_block"]
    groups = {"inside": estimate(39, row["all_inside"]["mean"]), "staff": estimate(21, row["staff"]["mean"])}
    wordings = {entry["id"]: entry["inside"] for entry in draft()["employee_block"]}
    figures = item({"n": 39, "fav": 100 * 20 / 39, "unfav": 100 * 8 / 39, "mean100": 58.0, "dk_pct": 2.5})
    items = {code: {"inside": figures} for code in wordings}
    return (t.BlockResult("EE", "Employee block", "How people are treated inside.", groups, items, wordings),)


def recommendations() -> tuple[t.Recommendation, ...]:
    found = []
    for code, audience, key in (("NPS", "customer", "NPS_customers"), ("ENPS", "inside", "ENPS_inside")):
        row = reference()[key]
        passives = row["n"] - row["promoters"] - row["detractors"]
        counts = (row["n"], row["promoters"], passives, row["detractors"])
        found.append(t.Recommendation(code, audience, *counts, row["nps"], t.Range(*row["adj_ci"])))
    return tuple(found)


def mindset_behaviour() -> t.MindsetBehaviour:
    row = reference()["mindset_behaviour_gap"]
    sides = {"management": "management", "customers": "customer"}
    mindset = {sides[s]: estimate(v["n"], v["mean"], v["sd"]) for s, v in row["mindset"].items()}
    behaviour = {sides[s]: estimate(v["n"], v["mean"], v["sd"]) for s, v in row["behaviour"].items()}
    difference = {"management": estimate(18, 0.1, 8.0), "customer": estimate(41, -5.3, 8.0)}
    return t.MindsetBehaviour(mindset, behaviour, difference, False)


def breakdowns() -> tuple[t.Breakdown, ...]:
    shown = {"customer service or success": (9, 61.0), "marketing": (6, 68.0), "sales": (11, 74.0)}
    cells = [_cell(value, n, mean) for value, (n, mean) in shown.items()]
    cells.append(t.BreakdownCell("HR", None, Reason.FEW, {}, {}))
    return (t.Breakdown("function", "inside", tuple(cells)),)


def _cell(value: str, n: int, mean: float) -> t.BreakdownCell:
    scores = {code: estimate(n, mean + 2 * place) for place, code in enumerate(INDICES)}
    return t.BreakdownCell(value, n, None, scores, {"CC4": estimate(n, mean)})


def drivers() -> tuple[t.Driver, ...]:
    return tuple(t.Driver(code, 0.15 if INDICES[code][2] else 0.10) for code in INDICES)


def priorities(indices: tuple[t.IndexResult, ...]) -> tuple[t.Priority, ...]:
    found = []
    for result in indices:
        customer, gap = result.groups["customer"].mean, result.gap
        missing = gap.difference if gap.state == "clear gap" else 0.0
        weight = 0.15 if result.emphasised else 0.10
        value = weight * (max(0.0, 80 - customer) + max(0.0, missing)) / 2
        found.append(t.Priority(result.code, value, gap.class_ == "blind spot"))
    return tuple(sorted(found, key=lambda priority: -priority.value))
