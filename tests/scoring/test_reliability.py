"""METHOD 3.7: alpha, Feldt's interval, Spearman-Brown, item-rest r, warnings (omega: test_omega)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.answers import DONT_KNOW, SKIPPED
from cultureassess.scoring.covariance import Covariance, covariance, covariance_of_scores, pairwise_covariance
from cultureassess.scoring.reliability import (
    Concern,
    Warned,
    alpha,
    alpha_if_dropped,
    concerns,
    feldt_interval,
    item_rest_r,
    omega,
    reliability,
    spearman_brown,
    standardised,
)
from cultureassess.scoring.scores import Scores
from tests.scoring.reference import column, equicorrelated, expected, near, points, rows

BFI = {
    "agree": ("A1", "A2", "A3", "A4", "A5"),
    "conscientious": ("C1", "C2", "C3", "C4", "C5"),
    "extraversion": ("E1", "E2", "E3", "E4", "E5"),
    "neuroticism": ("N1", "N2", "N3", "N4", "N5"),
    "openness": ("O1", "O2", "O3", "O4", "O5"),
}
REVERSE = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
ATTITUDE = ("rating", "complaints", "privileges", "learning", "raises", "critical", "advance")


@pytest.fixture(scope="module")
def bfi_rows():
    return rows("c01_bfi.csv")


def bfi(table, scale, reverse=REVERSE):
    answers = points(table, BFI[scale])
    for place, item in enumerate(BFI[scale]):
        if item in reverse:
            answers[:, place] = np.where(answers[:, place] == SKIPPED, SKIPPED, 7 - answers[:, place])
    return answers


def attitude(flip=()):
    columns = {item: column("c02_attitude.csv", item) for item in ATTITUDE}
    ends = min(c.min() for c in columns.values()) + max(c.max() for c in columns.values())
    return covariance_of_scores([Scores.of(ends - c if i in flip else c) for i, c in columns.items()])


def pingouin(name):
    """Binary or wide points moved up by one, because 0 means skipped: alpha does not feel it."""
    table = rows(name)
    cells = [[0 if value == "" else int(float(value)) + 1 for value in row.values()] for row in table]
    return np.array(cells, dtype=np.uint8)


def average_r(answers):
    k = answers.k
    return (answers.correlation.sum() - k) / (k * (k - 1))


@pytest.mark.parametrize("scale", BFI)
def test_bfi_scales_have_the_published_reliability(scale, bfi_rows):
    want = expected("c01_bfi_reliability")[scale]
    answers = covariance(bfi(bfi_rows, scale))
    fitted = omega(answers)
    assert (answers.n, answers.k) == (want["n"], want["k"])
    assert alpha(answers) == near(want["alpha_raw"])
    assert alpha(standardised(answers)) == near(want["alpha_std"])
    assert average_r(answers) == near(want["average_r"])
    assert tuple(item_rest_r(answers)) == near(tuple(want["item_rest_r"].values()))
    assert alpha_if_dropped(answers) == near(tuple(want["alpha_if_dropped"].values()))
    assert feldt_interval(alpha(answers), n=answers.n, k=5) == near(tuple(want["feldt_ci"]))
    assert fitted.raw == near(want["omega_raw_ml"], 1e-6)
    assert fitted.raw == near(want["omega_raw_lavaan_R_only"], 2e-6)
    assert fitted.standardised == near(want["omega_std_ml"], 1e-6)
    assert not fitted.heywood


@pytest.mark.parametrize("scale", BFI)
def test_pairwise_covariances_explain_the_number_of_other_tools(scale, bfi_rows):
    want = expected("c01_bfi_reliability")[scale]
    assert alpha(pairwise_covariance(bfi(bfi_rows, scale))) == near(want["alpha_pairwise_missing"])


def test_a_forgotten_reversal_shows_as_check_coding(bfi_rows):
    found = reliability(bfi(bfi_rows, "agree", reverse=set()))
    assert [w for w in found.concerns if w.concern is Concern.CHECK_CODING] == [
        Warned(Concern.CHECK_CODING, 0)
    ]


def test_attitude_of_thirty_departments():
    want = expected("c02_attitude")
    answers = attitude()
    fitted = omega(answers)
    assert (answers.n, answers.k) == (want["n"], want["k"])
    assert alpha(answers) == near(want["alpha_raw"])
    assert alpha(standardised(answers)) == near(want["alpha_std"])
    assert average_r(answers) == near(want["average_r"])
    assert tuple(item_rest_r(answers)) == near(tuple(want["item_rest_r"].values()))
    assert alpha_if_dropped(answers) == near(tuple(want["alpha_if_dropped"].values()))
    assert feldt_interval(alpha(answers), n=30, k=7) == near(tuple(want["feldt_ci"]))
    assert fitted.raw == near(want["omega_raw_ml"], 1e-5)
    assert fitted.standardised == near(want["omega_std_ml"], 1e-5)


def test_wrongly_reversed_items_are_reported_and_never_turned_back():
    flipped = attitude(flip=("complaints", "critical"))
    want = expected("c02_attitude")["alpha_if_complaints_and_critical_are_wrongly_reversed"]
    assert alpha(flipped) == near(want)
    assert item_rest_r(flipped)[1] < 0


def test_pingouin_wide_data():
    want = expected("c03_pingouin_alpha")["wide"]
    answers = covariance(pingouin("c03_pingouin_cronbach.csv"))
    fitted = omega(answers)
    assert (answers.n, answers.k) == (want["n"], want["k"])
    assert alpha(answers) == near(want["alpha_raw"])
    assert alpha(standardised(answers)) == near(want["alpha_std"])
    assert average_r(answers) == near(want["average_r"])
    assert tuple(item_rest_r(answers)) == near(tuple(want["item_rest_r"]))
    assert alpha_if_dropped(answers) == near(tuple(want["alpha_if_dropped"]))
    assert feldt_interval(alpha(answers), n=15, k=10) == near(tuple(want["feldt_ci"]))
    assert fitted.raw == near(want["omega_raw_ml"], 1e-5)
    assert fitted.standardised == near(want["omega_std_ml"], 1e-5)


def test_pingouin_missing_data_listwise_and_pairwise():
    want = expected("c03_pingouin_alpha")["missing"]
    answers = pingouin("c03_pingouin_missing.csv")
    assert alpha(covariance(answers)) == near(want["listwise"])
    assert alpha(pairwise_covariance(answers)) == near(want["pairwise"])


def test_an_index_is_judged_from_thirty_complete_cases(bfi_rows):
    answers = bfi(bfi_rows, "neuroticism")
    complete = answers[(answers != SKIPPED).all(axis=1)]
    assert reliability(complete[:29]) is None
    found = reliability(complete[:30])
    assert (found.n, found.k, found.spearman_brown) == (30, 5, None)
    assert found.omega is not None


def test_incomplete_answers_do_not_count_as_cases(bfi_rows):
    answers = bfi(bfi_rows, "neuroticism")[:40]
    answers[:15, 2] = DONT_KNOW
    assert reliability(answers) is None


def test_two_items_are_judged_by_spearman_brown_alone(bfi_rows):
    pair = bfi(bfi_rows, "neuroticism")[:, :2]
    found = reliability(pair)
    r = np.corrcoef(pair[(pair != SKIPPED).all(axis=1)].T)[0, 1]
    assert found.spearman_brown == near(2 * r / (1 + r))
    assert found.item_rest == near((r, r))
    assert (found.omega, found.concerns) == (None, ())


def test_spearman_brown_has_no_value_for_perfect_opposites():
    assert spearman_brown(0.5) == near(2 / 3)
    assert spearman_brown(-1.0) is None


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (0.96, [Concern.REDUNDANT]),
        (0.95, []),
        (0.70, []),
        (0.6999, [Concern.READ_ITEMS]),
        (0.60, [Concern.READ_ITEMS]),
        (0.5999, [Concern.ITEMS_APART]),
        (-0.2, [Concern.ITEMS_APART]),
    ],
)
def test_the_limits_of_alpha(value, codes):
    assert [w.concern for w in concerns(value, None, (0.5, 0.5, 0.5))] == codes


def test_the_limits_of_one_item():
    found = concerns(0.8, None, (0.5, 0.20, 0.199, 0.0, -0.001, None))
    assert found == (
        Warned(Concern.WEAK_ITEM, 2),
        Warned(Concern.WEAK_ITEM, 3),
        Warned(Concern.CHECK_CODING, 4),
    )


@pytest.mark.parametrize(("value", "weak"), [(0.50, False), (0.499, True), (-0.3, True), (None, True)])
def test_a_pair_has_one_limit_only(value, weak):
    assert concerns(0.1, value, (0.1, 0.1)) == ((Warned(Concern.WEAK_PAIR),) if weak else ())


def test_nothing_is_computed_where_nobody_varies():
    assert reliability(np.full((50, 4), 3, dtype=np.uint8)) is None
    assert omega(covariance(np.full((50, 4), 3, dtype=np.uint8))) is None


@pytest.mark.parametrize("respondents", [0, 1])
def test_nothing_is_computed_without_respondents(respondents):
    answers = np.full((respondents, 4), 3, dtype=np.uint8)
    assert reliability(answers) is None
    assert alpha(covariance(answers)) is None
    assert omega(covariance(answers)) is None
    assert np.isnan(item_rest_r(covariance(answers))).all()


def test_a_single_item_is_no_scale():
    assert reliability(np.tile(np.arange(1, 6, dtype=np.uint8), 10)[:, np.newaxis]) is None
    assert alpha(equicorrelated(1.0, k=1)) is None


def test_an_item_that_never_varies_has_no_item_rest_r():
    spread = np.tile(np.arange(1, 6, dtype=np.uint8), 10)
    found = reliability(np.column_stack([spread, spread, np.full(50, 3, dtype=np.uint8)]))
    assert found.item_rest == (near(1.0), near(1.0), None)
    assert found.omega is None


answer_tables = st.integers(3, 40).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 20]), min_size=4, max_size=4), min_size=n, max_size=n
    )
)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(answer_tables)
def test_alpha_does_not_depend_on_who_answered_first(table):
    answers = np.array(table, dtype=np.uint8)
    assert alpha(covariance(answers)) == alpha(covariance(answers[::-1]))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(answer_tables)
def test_coefficients_never_exceed_one(table):
    answers = covariance(np.array(table, dtype=np.uint8))
    fitted = omega(answers)
    assert (alpha(answers) or 0.0) <= 1 + 1e-12
    assert fitted is None or 0 <= fitted.raw <= 1


def test_full_correlation_gives_full_reliability():
    assert alpha(equicorrelated(1.0)) == near(1.0)


@pytest.mark.parametrize("unit", [1e-6, 1e-2, 1e3])
def test_item_rest_r_does_not_depend_on_the_unit(unit):
    answers = attitude()
    scaled = Covariance(answers.n, answers.means, unit * answers.matrix)
    assert tuple(item_rest_r(scaled)) == near(tuple(item_rest_r(answers)))


def test_item_rest_r_of_answers_that_are_all_alike_is_not_defined():
    assert np.isnan(item_rest_r(covariance(np.full((50, 4), 3, dtype=np.uint8)))).all()
