"""What the silent customers could change, said in the right direction and for the true reason."""

import pytest
from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.document import document
from cultureassess.report.narrative.sampling import silent_sentences, tipping_sentence, unknown_silence
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import factory, scenes

ASKED = "“Could the silent ones change it?”"


def wave(*, managers, customers, invited, interval=None, **changes):
    """Shares as (count, n) of the two sides; who did not answer is silent."""
    own, seen = scenes.share(*managers), scenes.share(*customers)
    if interval is not None:
        own = replace(own, interval=t.Range(*interval))
    silent = invited - customers[1]
    share = 100 * (own.percent / 100 * invited - customers[0]) / silent if silent else None
    found = replace(
        factory.headline(),
        groups={"management": own, "customer": seen},
        tipping=t.Tipping(invited=invited, silent=silent, share=share),
    )
    rate = 100 * customers[1] / invited
    coverage = (
        t.Coverage("management", managers[1], managers[1], managers[1], 100.0, 0.0),
        t.Coverage("customer", invited, customers[1], customers[1], rate, 4.0),
    )
    return factory.c17(headline=found, coverage=coverage, **changes)


def test_customers_who_stay_ahead_even_if_no_silent_one_agrees():
    reverse = wave(managers=(4, 28), customers=(190, 230), invited=300)
    assert tipping_sentence(reverse, ENGLISH) == (
        "70 of 300 invited customers did not answer: even if none of them agreed, 63% of customers would, "
        "no less than managers do: 14% (likely 2 to 26)."
    )


def test_customers_above_managers_stay_there_or_fall_behind():
    ahead = wave(managers=(21, 30), customers=(77, 100), invited=200)
    assert tipping_sentence(ahead, ENGLISH) == (
        "100 of 200 invited customers did not answer: the customers’ share stays above the managers’ 70% as "
        "long as more than 63% of them agree."
    )


def test_customers_below_managers_could_match_them():
    behind = wave(managers=(21, 30), customers=(60, 100), invited=200)
    assert tipping_sentence(behind, ENGLISH) == (
        "100 of 200 invited customers did not answer: 80% of them would have to agree for customers to match "
        "management."
    )


def test_what_customers_would_reach_stands_beside_the_managers_range():
    near = wave(managers=(15, 19), customers=(7, 42), invited=133, interval=(63, 90))
    assert tipping_sentence(near, ENGLISH) == (
        "91 of 133 invited customers did not answer: even if all of them agreed, 74% of customers would. "
        "Managers: 79% (likely 63 to 90), a range that includes it."
    )
    far = wave(managers=(27, 28), customers=(2, 90), invited=130, interval=(82, 99))
    assert tipping_sentence(far, ENGLISH) == (
        "40 of 130 invited customers did not answer: even if all of them agreed, 32% of customers would, "
        "fewer than managers do: 96% (likely 82 to 99)."
    )


def test_what_all_silent_ones_together_could_reach_on_the_score(demo):
    few = replace(demo.headline, tipping=replace(demo.headline.tipping, silent=5))
    assert silent_sentences(replace(demo, headline=few), ENGLISH)[-1].startswith(
        "Customer-centricity (4 of 8 indices): even if every silent customer gave 100, all customers "
        "together would reach 55; managers give 75 ("
    )


def test_the_facilitator_is_told_what_page_one_tells():
    reverse = wave(managers=(4, 28), customers=(190, 230), invited=300)
    told = dict(document(reverse).facilitator.objections)[ASKED]
    assert told.startswith(tipping_sentence(reverse, ENGLISH))


UNKNOWN_NUMBER = replace(
    factory.c17(), coverage=(factory.c17().coverage[0], t.Coverage("customer", None, 42, 42))
)


@pytest.mark.parametrize(
    ("snapshot", "told"),
    [
        (factory.c17(wave=factory.wave(chosen="open")), "Customers answered through an open link"),
        (UNKNOWN_NUMBER, "How many customers were invited is not known for this wave"),
        (
            wave(managers=(9, 18), customers=(30, 60), invited=60),
            "As many customers answered as were invited",
        ),
        (wave(managers=(4, 8), customers=(30, 60), invited=90), "Fewer than ten answered on a side"),
        (scenes.withheld(factory.c17(), "management"), "Fewer than ten answered on a side"),
        (replace(scenes.no_outcome(), wave=factory.wave()), "This questionnaire asks no overall question"),
    ],
)
def test_why_nobody_can_compute_it_is_the_reason_that_holds(snapshot, told):
    assert unknown_silence(snapshot, ENGLISH).startswith(told)
    assert tipping_sentence(snapshot, ENGLISH) is None


def test_a_protected_figure_is_never_called_few_answers():
    groups = {**factory.headline().groups, "management": t.Share(withheld=Reason.PROTECTS)}
    hidden = factory.c17(headline=replace(factory.headline(), groups=groups))
    assert unknown_silence(hidden, ENGLISH) == (
        "A figure that it needs is not shown in this report, so it cannot be computed here."
    )


@pytest.mark.parametrize(("confidential", "kind"), [(True, "Confidential"), (False, "Anonymous")])
def test_the_promise_is_about_groups_and_not_about_counts_inside_them(confidential, kind):
    snapshot = factory.c17(wave=factory.wave(confidential=confidential))
    assert document(snapshot).cover.promise == (
        f"{kind}. No group of fewer than 5 people is shown; inside a larger group a count can be smaller."
    )
