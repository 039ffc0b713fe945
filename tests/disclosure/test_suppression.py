import pytest

from cultureassess.disclosure.suppression import (
    DIRECT,
    Homogeneity,
    homogeneity,
    matched_allowed,
    one_way,
    roll_up,
    weightings_allowed,
    with_direct_reports,
)

from .cases import K, cases


@pytest.mark.parametrize("case", cases("one_way"))
def test_one_breakdown_is_suppressed_as_in_the_reference(case):
    verdict = one_way(case["cells"], case.get("k", K))
    found = {
        "visible": sorted(verdict.visible),
        "primary": sorted(verdict.primary),
        "complementary": sorted(verdict.complementary),
    }
    assert found == case["expect"]


def test_the_order_in_which_cells_are_given_decides_nothing():
    cells = {"A": 3, "B": 7, "C": 7, "D": 20}
    backwards = dict(reversed(cells.items()))
    assert set(one_way(cells, 5).visible) == set(one_way(backwards, 5).visible) == {"C", "D"}


def test_people_in_no_cell_are_protected_like_a_hidden_cell():
    assert one_way({"A": 7, "B": 9}, 5).visible == ("A", "B")
    assert one_way({"A": 7, "B": 9}, 5, unshown=3).visible == ("B",)
    assert one_way({"A": 7, "B": 9}, 5, unshown=5).visible == ("A", "B")


def test_a_higher_k_hides_more():
    assert one_way({"A": 6, "B": 9, "C": 30}, 5).visible == ("A", "B", "C")
    assert one_way({"A": 6, "B": 9, "C": 30}, 8).visible == ("C",)


LADDER = ("executive", "middle manager", "frontline manager")


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        pytest.param((6, 7, 8), {LADDER[:1]: 6, LADDER[1:2]: 7, LADDER[2:]: 8}, id="nothing to merge"),
        pytest.param((2, 7, 8), {LADDER[:2]: 9, LADDER[2:]: 8}, id="top joins the middle"),
        pytest.param((2, 2, 8), {LADDER: 12}, id="still too small: all of management"),
        pytest.param((6, 7, 3), {LADDER[:1]: 6, LADDER[1:]: 10}, id="the last joins the one before"),
        pytest.param((0, 7, 8), {LADDER[:2]: 7, LADDER[2:]: 8}, id="an empty rung looks like a small one"),
        pytest.param((1, 1, 1), {LADDER: 3}, id="management as a whole may stay too small"),
    ],
)
def test_small_cells_are_merged_along_the_ladder(sizes, merged):
    assert roll_up(dict(zip(LADDER, sizes, strict=True)), LADDER, 5) == merged


def test_cells_off_the_ladder_are_not_merged():
    cells = {"no people responsibility": 3, "executive": 2, "middle manager": 9}
    assert roll_up(cells, LADDER, 5) == {
        ("executive", "middle manager"): 11,
        ("no people responsibility",): 3,
    }


def test_direct_reports_are_what_the_sub_units_leave_over():
    cells = with_direct_reports(10, {"team": 8})
    assert cells == {"team": 8, DIRECT: 2}
    assert one_way(cells, 5).visible == ()


def test_sub_units_can_not_exceed_their_unit():
    with pytest.raises(ValueError, match="2 more answers"):
        with_direct_reports(10, {"a": 8, "b": 4})


@pytest.mark.parametrize(
    ("n", "favourable", "equal", "expected"),
    [
        pytest.param(12, 7, False, Homogeneity(), id="mixed answers are printed as they are"),
        pytest.param(12, 0, False, Homogeneity("low", distribution=False), id="nobody favourable"),
        pytest.param(19, 19, False, Homogeneity("high", distribution=False), id="everybody favourable"),
        pytest.param(20, 20, False, Homogeneity(), id="from 20 on 100% may be printed"),
        pytest.param(40, 40, True, Homogeneity("high", distribution=False, mean=False), id="all equal, high"),
        pytest.param(8, 0, True, Homogeneity("low", distribution=False, mean=False), id="all equal, low"),
    ],
)
def test_uniform_answers_are_coarsened(n, favourable, equal, expected):
    assert homogeneity(n, favourable, equal=equal) == expected


@pytest.mark.parametrize(
    ("matched", "unmatched", "allowed"),
    [
        (30, (6,), True),
        (30, (3,), False),
        (30, (0,), True),
        (4, (10,), False),
        (30, (6, 2), False),
        (5, (0, 5), True),
    ],
)
def test_a_matched_panel_needs_k_matched_and_nobody_or_k_left_over(matched, unmatched, allowed):
    assert matched_allowed(matched, *unmatched, k=5) is allowed


def test_an_audience_has_one_weighting():
    assert weightings_allowed(["equal", "equal"])
    assert weightings_allowed([])
    assert not weightings_allowed(["equal", "population"])
