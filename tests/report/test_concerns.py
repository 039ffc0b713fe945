"""What stands beside a verdict: warnings and where a gap arises."""

import pytest
from msgspec.structs import replace

from cultureassess.report.narrative.chain import chain_sentence
from cultureassess.report.narrative.concerns import concern_sentences
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import factory

STEPS = (
    t.Step("management", "staff", 16.2, t.Range(8.0, 24.4)),
    t.Step("staff", "customer", 19.0, t.Range(11.1, 26.9)),
)


def test_a_gap_is_split_into_its_steps():
    index = replace(factory.index("EO"), chain=STEPS)
    assert chain_sentence(index, ENGLISH) == (
        "Where it arises: +16 between managers and employees (likely +8 to +24) "
        "and +19 between employees and customers (likely +11 to +27)."
    )


@pytest.mark.parametrize("steps", [(), (STEPS[0], t.Step("staff", "customer"))])
def test_without_every_step_nothing_is_split(steps):
    assert chain_sentence(replace(factory.index("EO"), chain=steps), ENGLISH) is None


def test_an_undecided_gap_is_not_split():
    assert chain_sentence(replace(factory.index("RG"), chain=STEPS), ENGLISH) is None


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "read items",
            (
                "Customers: the items of this index move together only in part, "
                "so read them as well as the index."
            ),
        ),
        ("items apart", "Customers: these items do not move together; read them one by one."),
        ("weak pair", "Customers: the two items do not move together; read them one by one."),
        ("redundant", "Customers: the items say almost the same thing."),
        ("weak item:EO2", "Customers: EO2 hardly goes with the rest."),
        ("check coding:EO2", "Customers: EO2 runs against the rest; check its coding."),
    ],
)
def test_every_warning_code_has_its_sentence(code, sentence):
    warned = t.Reliability("customer", n=40, alpha=0.5, warnings=(code,))
    assert concern_sentences(replace(factory.index("EO"), reliability=(warned,)), ENGLISH) == (sentence,)


def test_divided_managers_lost_items_accounts_and_resampling_are_said():
    index = factory.index("EO")
    gap = replace(index.gap, errors="accounts", bootstrap=t.Range(24.2, 45.8))
    index = replace(index, camps=True, dropped=("EO1", "EO3"), single=True, gap=gap)
    assert concern_sentences(index, ENGLISH) == (
        "Managers disagree among themselves: the average hides camps. Look at the distributions.",
        "Left out, because customers cannot judge it: EO1 and EO3.",
        "Only one statement is left, so read it as that statement.",
        "Several customers answered from one account; the range and the verdict allow for that.",
        "Checked by resampling, the gap lies likely between +24 and +46.",
    )
