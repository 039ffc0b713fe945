"""Answers to gaps: the personality data of c06 and the demonstration of c17."""

import json

import numpy as np
import pytest

from cultureassess.scoring.careless import careless_flags, usable
from cultureassess.scoring.describe import estimate
from cultureassess.scoring.gaps import gap, hedges_g
from cultureassess.scoring.indices import (
    composite_scores,
    index_scores,
    indices_needed,
    within_difference,
)
from cultureassess.scoring.items import item_counts
from cultureassess.scoring.levels import LEVELS, overall_placement
from cultureassess.scoring.multiplicity import benjamini_hochberg, holm
from cultureassess.scoring.proportions import newcombe, wilson
from cultureassess.scoring.recommendation import from_answers
from cultureassess.scoring.verdicts import talk_ahead_of_action, verdict
from tests.scoring.reference import FOLDER, column, expected, near, points, rows
from tests.scoring.test_gaps import check_two_groups

SCALES = {
    "agree": ("A1 A2 A3 A4 A5", {"A1"}),
    "conscientious": ("C1 C2 C3 C4 C5", {"C4", "C5"}),
    "extraversion": ("E1 E2 E3 E4 E5", {"E1", "E2"}),
    "neuroticism": ("N1 N2 N3 N4 N5", set()),
    "openness": ("O1 O2 O3 O4 O5", {"O2", "O5"}),
}


def bfi_groups(scale):
    """Men and women on one scale of six-point items, some of them reversed."""
    items, reverse = SCALES[scale][0].split(), SCALES[scale][1]
    answers = points(rows("c01_bfi.csv"), items)
    scores = index_scores(answers, scale_points=6, reverse=[item in reverse for item in items])
    table = scores.table(column("c01_bfi.csv", "gender").astype(int) - 1, 2)
    return [scores.tally_of(row) for row in table]


@pytest.mark.parametrize("scale", SCALES)
def test_five_scales_give_the_reference_gaps_c06(scale):
    check_two_groups(*bfi_groups(scale), expected("c06_gap_bfi")[scale])


def test_the_family_of_five_is_adjusted_c06():
    wanted = expected("c06_gap_bfi")
    p_values = [gap(management=a, customers=b).test.p for a, b in map(bfi_groups, SCALES)]
    assert holm(p_values) == near([wanted[scale]["p_holm"] for scale in SCALES])
    assert benjamini_hochberg(p_values) == near([wanted[scale]["p_bh"] for scale in SCALES])


def test_many_answers_do_not_create_alarms_c06():
    """All five survive Holm, yet all are below ten points."""
    found = [gap(management=a, customers=b) for a, b in map(bfi_groups, SCALES)]
    adjusted = holm([each.test.p for each in found])
    verdicts = [
        verdict(management=each.difference, customers=0, low=low, high=high, p_holm=p)
        for each, p in zip(found, adjusted, strict=True)
        for low, high in [each.test.interval]
    ]
    assert [each.state for each in verdicts] == ["small gap"] * 5


DRAFT = json.loads((FOLDER.parent / "draft.json").read_text(encoding="utf-8"))
PAIRED = [item["id"] for item in DRAFT["items"] if item["paired"]]
INSIDE = [item["id"] for item in DRAFT["items"]] + [f"EE{number}" for number in range(1, 6)]
WANTED = expected("c17_demo_full")


class Demo:
    """One side of the demonstration after exclusion, in the groups that c17 names."""

    def __init__(self, file, items):
        raw = rows(file)
        answers = points(raw, items)
        seconds = np.array([float(row["seconds"] or "nan") for row in raw])
        self.flags = careless_flags(answers, seconds)
        kept = usable(answers) & ~self.flags.excluded
        self.excluded = [row["rid"] for row, out in zip(raw, self.flags.excluded, strict=True) if out]
        self.rows = [row for row, keep in zip(raw, kept, strict=True) if keep]

    def members(self, group):
        leaders = {"executive", "middle manager", "frontline manager or supervisor"}
        member = {
            "management": lambda row: row["role"] in leaders,
            "staff": lambda row: row["role"] not in leaders,
            "all_inside": lambda row: True,
            "customers": lambda row: row["type"] == "customer",
        }[group]
        return np.array([member(row) for row in self.rows])

    def scores(self, items):
        return index_scores(points(self.rows, items), scale_points=5)

    def outcome(self, name):
        return np.array([int(row[name] or -1) for row in self.rows])


@pytest.fixture(scope="module")
def inside():
    return Demo("c17_demo_inside.csv", INSIDE)


@pytest.fixture(scope="module")
def outside():
    return Demo("c17_demo_customers.csv", PAIRED)


@pytest.fixture
def sides(inside, outside):
    """Group name -> the side it is on."""
    return {"management": inside, "staff": inside, "all_inside": inside, "customers": outside}


def items_of(index, *, paired):
    return [
        item["id"] for item in DRAFT["items"] if item["index"] == index and (item["paired"] or not paired)
    ]


def index_gap(inside, outside, index):
    items = items_of(index, paired=True)
    return gap(
        management=inside.scores(items).tally(inside.members("management")),
        customers=outside.scores(items).tally(outside.members("customers")),
    )


def composite(side, code):
    return composite_scores([side.scores(items_of(i, paired=True)) for i in DRAFT["composites"][code]])


def check_groups(scores_on, wanted, sides):
    for name, numbers in wanted.items():
        found = estimate(scores_on(sides[name]).tally(sides[name].members(name)))
        assert (found.n, found.mean, found.sd) == near((numbers["n"], numbers["mean"], numbers["sd"])), name


def check_gap(found, wanted):
    test = found.test
    assert (test.difference, test.t, test.df, test.p) == near(
        [wanted[key] for key in ("diff", "t", "df", "p")]
    )
    assert test.interval == near(wanted["ci95"])
    assert (found.hedges_g, found.dominance.delta) == near((wanted["g"], wanted["cliff"]))


def test_careless_answers_of_the_demo_c17(inside, outside):
    for side, name in ((inside, "inside"), (outside, "customers")):
        wanted = WANTED["quality"][name]
        assert len(side.flags.straight) == wanted["n_raw"]
        assert side.flags.straight.sum() == wanted["straight"]
        assert side.flags.fast.sum() == wanted["fast"]
        assert side.excluded == wanted["excluded"]


@pytest.mark.parametrize("index", DRAFT["indices"])
def test_index_gaps_of_the_demo_c17(inside, outside, index):
    check_gap(index_gap(inside, outside, index), WANTED["gap"][index])


def test_verdicts_and_levels_of_the_demo_c17(inside, outside):
    found = {index: index_gap(inside, outside, index) for index in DRAFT["indices"]}
    adjusted = holm([found[index].test.p for index in found])
    exploratory = benjamini_hochberg([found[index].test.p for index in found])
    for index, p_holm, p_bh in zip(found, adjusted, exploratory, strict=True):
        wanted, interval = WANTED["gap"][index], found[index].test.interval
        judged = verdict(
            management=wanted["mean_a"],
            customers=wanted["mean_b"],
            low=interval.low,
            high=interval.high,
            p_holm=p_holm,
        )
        assert (p_holm, p_bh) == near((wanted["p_holm"], wanted["p_bh"]))
        assert (judged.state, judged.perception) == (wanted["state"], wanted["class"])
        assert LEVELS.level_of(wanted["mean_a"]) == wanted["level_management"]
        assert LEVELS.level_of(wanted["mean_b"]) == wanted["level_customers"]


@pytest.mark.parametrize("code", DRAFT["composites"])
def test_composites_of_the_demo_c17(sides, code):
    wanted = WANTED["composites"][code]
    groups = {name: wanted[name] for name in ("management", "staff", "customers")}
    check_groups(lambda side: composite(side, code), groups, sides)
    management, customers = (
        composite(sides[name], code).tally(sides[name].members(name)) for name in ("management", "customers")
    )
    check_gap(gap(management=management, customers=customers), wanted["gap"])
    assert LEVELS.level_of(customers.mean) == wanted["level_customers"]
    assert hedges_g(management, customers) == near(wanted["gap"]["g"])


def test_the_overall_level_of_the_demo_is_capped_by_no_index_c17(sides):
    customers = sides["customers"]
    headline = composite(customers, "CC4").tally(customers.members("customers"))
    indices = {index: WANTED["gap"][index]["mean_b"] for index in DRAFT["composites"]["CC4"]}
    place = overall_placement(estimate(headline), indices)
    assert (place.number, place.touched, place.big) == (2, (2, 3), True)
    assert (place.printed, place.capped_by) == ("49.5", None)


def test_all_eight_indices_need_six_scores():
    assert indices_needed(len(DRAFT["composites"]["ALL8"])) == 6


@pytest.mark.parametrize("index", DRAFT["indices"])
def test_full_inside_indices_of_the_demo_c17(sides, index):
    items = items_of(index, paired=False)
    check_groups(lambda side: side.scores(items), WANTED["internal_full_index"][index], sides)


def test_the_employee_block_of_the_demo_c17(sides):
    check_groups(lambda side: side.scores(INSIDE[-5:]), WANTED["employee_block"], sides)


def test_mindset_and_behaviour_of_the_demo_c17(sides):
    tagged = {
        tag: [item["id"] for item in DRAFT["items"] if item["paired"] and item["tag"] == tag]
        for tag in ("mindset", "behaviour")
    }
    for tag, items in tagged.items():
        check_groups(
            lambda side, items=items: side.scores(items), WANTED["mindset_behaviour_gap"][tag], sides
        )
    side = sides["management"]
    mindset, behaviour = (side.scores(tagged[tag]) for tag in ("mindset", "behaviour"))
    difference = within_difference(mindset, behaviour).tally(side.members("management"))
    assert difference.mean == pytest.approx(74.44444444444444 - 74.34551566666667)
    assert talk_ahead_of_action(estimate(difference)) is False


@pytest.mark.parametrize("group", ["management", "customers"])
def test_item_statistics_of_the_demo_c17(sides, group):
    side = sides[group]
    for item, wanted in WANTED[f"items_{group}"].items():
        answers = points(side.rows, [item])[:, 0]
        found = item_counts(answers, scale_points=5, members=side.members(group))
        assert (found.n, found.favourable, found.unfavourable, found.mean, found.dk_share) == near(
            [wanted[key] for key in ("n", "fav", "unfav", "mean100", "dk_pct")]
        )


@pytest.mark.parametrize(
    ("case", "question", "group"),
    [("NPS_customers", "NPS", "customers"), ("ENPS_inside", "ENPS", "all_inside")],
)
def test_recommendation_of_the_demo_c17(sides, case, question, group):
    wanted, side = WANTED[case], sides[group]
    found = from_answers(side.outcome(question), side.members(group))
    assert (found.n, found.promoters, found.detractors) == (
        wanted["n"],
        wanted["promoters"],
        wanted["detractors"],
    )
    assert (found.score, found.se) == near((wanted["nps"], wanted["se"]))
    assert found.interval == near(wanted["adj_ci"])


def test_shares_of_the_demo_c17(sides):
    wanted, counts = WANTED["highly_customer_centric"], {}
    for group in ("management", "customers"):
        answers = sides[group].outcome("OV1")[sides[group].members(group)]
        counts[group] = (int((answers >= 4).sum()), int((answers > 0).sum()))
        assert counts[group] == (wanted[group]["k"], wanted[group]["n"])
        assert [100 * bound for bound in wilson(*counts[group])] == near(wanted[group]["wilson"])
    difference = newcombe(*counts["management"], *counts["customers"])
    assert [100 * bound for bound in difference] == near(wanted["diff_newcombe"])
