"""Values known beforehand are join keys: whatever is stored of them, at least k invitations share it."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.instruments.types import Audience
from cultureassess.models import Intake
from cultureassess.services.coarsening import coarsened
from cultureassess.services.drafts import Answers

from ..scene import rows
from .scenery import invited_wave, send

K = 5


@pytest.mark.parametrize(
    ("sizes", "stored"),
    [
        pytest.param({(None, "IT"): 5}, {(None, "IT"): (None, "IT")}, id="k is enough"),
        pytest.param(
            {(None, "IT"): 6, (None, "HR"): 4, (None, "sales"): 3},
            {(None, "IT"): (None, "IT"), (None, "HR"): (None, None), (None, "sales"): (None, None)},
            id="small ones are not given",
        ),
        pytest.param(
            {(None, "IT"): 6, (None, "sales"): 9, (None, "HR"): 4},
            {(None, "IT"): (None, None), (None, "sales"): (None, "sales"), (None, "HR"): (None, None)},
            id="a single small one takes the smallest with it",
        ),
        pytest.param(
            {("executive", "IT"): 3, ("middle manager", "IT"): 4},
            {
                ("executive", "IT"): ("middle manager", "IT"),
                ("middle manager", "IT"): ("middle manager", "IT"),
            },
            id="the ladder first",
        ),
        pytest.param(
            {("executive", "IT"): 3, ("middle manager", "HR"): 9, ("executive", "HR"): 2},
            {
                ("executive", "IT"): (None, None),
                ("middle manager", "HR"): (None, None),
                ("executive", "HR"): (None, None),
            },
            id="then nothing, and the neighbour with it",
        ),
        pytest.param({(None, "IT"): 4}, {(None, "IT"): (None, None)}, id="fewer than k altogether"),
        pytest.param({}, {}, id="nobody"),
    ],
)
def test_a_combination_is_stored_no_finer_than_k_share_it(sizes, stored):
    assert coarsened(sizes, K) == stored


roles = st.sampled_from([None, "executive", "middle manager", "frontline manager or supervisor"])
values = st.sampled_from([None, "a", "b", "c"])
populations = st.dictionaries(st.tuples(roles, values, values), st.integers(1, 12), max_size=12)


@given(populations, st.integers(5, 8))
@settings(max_examples=300, deadline=None)
def test_whatever_is_stored_fits_k_invitations_or_tells_nothing(sizes, k):
    stored = coarsened(sizes, k)
    assert stored.keys() == sizes.keys()
    shared = Counter()
    for combination, form in stored.items():
        shared[form] += sizes[combination]
    if len(shared) > 1 or any(any(form) for form in shared):
        assert min(shared.values()) >= k


def test_the_only_person_in_finance_is_stored_without_a_function(engine):
    people = [{"segments": {"inside.function": ("sales",)}}] * 6
    people += [{"segments": {"inside.function": ("finance",)}}]
    people += [{"segments": {"inside.function": ("IT",)}}] * 5
    _, tokens = invited_wave(engine, people)
    for token in (tokens[0], tokens[6], tokens[7]):
        send(engine, token)
    stored = sorted(str(row.segment_1) for row in rows(engine, Intake))
    assert stored == ["None", "None", "sales"]


def test_a_segment_that_is_asked_is_stored_as_answered(engine):
    _, tokens = invited_wave(engine, [{"segments": {"inside.function": ("IT",)}}])
    send(engine, tokens[0], Answers(segments={"tenure": "under 1 year", "function": "sales"}))
    (row,) = rows(engine, Intake)
    assert (row.segment_1, row.segment_2) == (None, "under 1 year")


def test_three_executives_are_stored_as_middle_managers(engine):
    manager = {"audience": Audience.MANAGEMENT}
    people = [{**manager, "role": "executive"}] * 3 + [{**manager, "role": "middle manager"}] * 6
    _, tokens = invited_wave(engine, people)
    send(engine, tokens[0])
    (row,) = rows(engine, Intake)
    assert (row.audience, row.role) == (Audience.MANAGEMENT, "middle manager")


def test_an_audience_of_another_size_does_not_help(engine):
    people = [{"segments": {"inside.function": ("IT",)}}] * 3
    people += [{"segments": {"inside.function": ("IT",)}, "audience": Audience.MANAGEMENT}] * 9
    _, tokens = invited_wave(engine, people)
    send(engine, tokens[0])
    (row,) = rows(engine, Intake)
    assert row.segment_1 is None
