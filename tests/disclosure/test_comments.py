import pytest

from cultureassess.disclosure.minimums import Rules
from cultureassess.disclosure.reasons import Reason
from cultureassess.disclosure.suppression import CommentLists, Voices, comment_lists, comments_allowed

from .cases import cases

EVERYBODY = Voices(40, 25)
LARGE = {"Sales": Voices(14, 9), "IT": Voices(14, 8), "Ops": Voices(12, 8)}
ONE_SMALL = {"Sales": Voices(16, 9), "IT": Voices(6, 6), "Ops": Voices(18, 10)}


@pytest.mark.parametrize("case", cases("comments"))
def test_comment_lists_are_judged_as_in_the_reference(case):
    assert comments_allowed(case["cells"], case["levels"], case["hidden"]) is case["expect_ok"]


def test_two_breakdown_levels_are_refused():
    assert not comments_allowed({"Sales": 14, "under 1 year": 12}, ["function", "tenure"], [])


def test_the_number_of_respondents_counts_as_set_by_the_wave():
    assert comments_allowed({"all": 12}, ["overall"], [])
    assert not comments_allowed({"all": 12}, ["overall"], [], Rules(k_comments=15))


def test_all_lists_are_shown_if_every_group_is_large_enough():
    assert comment_lists(EVERYBODY, LARGE) == CommentLists(
        overall=True, shown=("Sales", "IT", "Ops"), withheld={}
    )


def test_one_small_group_leaves_the_overall_list_alone():
    withheld = {"IT": Reason.THIN, "Sales": Reason.PROTECTS, "Ops": Reason.PROTECTS}
    assert comment_lists(EVERYBODY, ONE_SMALL) == CommentLists(overall=True, shown=(), withheld=withheld)


def test_the_groups_may_be_preferred_and_then_the_overall_list_goes():
    chosen = comment_lists(EVERYBODY, ONE_SMALL, prefer_cells=True)
    assert chosen == CommentLists(overall=False, shown=("Sales", "Ops"), withheld={"IT": Reason.THIN})


def test_people_in_no_group_are_a_hidden_group():
    chosen = comment_lists(Voices(42, 27), LARGE)
    assert chosen.overall
    assert chosen.shown == ()


def test_four_comments_make_no_list():
    assert comment_lists(Voices(40, 4), {}) == CommentLists(overall=False, shown=(), withheld={})
    assert comment_lists(Voices(40, 5), {}) == CommentLists(overall=True, shown=(), withheld={})


def test_a_group_below_k_and_an_empty_one_look_the_same():
    groups = {"Sales": Voices(14, 9), "Legal": Voices(0, 0), "HR": Voices(3, 3)}
    withheld = comment_lists(Voices(17, 12), groups).withheld
    assert (withheld["Legal"], withheld["HR"]) == (Reason.FEW, Reason.FEW)
