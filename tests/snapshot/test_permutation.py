"""The order of the respondents changes no bit of a snapshot: floats are compared as they are written."""

from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.snapshot.document import to_json
from tests.snapshot.waves import in_order, inside, outside, snapshot, with_comments, with_segment

INSIDERS, CUSTOMERS = 55, 180


@cache
def sides():
    """A wave in which everything is computed: drivers with intervals, clusters, late answers, breakdowns."""
    random = np.random.default_rng(5)
    own = with_segment(inside(20, 35), "function", ["sales", "it"], random.integers(-1, 2, INSIDERS))
    theirs = outside(CUSTOMERS - 20, 20)
    outcomes = theirs.outcomes.copy()
    outcomes[:, 0] = np.clip(np.rint(theirs.points[:, :8].mean(axis=1)), 1, 5)
    theirs = with_segment(theirs, "segment", ["a", "b", "c"], random.integers(-1, 3, CUSTOMERS))
    theirs = with_comments(theirs, "CO1", "customer", 12)
    theirs = replace(
        theirs,
        points=np.where(random.random(theirs.points.shape) < 0.1, 20, theirs.points) * (theirs.points > 0),
        outcomes=outcomes,
        late=random.random(CUSTOMERS) < 0.25,
        seconds=np.rint(random.gamma(4, 40, CUSTOMERS)),
        account=random.integers(-1, 50, CUSTOMERS),
    )
    return own, theirs


@cache
def unpermuted():
    return snapshot(*sides(), accounts=True)


def test_the_wave_has_everything_that_could_depend_on_the_order():
    result = unpermuted()
    assert result.importance.source == "answers"
    assert result.importance.indicative
    assert result.index("CF").gap.errors == "accounts"
    assert result.late[0].difference is not None
    assert any(r.omega is not None for i in result.indices for r in i.reliability)
    assert any(c.indices for b in result.breakdowns for c in b.cells)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.randoms(use_true_random=False))
def test_permuting_the_respondents_changes_no_bit(random):
    order = [random.sample(range(n), n) for n in (INSIDERS, CUSTOMERS)]
    own, theirs = (in_order(answers, places) for answers, places in zip(sides(), order, strict=True))
    assert to_json(snapshot(own, theirs, accounts=True)) == to_json(unpermuted())


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.permutations(range(50)))
def test_the_numbers_of_accounts_are_names_only(names):
    own, theirs = sides()
    renamed = replace(theirs, account=np.append(names, -1)[theirs.account])
    assert to_json(snapshot(own, renamed, accounts=True)) == to_json(unpermuted())
