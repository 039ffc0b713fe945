"""Waves that nobody would call a wave, and instruments unlike ours: the snapshot still stands."""

from pathlib import Path

import numpy as np
import pytest

from cultureassess.disclosure.reasons import Reason
from cultureassess.instruments.loading import load
from cultureassess.instruments.types import Side
from cultureassess.snapshot.document import from_json, to_json
from tests.snapshot.waves import cannot_judge, inside, outside, side, snapshot, with_points, with_segment

PULSE = load(Path(__file__).parents[1] / "fixtures" / "instruments" / "service_pulse_7.toml")


@pytest.mark.parametrize(
    ("insiders", "customers"),
    [
        ((0, 0), (0, 0)),
        ((0, 0), (40, 0)),
        ((20, 40), (0, 0)),
        ((1, 0), (1, 0)),
        ((0, 40), (40, 0)),
        ((20, 0), (0, 9)),
    ],
)
def test_a_wave_with_empty_groups_can_be_written_and_read_back(insiders, customers):
    result = snapshot(inside(*insiders), outside(*customers))
    assert from_json(to_json(result)) == result


def test_one_respondent_shows_nothing():
    result = snapshot(inside(1), outside(1))
    shown = [e for i in result.indices for e in (*i.groups.values(), *i.full.values()) if e.shown]
    assert shown == []
    assert {c.withheld for c in result.coverage} == {Reason.FEW}
    assert result.family_size == 0


def test_without_customers_the_insiders_see_themselves_only():
    result = snapshot(inside(20, 40), outside())
    cf = result.index("CF")
    assert cf.groups["management"].shown
    assert cf.gap.difference is None
    assert result.synergy.own_view
    assert result.overall["management"].number is not None
    assert result.overall["customer"].number is None


def test_when_all_answer_alike_no_mean_is_told():
    alike = [with_all(answers, 4) for answers in (inside(20, 40), outside(60))]
    result = snapshot(*alike)
    assert {e.withheld for i in result.indices for g, e in i.groups.items() if g != "partner"} == {
        Reason.PROTECTS
    }
    assert {g.mean for p in result.pairs for g in p.groups.values()} == {None}


def with_all(answers, point):
    from dataclasses import replace

    return replace(answers, points=np.where(answers.points > 0, point, 0).astype(np.uint8))


def test_when_nobody_can_judge_anything_nothing_is_computed():
    from dataclasses import replace

    blank = [
        replace(a, points=np.where(a.points > 0, 20, 0).astype(np.uint8))
        for a in (inside(20, 40), outside(60))
    ]
    result = snapshot(*blank)
    assert all(not pair.used for pair in result.pairs if pair.customer)
    assert [i.code for i in result.indices if any(e.shown for e in i.groups.values())] == []
    assert result.family_size == 0


def test_a_segment_value_with_nobody_looks_like_one_with_four():
    values, codes = ["north", "south", "east", "west"], [0] * 30 + [1] * 26 + [2] * 4
    result = snapshot(inside(20, 40), with_segment(outside(60), "segment", values, codes))
    cells = {c.value: c for b in result.breakdowns if b.attribute == "segment" for c in b.cells}
    assert cells["east"] == type(cells["east"])("east", None, Reason.FEW, {}, {})
    assert cells["west"] == type(cells["west"])("west", None, Reason.FEW, {}, {})


def test_five_to_nine_answers_give_two_means_and_a_nominal_width():
    cf = snapshot(inside(8, 40), outside(60)).index("CF")
    management = cf.groups["management"]
    assert management.n == 8
    assert (management.sd, management.interval) == (None, None)
    assert management.nominal == pytest.approx(16.7, abs=0.05)
    assert cf.gap.difference == pytest.approx(management.mean - cf.groups["customer"].mean)
    assert (cf.gap.interval, cf.gap.state, cf.gap.class_, cf.gap.hedges_g) == (None, None, None, None)
    assert cf.levels["management"].number is None


# The don't-know rule (METHOD 2.5; 2.0, step 7)


def half_unseen(items, customers=60):
    answers = outside(customers)
    for item in items:
        answers = cannot_judge(answers, item, slice(customers // 2))
    return snapshot(inside(20, 40), answers)


def test_an_item_that_half_of_the_customers_cannot_judge_leaves_both_sides():
    result = half_unseen(["CF1"])
    cf = result.index("CF")
    assert (cf.items, cf.dropped, cf.single) == (("CF2", "CF3"), ("CF1",), False)
    answers = inside(20, 40).points[:20]
    kept = (answers[:, [1, 2]].astype(float) - 1) * 25
    assert cf.groups["management"].mean == pytest.approx(kept.mean())


def test_an_index_left_with_one_item_has_a_state_and_no_class():
    cf = half_unseen(["CF1", "CF2"]).index("CF")
    assert (cf.items, cf.single) == (("CF3",), True)
    assert cf.gap.state is not None
    assert cf.gap.class_ is None


def test_an_index_left_with_no_item_is_not_in_the_family():
    result = half_unseen(["CF1", "CF2", "CF3"])
    cf = result.index("CF")
    assert (cf.items, cf.gap.difference, cf.single) == ((), None, False)
    assert cf.full["management"].shown
    assert result.family_size == 7


def test_just_under_half_keeps_the_item():
    result = snapshot(inside(20, 40), cannot_judge(outside(61), "CF1", slice(30)))
    pair = next(p for p in result.pairs if p.id == "CF1")
    assert (pair.used, pair.hard_to_see) == (True, True)


# Another instrument: seven points, reversed items, other indices


def test_a_reversed_item_of_seven_points_is_turned_round():
    ours = side(Side.INSIDE, 12, 12, instrument=PULSE)
    theirs = side(Side.OUTSIDE, 30, instrument=PULSE)
    for item, point in (("SP1", 7), ("SP2", 1)):
        theirs = with_points(theirs, item, point, slice(29), PULSE)
        theirs = with_points(theirs, item, 4, slice(29, 30), PULSE)
    result = snapshot(ours, theirs, PULSE)
    assert result.index("SP").groups["customer"].mean == pytest.approx((29 * 100 + 50) / 30)
    assert result.instrument.scale_points == 7
    assert from_json(to_json(result)) == result


def test_an_instrument_without_outcomes_and_blocks_has_neither():
    result = snapshot(
        side(Side.INSIDE, 12, 12, instrument=PULSE), side(Side.OUTSIDE, 30, instrument=PULSE), PULSE
    )
    assert (result.blocks, result.recommendations, result.synergy) == ((), (), None)
    assert result.headline.outcome is None
    assert result.importance.source == "framework"


# Accounts


def test_declared_accounts_take_over_the_standard_error():
    from dataclasses import replace

    customers = replace(outside(60), account=np.arange(60) // 4)
    plain, declared = (snapshot(inside(20, 40), customers, accounts=a).index("CF").gap for a in (False, True))
    assert (plain.errors, declared.errors) == ("respondents", "accounts")
    assert plain.difference == pytest.approx(declared.difference)
    assert plain.interval != declared.interval


def test_reliability_of_a_shown_index_is_never_withheld_as_of_fewer_than_five():
    """34 managers have the index; 5 could not judge one of its items: 29 are complete, too few for alpha."""
    managers = inside(34, 40)
    for row, item in enumerate(("CF1", "CF2", "CF3", "CF1", "CF2")):
        managers = cannot_judge(managers, item, slice(row, row + 1))
    cf = snapshot(managers, outside(60)).index("CF")
    reasons = {one.audience: one.withheld for one in cf.reliability}
    assert cf.groups["management"].n == 34
    assert reasons["management"] is Reason.THIN
    assert reasons["customer"] is None
