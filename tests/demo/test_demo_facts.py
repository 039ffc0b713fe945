"""What the demo promises to show, asserted through the real scoring functions."""

import numpy as np
import pytest

from cultureassess.scoring.agreement import within_group
from cultureassess.scoring.drivers import Standing, key_drivers
from cultureassess.scoring.recommendation import from_answers
from cultureassess.scoring.reliability import reliability
from cultureassess.scoring.scores import Scores
from cultureassess.scoring.waves import Group, change_of_gap, independent_change, moved
from cultureassess.services.demo.profile import SEED

from .measured import INDICES, INSTRUMENT, judged, share_highly, wave

YEARS = pytest.mark.parametrize("year", ["last", "this"])
SEEDS = pytest.mark.parametrize("seed", [SEED, 0, 1, 2, 3])


def group(tally):
    return Group(tally.mean, tally.se, tally.n - 1)


@SEEDS
def test_this_year_shows_every_state_and_six_classes(seed):
    found = {
        index: (one.verdict.state.value, one.verdict.perception.value)
        for index, one in judged("this", seed).items()
    }

    assert found == {
        "EO": ("clear gap", "blind spot"),
        "CF": ("clear gap", "blind spot"),
        "IN": ("clear gap", "overstated strength"),
        "CM": ("clear gap", "hidden strength"),
        "SB": ("small gap", "mixed"),
        "CI": ("small gap", "shared weakness"),
        "RG": ("aligned", "shared strength"),
        "CO": ("inconclusive", "shared weakness"),
    }


@SEEDS
def test_the_blind_spot_has_grown_since_last_year(seed):
    last, this = judged("last", seed)["EO"], judged("this", seed)["EO"]

    change = change_of_gap(
        inside_before=group(last.management),
        outside_before=group(last.customers),
        inside_after=group(this.management),
        outside_after=group(this.customers),
    )

    assert last.verdict.perception == this.verdict.perception == "blind spot"
    assert change.change >= 8
    assert change.interval.low > 0


def test_of_all_gaps_only_the_blind_spot_has_moved():
    changes = {
        index: judged("this")[index].test.difference - judged("last")[index].test.difference
        for index in INDICES
    }

    assert [index for index, change in changes.items() if abs(change) >= 5] == ["EO"]


def test_managers_have_become_surer_while_customers_have_turned_away():
    last, this = judged("last")["EO"], judged("this")["EO"]

    assert this.management.mean - last.management.mean >= 5
    assert this.customers.mean - last.customers.mean <= -5
    assert moved(
        this.customers.mean - last.customers.mean, p_holm=8 * welch_p(last.customers, this.customers)
    )


def welch_p(before, after):

    return independent_change(group(before), group(after)).p


@SEEDS
def test_customers_are_kinder_on_the_hidden_strength(seed):
    commitment = judged("this", seed)["CM"]

    assert commitment.test.difference <= -10
    assert commitment.customers.mean >= 65


@SEEDS
@YEARS
def test_cannot_tell_because_managers_are_in_two_camps(year, seed):
    inside, _ = wave(year, seed)
    agreement = {
        index: within_group(inside.points("management", index), scale_points=5).rwg_j for index in INDICES
    }

    assert judged(year, seed)["CO"].verdict.provisional
    assert [index for index, value in agreement.items() if value < 0.50] == ["CO"]


@YEARS
def test_customers_items_move_together(year):
    _, outside = wave(year)
    alphas = {index: reliability(outside.points("customer", index)).alpha for index in INDICES}

    assert all(0.70 <= alpha <= 0.85 for alpha in alphas.values()), alphas


@YEARS
def test_the_headline_is_the_pattern_everybody_knows(year):
    inside, outside = wave(year)

    assert share_highly(inside.outcome("OV1", "management")) == pytest.approx(70, abs=3)
    assert inside.outcome("OV2", "management").mean() == pytest.approx(60, abs=2)
    assert 20 <= share_highly(outside.outcome("OV1", "customer")) <= 25


@YEARS
def test_a_few_answers_are_careless_and_none_too_short(year):
    inside, outside = wave(year)

    assert inside.flags.excluded[inside.answers.audience == 1].mean() == pytest.approx(0.017, abs=0.005)
    assert outside.flags.excluded[outside.answers.audience == 0].mean() == pytest.approx(0.017, abs=0.005)
    assert len(inside.members("management").nonzero()[0]) == 45
    assert inside.usable.all()
    assert outside.usable.all()


@SEEDS
@YEARS
def test_the_further_up_the_rosier(year, seed):
    inside, outside = wave(year, seed)
    ladder = ["executive", "middle manager", "frontline manager or supervisor"]
    levels = [inside.headline("management", role=role) for role in ladder]
    levels += [inside.headline("staff"), outside.headline("customer")]

    assert levels == sorted(levels, reverse=True)


@SEEDS
def test_staff_stand_between_managers_and_customers(seed):
    inside, _ = wave("this", seed)
    for index, one in judged("this", seed).items():
        ends = sorted([one.management.mean, one.customers.mean])
        assert ends[0] - 1 <= inside.tally(index, "staff").mean <= ends[1] + 1, index


@SEEDS
def test_staff_in_daily_contact_are_nearest_to_customers(seed):
    inside, outside = wave("this", seed)
    distance = {
        contact: abs(inside.tally("EO", "staff", contact=contact).mean - outside.tally("EO", "customer").mean)
        for contact in ("daily", "weekly", "less often", "never")
    }

    assert min(distance, key=distance.get) == "daily"
    assert distance["weekly"] < distance["never"]


@YEARS
def test_small_businesses_are_the_least_content(year):
    _, outside = wave(year)
    levels = [
        outside.headline("customer", segment=segment)
        for segment in ("Large customers", "Regional business", "Small business")
    ]

    assert levels == sorted(levels, reverse=True)
    assert all(
        outside.members("customer", segment=s).sum() >= 30 for s in outside.answers.segments["segment"].values
    )


@YEARS
def test_key_drivers_can_be_derived_and_being_understood_leads(year):
    _, outside = wave(year)
    members = outside.members("customer")
    outcome = Scores.of(np.where(members, outside.answers.outcomes[:, 0], np.nan).astype(float))
    drivers = key_drivers(outcome, [outside.index(index) for index in INDICES], seed=1)

    assert drivers.standing is Standing.FIRM
    assert drivers.n >= 200
    assert INDICES[[driver.rank for driver in drivers.drivers].index(1)] == "EO"
    assert 0.3 < drivers.r2 < 0.8


def test_recommendations_follow_the_same_pattern():
    inside, outside = wave("this")

    def score(side, outcome, audience):
        return from_answers(side.outcome(outcome, audience)).score

    assert score(outside, "NPS", "customer") < 0 < score(inside, "ENPS", "management")


def test_one_statement_is_hard_to_see_for_customers_and_none_drops_out():
    _, outside = wave("this")
    points = outside.answers.points[outside.members("customer")]
    shares = {
        item.id: (points[:, INSTRUMENT.position[item.id]] == 20).sum()
        / (points[:, INSTRUMENT.position[item.id]] > 0).sum()
        for item in INSTRUMENT.items
        if item.paired
    }

    assert [item for item, share in shares.items() if share >= 0.30] == ["CM2"]
    assert max(shares.values()) < 0.5
