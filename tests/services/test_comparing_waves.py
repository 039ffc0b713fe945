"""Two waves compared by their snapshots alone (METHOD 5); the values come from SciPy's Welch test."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from scipy import stats

from cultureassess.disclosure.reasons import Reason
from cultureassess.services.comparing_waves import Barrier, Verdict, compare_waves
from cultureassess.snapshot.types import BreakdownCell, Estimate, ItemFigures, Range, Recommendation
from tests.report import factory


def estimate(n: int, mean: float, sd: float = 20.0) -> Estimate:
    """A mean with the t interval that a snapshot gives it."""
    half = stats.t.ppf(0.975, n - 1) * sd / n**0.5
    interval = Range(mean - half, mean + half) if n >= 10 else None
    return Estimate(n=n, mean=mean, sd=sd if n >= 10 else None, interval=interval)


def wave(customers: float = 60.0, managers: float = 70.0, *, n: int = 200, **changes):
    """c17 with other means on every index, the same for all."""
    groups = {
        "management": estimate(40, managers),
        "staff": estimate(100, 65.0),
        "customer": estimate(n, customers),
    }
    base = factory.c17()
    gap = replace(base.indices[0].gap, difference=managers - customers, interval=Range(-1, 1))
    indices = tuple(replace(index, groups=groups, gap=gap) for index in base.indices)
    return replace(base, indices=indices, **changes)


def test_a_change_is_welchs_with_its_range():
    found = compare_waves(wave(60.0, n=200), wave(68.0, n=300)).indices["EO"]["customer"]
    test = stats.ttest_ind_from_stats(68, 20, 300, 60, 20, 200, equal_var=False)
    variances = 20**2 / 300, 20**2 / 200
    df = sum(variances) ** 2 / (variances[0] ** 2 / 299 + variances[1] ** 2 / 199)
    half = stats.t.ppf(0.975, df) * sum(variances) ** 0.5
    assert found.p == pytest.approx(test.pvalue, rel=1e-6)
    assert (found.change, found.interval.low, found.interval.high) == pytest.approx((8, 8 - half, 8 + half))


@pytest.mark.parametrize(
    ("now", "n", "verdict"),
    [
        (68.0, 200, Verdict.UP),
        (52.0, 200, Verdict.DOWN),
        (61.0, 200, Verdict.NOISE),
        (64.0, 5000, Verdict.SMALL),
    ],
)
def test_a_change_counts_from_five_points_and_beyond_noise(now, n, verdict):
    found = compare_waves(wave(60.0, n=n), wave(now, n=n))
    assert {row["customer"].verdict for row in found.indices.values()} == {verdict}
    assert {row["staff"].verdict for row in found.indices.values()} == {Verdict.NOISE}


def test_the_gap_changes_by_what_both_sides_change():
    found = compare_waves(wave(60.0, 70.0), wave(55.0, 75.0)).gaps["CF"]
    assert (found.before, found.after) == (10.0, 20.0)
    assert found.change == pytest.approx(10.0)
    assert found.interval.low < 10.0 < found.interval.high


def test_other_words_are_not_compared():
    before = wave()
    pairs = tuple(replace(p, customer="Something else") if p.id == "EO1" else p for p in before.pairs)
    found = compare_waves(replace(before, pairs=pairs), wave(90.0))
    assert found.indices["EO"]["customer"].barrier is Barrier.QUESTIONNAIRE
    assert found.indices["EO"]["customer"].change is None
    assert found.gaps["EO"].barrier is Barrier.QUESTIONNAIRE
    assert found.indices["CF"]["customer"].verdict is Verdict.UP


def test_an_index_of_other_statements_is_not_compared():
    before = wave()
    indices = tuple(replace(i, items=i.items[:1]) if i.code == "CI" else i for i in before.indices)
    found = compare_waves(replace(before, indices=indices), wave())
    assert found.indices["CI"]["customer"].barrier is Barrier.STATEMENTS


def test_another_definition_of_managers_bars_the_inside_and_the_gap():
    other = wave(wave=factory.wave(management=("executive",)))
    found = compare_waves(other, wave(90.0))
    row = found.indices["EO"]
    assert [row[who].barrier for who in ("management", "staff", "customer")] == [
        Barrier.DEFINITION,
        Barrier.DEFINITION,
        None,
    ]
    assert found.gaps["EO"].barrier is Barrier.DEFINITION
    assert found.shares["management"].barrier is Barrier.DEFINITION


def test_another_weighting_bars_its_audience():
    other = wave(wave=factory.wave(weighting={"customer": "population"}))
    found = compare_waves(other, wave())
    assert found.indices["EO"]["customer"].barrier is Barrier.WEIGHTING
    assert found.indices["EO"]["management"].barrier is None
    assert found.items == ()


def test_a_withheld_mean_or_one_without_range_is_not_compared():
    few = wave(n=7)
    found = compare_waves(few, wave(90.0))
    assert {row["customer"].barrier for row in found.indices.values()} == {Barrier.FEW}
    assert {row["customer"].verdict for row in found.indices.values()} == {None}


def test_the_share_of_yes_moves_with_newcombes_range():
    found = compare_waves(factory.c17(), factory.c17()).shares["customer"]
    assert found.change == 0
    assert found.interval.low < 0 < found.interval.high
    assert found.verdict is Verdict.NOISE


def with_answers(snapshot, **counts: tuple[int, ...]):
    """Other distributions of some items, by their ids."""
    pairs = tuple(
        replace(pair, groups=pair.groups | {"customer": ItemFigures(n=sum(c), distribution=c)})
        if (c := counts.get(pair.id))
        else pair
        for pair in snapshot.pairs
    )
    return replace(snapshot, pairs=pairs)


def test_statements_that_moved_most_are_named_rises_first():
    before = with_answers(wave(), EO1=(50, 20, 10, 10, 10), CF1=(10, 10, 10, 20, 50), CO1=(20,) * 5)
    after = with_answers(wave(), EO1=(10, 10, 10, 20, 50), CF1=(50, 20, 10, 10, 10), CO1=(20,) * 5)
    found = compare_waves(before, after).items
    assert [(one.code, one.verdict) for one in found] == [("EO1", Verdict.UP), ("CF1", Verdict.DOWN)]
    assert found[0].before == pytest.approx(27.5)
    assert found[0].after == pytest.approx(72.5)


def test_a_shift_in_who_answered_is_noted():
    before, after = wave(), wave()
    (breakdown,) = after.breakdowns
    cells = tuple(replace(c, n=90) if c.value == "sales" else c for c in breakdown.cells)
    moved = replace(after, breakdowns=(replace(breakdown, cells=cells),))
    assert compare_waves(before, after).shifted == ()
    (shift,) = compare_waves(before, moved).shifted
    assert (shift.side, shift.attribute, shift.group) == ("inside", "function", "inside")


def with_cells(snapshot, *cells: tuple[str, int, float]):
    """Another breakdown by function: value, answers and mean of the headline composite."""
    (breakdown,) = snapshot.breakdowns
    code = next(composite.code for composite in snapshot.composites if composite.headline)
    made = tuple(BreakdownCell(v, n, None, {}, {code: estimate(n, mean)}) for v, n, mean in cells)
    return replace(snapshot, breakdowns=(replace(breakdown, cells=made),))


def test_a_shift_alone_is_taken_out_of_a_change():
    before = with_cells(wave(), ("sales", 40, 70.0), ("technology", 60, 50.0))
    after = with_cells(wave(), ("sales", 70, 71.0), ("technology", 30, 52.0))
    (shift,) = compare_waves(before, after).shifted
    # 0.4 * (71 - 70) + 0.6 * (52 - 50), whoever answered now
    assert shift.standardised.change == pytest.approx(1.6)
    assert shift.standardised.interval.low < 0 < shift.standardised.interval.high


def test_a_shift_of_another_questionnaire_is_noted_and_not_taken_out():
    before = with_cells(wave(), ("sales", 40, 70.0), ("technology", 60, 50.0))
    after = with_cells(wave(), ("sales", 70, 71.0), ("technology", 30, 52.0))
    pairs = tuple(replace(p, customer="Something else") if p.id == "EO1" else p for p in before.pairs)
    (shift,) = compare_waves(replace(before, pairs=pairs), after).shifted
    assert (shift.plain, shift.standardised) == (None, None)


def recommended(snapshot, promoters: int, passives: int, detractors: int):
    n = promoters + passives + detractors
    nps = Recommendation(
        "NPS", "customer", n, promoters, passives, detractors, 100 * (promoters - detractors) / n
    )
    return replace(snapshot, recommendations=(nps,))


def test_a_recommendation_score_moves_by_a_z_test_of_its_counts():
    # METHOD 5.5, against R's NPS::nps.test
    before, after = recommended(wave(), 291, 476, 395), recommended(wave(), 300, 500, 290)
    found = compare_waves(before, after).recommendations["customer"]
    assert (found.before, found.after) == pytest.approx((-8.950086, 0.917431))
    assert found.verdict is Verdict.UP
    assert found.interval.low < found.change == pytest.approx(9.867517)


def test_a_recommendation_score_within_noise_or_withheld():
    before = recommended(wave(), 20, 10, 10)
    assert compare_waves(before, before).recommendations["customer"].verdict is Verdict.NOISE
    hidden = replace(before, recommendations=(Recommendation("NPS", "customer", withheld=Reason.FEW),))
    assert compare_waves(before, hidden).recommendations["customer"].barrier is Barrier.FEW
