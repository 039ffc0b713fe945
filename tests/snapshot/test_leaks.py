"""Nobody may learn about fewer than five people, from all figures of a snapshot together (METHOD 4.3).

The setting is the most ordinary one: three managers, thirty employees, sixty customers. Whatever is shown
of all insiders must not be shown of the employees as well.
"""

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from cultureassess.disclosure.reasons import Reason
from cultureassess.snapshot.build import build_snapshot
from cultureassess.snapshot.fingerprint import fingerprint, key_from
from cultureassess.snapshot.types import Estimate
from tests.snapshot.waves import (
    INSTRUMENT,
    SETTINGS,
    cannot_judge,
    inside,
    outside,
    snapshot,
    with_comments,
    with_points,
    with_segment,
)

INVITED = {"management": 3, "staff": 35, "customer": 100}


@pytest.fixture(scope="module")
def small():
    """Three managers beside thirty employees, with everything that a wave can have."""
    own = with_segment(inside(3, 30), "function", ["sales", "finance"], [0] * 13 + [1] * 20)
    own = with_comments(with_comments(own, "IO1", "management", 3), "IO1", "staff", 20)
    return snapshot(own, outside(60), invited=INVITED)


def groups(tree, name):
    """Every value that stands under the name of a group, or in an object that names it, anywhere."""
    if isinstance(tree, dict):
        if name in tree:
            yield tree[name]
        if name in (tree.get("audience"), tree.get("upper"), tree.get("lower")):
            yield tree
        for branch in tree.values():
            yield from groups(branch, name)
    elif isinstance(tree, (list, tuple)):
        for branch in tree:
            yield from groups(branch, name)


def numbers(tree):
    """Every number of a figure, but for those that everybody knows: who was invited."""
    if isinstance(tree, dict):
        known = ("invited", "comments")
        return [n for field, branch in tree.items() if field not in known for n in numbers(branch)]
    if isinstance(tree, (list, tuple)):
        return [n for branch in tree for n in numbers(branch)]
    return [tree] if isinstance(tree, (int, float)) and not isinstance(tree, bool) else []


def figures_of(result, group):
    tree = msgspec.to_builtins(result)
    del tree["wave"]
    return [n for found in groups(tree, group) for n in numbers(found)]


def test_all_insiders_are_shown(small):
    assert small.index("CF").groups["inside"].n == 33
    assert small.blocks[0].groups["inside"].shown
    assert small.recommendations[-1].n == 33
    assert figures_of(small, "customer") != []


def test_no_figure_of_three_managers_is_shown(small):
    assert figures_of(small, "management") == []


def test_no_figure_of_the_employees_is_shown_beside_that_of_all_insiders(small):
    assert figures_of(small, "staff") == []
    assert small.index("CF").groups["staff"].withheld is Reason.PROTECTS
    assert small.index("CF").full["staff"].withheld is Reason.PROTECTS
    assert {p.groups["staff"].withheld for p in small.pairs} == {Reason.PROTECTS}
    assert {f["staff"].withheld for f in small.blocks[0].items.values()} == {Reason.PROTECTS}


def test_the_number_of_managers_cannot_be_counted_from_those_of_the_side(small):
    coverage = {c.audience: c for c in small.coverage}
    assert (coverage["staff"].usable, coverage["staff"].withheld) == (None, Reason.PROTECTS)
    assert next(c for c in small.careless if c.side == "inside").answered is None


def test_no_verdict_no_level_and_no_priority_rests_on_three_managers(small):
    assert small.family_size == 0
    assert {(i.gap.state, i.gap.class_, i.gap.difference) for i in small.indices} == {(None, None, None)}
    assert {i.agreement for i in small.indices} == {None}
    assert small.overall["management"].number is None
    assert small.mindset_behaviour.talk_ahead is None
    assert (small.headline.calibration, small.headline.tipping.share) == (None, None)
    assert small.detectable is None


def test_comments_of_insiders_stand_in_one_list(small):
    assert {c.audience for c in small.comments} <= {"inside", "customer", "partner"}


def test_a_role_that_is_the_only_one_beside_a_small_one_is_withheld():
    own = with_segment(inside(8, 30), "role", ["lead", "top", "team"], [0] * 6 + [1] * 2 + [2] * 30)
    result = snapshot(own, outside(60))
    cells = {c.value: c.withheld for b in result.breakdowns if b.attribute == "role" for c in b.cells}
    assert cells["top"] is Reason.FEW
    assert cells["lead"] is Reason.PROTECTS
    assert result.index("CF").groups["management"].shown


def test_a_measure_with_fewer_answers_hides_more_than_the_others():
    own = inside(6, 30)
    outcomes = own.outcomes.copy()
    outcomes[:2, 0] = -1
    shares = snapshot(replace(own, outcomes=outcomes), outside(60)).headline.groups
    assert (shares["management"].withheld, shares["staff"].withheld) == (Reason.FEW, Reason.PROTECTS)
    assert shares["inside"].shown


def test_an_item_with_few_answers_hides_the_other_items_of_its_index():
    result = snapshot(cannot_judge(inside(8, 30), "CF1", slice(5)), outside(60))
    shown = {p.id: p.groups["management"].withheld for p in result.pairs if p.index == "CF"}
    assert shown == {
        "CF1": Reason.FEW,
        "CF2": Reason.PROTECTS,
        "CF3": Reason.PROTECTS,
        "CF4": Reason.PROTECTS,
    }
    assert result.index("CF").groups["management"].shown


def test_a_full_index_does_not_tell_what_two_managers_said_on_its_inside_item():
    result = snapshot(cannot_judge(inside(8, 30), "CF4", slice(6)), outside(60))
    cf = result.index("CF")
    assert cf.groups["management"].shown
    assert cf.full["management"].withheld is Reason.PROTECTS
    assert cf.full["staff"].withheld is Reason.PROTECTS
    assert cf.full["inside"].shown


def test_a_group_of_one_mind_cannot_be_calculated_from_the_others():
    own = inside(10, 30)
    for item in INSTRUMENT.items_of("CF"):
        own = with_points(own, item.id, 4, slice(10))
    cf = snapshot(own, outside(60)).index("CF")
    assert cf.groups["management"].withheld is Reason.PROTECTS
    assert cf.groups["inside"].shown
    assert not cf.groups["staff"].shown


def test_what_four_customers_can_judge_is_told_nowhere():
    customers = cannot_judge(outside(4), "CF1")
    result = snapshot(inside(20, 40), customers)
    cf1 = next(p for p in result.pairs if p.id == "CF1")
    assert (cf1.used, cf1.hard_to_see, result.index("CF").dropped) == (True, False, ())
    assert figures_of(result, "customer") == []


def test_four_partners_beside_many_customers_are_not_counted():
    result = snapshot(inside(20, 40), outside(60, 4))
    assert figures_of(result, "partner") == []
    assert next(c for c in result.careless if c.side == "outside").answered is None


def test_customers_of_two_accounts_are_withheld_everywhere():
    customers = replace(outside(40), account=np.arange(40) % 2)
    result = snapshot(inside(20, 40), customers, accounts=True)
    assert {i.groups["customer"].withheld for i in result.indices} == {Reason.ACCOUNTS}
    assert {p.groups["customer"].withheld for p in result.pairs if p.customer} == {Reason.ACCOUNTS}
    assert next(r for r in result.recommendations if r.audience == "customer").withheld is Reason.ACCOUNTS
    assert figures_of(result, "customer") == []


def test_a_group_of_one_mind_looks_like_one_that_protects_another():
    """ "All alike" would tell each of six managers what the other five said."""
    alike = inside(6, 30)
    for item in INSTRUMENT.items_of("CF"):
        alike = with_points(alike, item.id, 4, slice(6))
    result = snapshot(alike, outside(60))
    assert result.index("CF").groups["management"] == Estimate(withheld=Reason.PROTECTS)
    assert {p.groups["management"].withheld for p in result.pairs if p.index == "CF"} == {Reason.PROTECTS}
    assert "uniform" not in msgspec.json.encode(result).decode()
    assert "uniform" not in {reason.value for reason in Reason}


# The fingerprint


def test_without_the_key_nobody_can_try_out_what_a_withheld_customer_answered():
    """Whoever knows everything but one customer's three answers has 7^3 guesses, and no way to check one."""
    secret = key_from("a secret of at least thirty-two characters")
    published = snapshot_with_key(outside(1), secret).fingerprint
    guesses = {fingerprint(INSTRUMENT, (inside(20), outside(1)), SETTINGS, key) for key in (b"", bytes(32))}
    assert published not in guesses
    assert fingerprint(INSTRUMENT, (inside(20), outside(1)), SETTINGS, secret) == published


def test_nothing_drawn_at_random_hangs_on_what_is_withheld():
    """A bootstrap interval that was seeded from all answers would tell of those that are not shown."""
    other = with_points(outside(40, 4), "CF1", 1, slice(40, 44))
    one, two = (snapshot(inside(12, 30), answers) for answers in (outside(40, 4), other))
    assert one.fingerprint != two.fingerprint
    assert any(index.gap.bootstrap for index in one.indices)
    assert [index.gap for index in one.indices] == [index.gap for index in two.indices]


def snapshot_with_key(customers, key):
    return build_snapshot(INSTRUMENT, inside(20), customers, SETTINGS, key)
