"""Weighted scores: one weighting a group, named, with Kish's n, and only where every segment is shown."""

import math
from dataclasses import replace

import numpy as np
import pytest

from cultureassess.scoring.gaps import welch_from
from cultureassess.scoring.scores import Tally
from cultureassess.snapshot.document import from_json, to_json
from cultureassess.snapshot.files import FileError
from cultureassess.snapshot.files.weights import read_weights
from cultureassess.snapshot.settings import Weights
from cultureassess.snapshot.wave import measure_wave
from tests.snapshot.waves import INSTRUMENT, SETTINGS, inside, outside, snapshot, with_segment

PLACES = ["north", "south"]
SHARES = Weights("segment", {"north": 900, "south": 100})
ALIKE = Weights("segment", {"north": 1, "south": 1})


def customers(north=40, south=20, unknown=0, partners=0):
    codes = [0] * north + [1] * south + [-1] * unknown + [-1] * partners
    return with_segment(outside(north + south + unknown, partners), "segment", PLACES, codes)


def segment_scores(answers, index="CF"):
    """The scores of both segments, as arrays."""
    measured = measure_wave(INSTRUMENT, inside(20, 40), answers).outside
    scores, codes = measured.scores[index].array(), answers.segments["segment"].codes
    return [scores[codes == place] for place in range(2)]


def test_the_mean_is_the_segments_means_by_their_share_of_the_people():
    north, south = segment_scores(customers())
    found = snapshot(inside(20, 40), customers(), weights={"customer": SHARES})
    shown = found.index("CF").groups["customer"]
    assert shown.mean == pytest.approx(0.9 * north.mean() + 0.1 * south.mean())
    assert (shown.n, shown.sd) == (60, None)
    assert shown.effective_n == pytest.approx(1 / (0.9**2 / 40 + 0.1**2 / 20))
    assert found.wave.weighting == {"management": "respondents", "customer": "population"}
    assert found.warnings == ()


def test_the_same_number_of_people_everywhere_makes_segments_count_alike():
    north, south = segment_scores(customers())
    found = snapshot(inside(20, 40), customers(), weights={"customer": ALIKE})
    assert found.index("CF").groups["customer"].mean == pytest.approx((north.mean() + south.mean()) / 2)
    assert found.wave.weighting["customer"] == "equal"


def test_the_gap_and_its_test_rest_on_the_weighted_mean():
    north, south = segment_scores(customers())
    managers = measure_wave(INSTRUMENT, inside(20, 40), outside(60)).inside.scores["CF"].array()[:20]
    parts = np.array([0.9**2 * north.var(ddof=1) / 40, 0.1**2 * south.var(ddof=1) / 20])
    df = parts.sum() ** 2 / (parts**2 / [39, 19]).sum()
    own = Tally.of(managers)
    weighted = (0.9 * north.mean() + 0.1 * south.mean(), math.sqrt(parts.sum()), df)
    want = welch_from(own.mean, own.se, 19, *weighted)
    gap = snapshot(inside(20, 40), customers(), weights={"customer": SHARES}).index("CF").gap
    assert gap.errors == "weights"
    assert (gap.difference, gap.p) == (pytest.approx(want.difference), pytest.approx(want.p))
    assert (gap.interval.low, gap.interval.high) == pytest.approx(tuple(want.interval))
    assert gap.bootstrap is None


def test_the_chain_still_adds_up_to_the_gap():
    cf = snapshot(inside(20, 40), customers(), weights={"customer": SHARES}).index("CF")
    assert sum(step.difference for step in cf.chain) == pytest.approx(cf.gap.difference)


def test_all_insiders_can_be_weighted_and_their_audiences_stay_as_they_are():
    own = with_segment(inside(20, 40), "function", PLACES, [0, 1] * 30)
    weights = {"inside": Weights("function", {"north": 300, "south": 100})}
    plain, found = (snapshot(own, outside(60), weights=w).index("CF") for w in ({}, weights))
    assert found.groups["inside"].effective_n == pytest.approx(1 / (0.75**2 / 30 + 0.25**2 / 30))
    assert found.groups["management"] == plain.groups["management"]
    assert found.gap == plain.gap


def test_who_is_in_no_segment_takes_no_part():
    found = snapshot(inside(20, 40), customers(unknown=12), weights={"customer": SHARES})
    assert found.index("CF").groups["customer"].n == 60


def test_partners_take_no_part():
    found = snapshot(inside(20, 40), customers(partners=10), weights={"customer": SHARES})
    alone = snapshot(inside(20, 40), customers(), weights={"customer": SHARES})
    assert found.index("CF").groups["customer"].n == alone.index("CF").groups["customer"].n == 60


@pytest.mark.parametrize("south", [0, 4])
def test_a_segment_with_nobody_and_one_with_four_both_leave_the_wave_unweighted(south):
    answers = customers(40, south)
    plain = snapshot(inside(20, 40), answers)
    found = snapshot(inside(20, 40), answers, weights={"customer": SHARES})
    assert found.wave.weighting == plain.wave.weighting
    assert found.index("CF").groups == plain.index("CF").groups
    assert found.warnings == ("not weighted: customer",)


def test_a_segment_that_the_questionnaire_does_not_offer_leaves_the_wave_unweighted():
    elsewhere = Weights("segment", {"north": 900, "west": 100})
    found = snapshot(inside(20, 40), customers(), weights={"customer": elsewhere})
    assert found.warnings == ("not weighted: customer",)


def test_the_detectable_gap_counts_what_weighted_answers_are_worth():
    plain, found = (snapshot(inside(20, 40), customers(), weights=w) for w in ({}, {"customer": SHARES}))
    assert (found.detectable.n_customers, plain.detectable.n_customers) == (60, 60)
    assert found.detectable.one > plain.detectable.one


def test_a_weighted_snapshot_can_be_read_back():
    found = snapshot(inside(20, 40), customers(), weights={"customer": SHARES})
    assert from_json(to_json(found)) == found


def test_an_attribute_that_nobody_was_asked_is_refused():
    with pytest.raises(ValueError, match="no attribute region to weight customer by"):
        snapshot(inside(20, 40), customers(), weights={"customer": Weights("region", {"north": 1})})


@pytest.mark.parametrize("group", ["management", "staff", "partner"])
def test_groups_whose_segments_are_not_shown_cannot_be_weighted(group):
    with pytest.raises(ValueError, match=f"{group} cannot be weighted"):
        replace(SETTINGS, weights={group: ALIKE})


def test_customers_are_weighted_or_told_apart_by_account():
    with pytest.raises(ValueError, match="not both"):
        replace(SETTINGS, accounts=True, weights={"customer": ALIKE})


@pytest.mark.parametrize("people", [{}, {"north": 0}, {"north": -1}, {"north": math.inf}])
def test_every_segment_needs_people(people):
    with pytest.raises(ValueError, match="a number of people above 0"):
        Weights("segment", people)


# The file of `analyse --weights`


def test_weights_are_read_from_a_file(tmp_path):
    file = tmp_path / "weights.csv"
    file.write_text(
        "group,attribute,segment,people\ncustomer,segment,north,900\ncustomer,segment,south,100\n"
        "inside,function,IT,12.5\n"
    )
    assert read_weights(file) == {"customer": SHARES, "inside": Weights("function", {"IT": 12.5})}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("group,segment,people\n", "line 1: the columns are others. Write group,attribute,segment,people."),
        ("staff,role,a,1\n", "line 2: staff cannot be weighted. Write inside or customer."),
        ("customer,segment,a,1\ncustomer,type,b,1\n", "line 3: customer is weighted by two attributes"),
        ("customer,segment,a,1\ncustomer,segment,a,2\n", "line 3: a is there twice"),
        ("customer,segment,a,0\n", "line 2, column people: 0 is no number of people"),
        ("customer,segment,a,many\n", "line 2, column people: many is no number of people"),
        ("customer,segment,a\n", "line 2: 3 cells instead of 4"),
        ("customer,segment,\xff,1\n", "the file is not UTF-8"),
    ],
)
def test_a_faulty_file_of_weights_is_refused(tmp_path, content, message):
    file = tmp_path / "weights.csv"
    header = "" if content.startswith("group") else "group,attribute,segment,people\n"
    file.write_bytes((header + content).encode("latin-1"))
    with pytest.raises(FileError) as refused:
        read_weights(file)
    assert str(refused.value).startswith(
        f"weights.csv, {message}" if "line" in message else f"weights.csv: {message}"
    )
