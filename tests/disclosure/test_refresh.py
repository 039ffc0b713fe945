import pytest

from cultureassess.disclosure.refresh import Refusal, refusal

from .cases import K, cases

WHY = {
    "RF1": Refusal.ADDED,
    "RF2": None,
    "RF3": Refusal.ADDED,
    "RF4": Refusal.REMOVED,
    "RF5": None,
    "RF6": Refusal.ADDED,
    "RF7": Refusal.UNION,
}


@pytest.mark.parametrize("case", cases("refresh"))
def test_a_second_publication_is_judged_as_in_the_reference(case):
    found = refusal(case["before"], case["after"], K)
    assert (found is None) is case["expect_ok"]
    assert found is WHY[case["id"]]


def test_the_same_results_may_be_published_again():
    cells = {"all": range(20), "Sales": range(7)}
    assert refusal(cells, cells, 5) is None


def test_a_new_cell_may_appear_if_the_union_stays_safe():
    assert refusal({"all": range(20)}, {"all": range(20), "Sales": range(8)}, 5) is None
    assert refusal({"all": range(20)}, {"all": range(20), "Sales": range(17)}, 5) is Refusal.UNION


def test_a_batch_of_five_is_too_small_for_a_higher_k():
    assert refusal({"all": range(20)}, {"all": range(25)}, 5) is None
    assert refusal({"all": range(20)}, {"all": range(25)}, 6) is Refusal.ADDED
