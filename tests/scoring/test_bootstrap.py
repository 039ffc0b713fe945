"""METHOD 3.2: the bootstrap check of Welch's interval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cultureassess.scoring.bootstrap import bootstrap_interval, bootstrap_needed, bootstrap_printed
from cultureassess.scoring.describe import Interval
from cultureassess.scoring.gaps import welch
from cultureassess.scoring.indices import index_scores
from cultureassess.scoring.scores import Tally
from tests.scoring.reference import case, points, rows, tally

ABSOLUTE = case("c06_gap_bfi.expected")["tolerance"]["bootstrap_percentile_ci95_absolute"]
REVERSED = {
    "agree": [True, False, False, False, False],
    "conscientious": [False, False, False, True, True],
    "extraversion": [True, True, False, False, False],
    "neuroticism": [False] * 5,
    "openness": [False, True, False, False, True],
}


@pytest.mark.parametrize("scale", REVERSED)
def test_men_and_women_of_bfi(scale):
    want = case("c06_gap_bfi.expected")["expected"][scale]
    table = rows("c01_bfi.csv")
    items = [f"{scale[0].upper()}{number}" for number in range(1, 6)]
    scores = index_scores(points(table, items), scale_points=6, reverse=REVERSED[scale])
    gender = np.array([int(row["gender"]) for row in table])
    men, women = scores.tally(gender == 1), scores.tally(gender == 2)
    found = bootstrap_interval(men, women, seed=1)
    assert (men.n, women.n) == (want["n_a"], want["n_b"])
    assert found == pytest.approx(tuple(want["bootstrap_percentile_ci95"]), abs=ABSOLUTE)
    assert found == pytest.approx(tuple(welch(men, women).interval), abs=ABSOLUTE)


def test_a_small_side_agrees_with_scipys_bootstrap():
    random = np.random.default_rng(3)
    managers, customers = random.integers(0, 5, 18) * 25.0, random.integers(0, 5, 150) * 25.0
    want = stats.bootstrap(
        (managers, customers),
        lambda a, b, axis: a.mean(axis=axis) - b.mean(axis=axis),
        method="percentile",
        n_resamples=20_000,
        rng=random,
    ).confidence_interval
    found = bootstrap_interval(Tally.of(managers), Tally.of(customers), seed=5, repeats=20_000)
    assert found == pytest.approx((want.low, want.high), abs=0.6)


def test_the_same_seed_gives_the_same_interval_whoever_answered_first():
    a, b = tally(10, 20, 30, 80), tally(30, 40, 90)
    assert bootstrap_interval(a, b, seed=9) == bootstrap_interval(
        tally(80, 30, 20, 10), tally(90, 30, 40), seed=9
    )
    assert bootstrap_interval(a, b, seed=9) != bootstrap_interval(a, b, seed=10)


@pytest.mark.parametrize("scores", [(), (50,)])
def test_one_answer_cannot_be_drawn_again(scores):
    assert bootstrap_interval(tally(*scores), tally(1, 2), seed=1) is None


def test_sides_that_do_not_vary_have_an_interval_of_no_width():
    assert bootstrap_interval(tally(50, 50), tally(20, 20, 20), seed=1) == Interval(30.0, 30.0)


@pytest.mark.parametrize(("n_a", "n_b", "needed"), [(199, 5000, True), (200, 200, False), (300, 199, True)])
def test_the_check_is_computed_below_two_hundred(n_a, n_b, needed):
    assert bootstrap_needed(n_a, n_b) is needed


@pytest.mark.parametrize(
    ("bounds", "n_a", "printed"),
    [
        ((-5.0, 20.0), 15, False),
        ((-5.0, 20.0), 14, True),
        ((-8.0, 23.0), 15, False),
        ((-8.1, 20.0), 15, True),
        ((-5.0, 16.9), 15, True),
    ],
)
def test_the_check_is_printed_where_it_disagrees_or_few_answered(bounds, n_a, printed):
    assert bootstrap_printed(Interval(-5.0, 20.0), Interval(*bounds), n_a, 100) is printed


answers = st.lists(st.integers(0, 16), min_size=2, max_size=40).map(lambda v: tally(*(6.25 * x for x in v)))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(answers, answers)
def test_the_interval_stays_within_what_was_answered(a, b):
    found = bootstrap_interval(a, b, seed=2, repeats=200)
    assert a.values[0] - b.values[-1] - 1e-9 <= found.low <= found.high <= a.values[-1] - b.values[0] + 1e-9


def drawn_one_by_one(random, side, repeats):
    return side.repeated()[random.integers(side.n, size=(repeats, side.n))].mean(axis=1)


def drawn_as_counts(random, side, repeats):
    return random.multinomial(side.n, side.counts / side.n, size=repeats) @ side.values / side.n


@pytest.mark.parametrize(("customers", "drawn"), [(800, drawn_one_by_one), (801, drawn_as_counts)])
def test_up_to_eight_hundred_answers_are_drawn_one_by_one_and_more_as_counts(customers, drawn):
    managers, many = tally(25, 50, 75), tally(*[25.0, 50.0, 100.0, 75.0] * 200, *[50.0] * (customers - 800))
    random = np.random.default_rng(4)
    differences = drawn_one_by_one(random, managers, 50) - drawn(random, many, 50)
    assert bootstrap_interval(managers, many, seed=4, repeats=50) == pytest.approx(
        tuple(np.quantile(differences, (0.025, 0.975)))
    )


def test_two_thousand_samples_are_drawn():
    a = tally(*(97 * place % 101 for place in range(60)))
    b = tally(*(89 * place % 101 for place in range(70)))
    assert bootstrap_interval(a, b, seed=9) == bootstrap_interval(a, b, seed=9, repeats=2000)
    assert bootstrap_interval(a, b, seed=9) != bootstrap_interval(a, b, seed=9, repeats=2001)
