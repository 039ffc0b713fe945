"""Page 1 in sentences."""

import pytest

from cultureassess.disclosure.reasons import Reason
from cultureassess.report import narrative
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import factory, scenes

WITHHELD = "What {} answered is not shown. Fewer than 5 answers."


def test_page_one_of_the_demo(demo):
    answer = narrative.answer(demo)
    assert " ".join(answer.headline) == (
        "13 of 18 managers (72%) say Acme strongly puts its customers first. "
        "They expected 59 of 100 customers to say so. 7 of 42 did (17%)."
    )
    assert answer.difference == (
        "Managers say so more often than customers, by 56 percentage points (likely between 29 and 73)."
    )
    assert answer.level == (
        "Customers who answered place Acme at level 2, Aware (could be 3): "
        "49.5 points of 100, likely between 46 and 53 (41 answers)."
    )
    assert answer.tally == "Of 8 indices: 6 show a gap and on 2 we cannot tell yet."
    assert answer.open_order == ("Chance in the answers could change which gaps are listed, or their order.")
    assert [gap.name for gap in answer.gaps] == ["External Orientation", "Collective Focus", "Shared Beliefs"]
    assert answer.gaps[0].sentence == (
        "Managers rate this 35 points higher than customers (likely between 27 and 44; "
        "17 managers and 41 customers). This difference is unlikely to be chance."
    )
    assert answer.gaps[0].item == (
        "14 of 16 managers (88%) agree: “When a customer gives us feedback, the customer can see that "
        "something is done about it.” 7 of 39 customers (18%) do (+70 percentage points, likely +42 to +82)."
    )
    assert (
        answer.good == "Inclusion is a strength in your customers’ eyes: 40 customers rate it 79 (74 to 85)."
    )
    assert answer.chosen == (
        "Customers were picked by account managers: picked customers tend to be kinder, "
        "so the gap is probably larger."
    )
    assert answer.tipping == (
        "78 of 120 invited customers did not answer: even if all of them agreed, 71% of customers would. "
        "Managers: 72% (likely 49 to 88), a range that includes it."
    )
    assert answer.decision == (
        "Decide who owns External Orientation, and hear customers in their own words before planning: "
        "managers do not yet see what customers see. It comes first by the framework’s weight and by size "
        "together: it is one of the indices that the framework counts most, and customers rate it 45. "
        "Nearly tied with it: Collective Focus."
    )


def test_the_sentences_come_in_reading_order(demo):
    answer = narrative.answer(demo)
    assert answer.sentences[:3] == answer.headline
    assert answer.sentences[-1] == answer.decision


def test_from_fifty_answers_percentages_come_before_counts():
    answer = narrative.answer(
        scenes.with_gaps(20.0, state="clear gap", class_="overstated strength", n=(60, 900))
    )
    assert answer.headline == (
        "60% of 60 managers (36) say Acme strongly puts its customers first.",
        "They expected 50 of 100 customers to say so.",
        "50% did (450 of 900).",
    )


def test_one_is_singular_and_none_is_plural():
    headline = scenes.headline(18, 42, 0.0)
    shares = {"management": scenes.share(1, 18), "customer": scenes.share(0, 42)}
    answer = narrative.answer(factory.c17(headline=t.Headline(*_fields(headline, groups=shares))))
    assert answer.headline[0] == "1 of 18 managers (6%) says Acme strongly puts its customers first."
    assert answer.headline[2] == "0 of 42 did (0%)."


def _fields(headline, **changes):
    return [changes.get(name, getattr(headline, name)) for name in headline.__struct_fields__]


def test_a_side_that_agrees_to_the_last_person_is_bounded():
    shares = {
        "management": t.Share(n=12, bounded="95 or more"),
        "customer": t.Share(n=15, bounded="5 or less"),
    }
    headline = t.Headline(*_fields(scenes.headline(12, 15, 0.0), groups=shares, difference=None))
    answer = narrative.answer(factory.c17(headline=headline))
    assert answer.headline[0] == "95% or more of 12 managers say Acme strongly puts its customers first."
    assert answer.headline[2] == "5% or less of 15 did."


def test_below_ten_answers_there_is_a_conversation_and_no_headline():
    answer = narrative.answer(scenes.SCENES["tiny"]())
    (headline,) = answer.headline
    assert headline == (
        "8 managers and 7 customers answered how strongly Acme puts its customers first: a conversation, not "
        "a measurement."
    )
    assert (answer.difference, answer.gaps, answer.tipping) == (None, (), None)
    assert answer.level == "7 customers answered: a conversation, not a measurement, so no level is given."
    assert answer.tally == "There are too few answers to compare the two sides index by index."
    assert answer.decision == "Decide whom to ask next: there are too few answers to act on."


def test_five_managers_against_a_hundred_thousand_customers():
    answer = narrative.answer(scenes.SCENES["lopsided"]())
    assert answer.headline == (
        "5 managers answered: a conversation, not a measurement.",
        "50% of 100,000 customers (50,000) say Acme strongly puts its customers first.",
    )
    assert answer.gaps == ()


def test_a_hidden_side_is_named_and_the_other_stands_alone():
    answer = narrative.answer(scenes.SCENES["customers hidden"]())
    assert answer.headline == (
        "13 of 18 managers (72%) say Acme strongly puts its customers first.",
        WITHHELD.format("customers"),
    )
    assert answer.level.startswith(
        "Self-assessed, as customers give no level: managers place Acme at level 4"
    )


def test_nothing_shown_still_reads_well():
    answer = narrative.answer(scenes.SCENES["all hidden"]())
    assert answer.headline == (WITHHELD.format("managers"), WITHHELD.format("customers"))
    assert answer.level == "Too few customers answered for a level."
    assert answer.good == "No index stands out as a strength in these answers."


def test_without_an_outcome_question_there_are_no_three_numbers():
    assert narrative.answer(scenes.no_outcome()).headline == (
        "This questionnaire asks no overall question, so there are no headline numbers.",
    )


def test_where_customers_are_kinder_they_are_the_subject():
    snapshot = scenes.SCENES["reverse"]()
    answer = narrative.answer(snapshot)
    assert answer.tally == "All 8 indices show a gap. All of the gaps are in customers’ favour."
    assert narrative.verdict(snapshot.indices[0], snapshot, ENGLISH) == (
        "Customers rate this 20 points higher than managers (likely between 14 and 26; "
        "18 managers and 42 customers). This difference is unlikely to be chance."
    )
    assert answer.good.startswith(
        "Collective Focus is a strength that you do not claim: 42 customers rate it 70"
    )
    assert answer.chosen.endswith("so customers as a whole are probably less content than this.")
    assert answer.decision == (
        "Decide what to keep doing in External Orientation, and who tells the managers. Customers rate it 70 "
        "(65 to 75), managers 50 (43 to 57); in the framework it weighs 15%."
    )


def test_agreement_is_good_news():
    answer = narrative.answer(scenes.SCENES["no gap"]())
    assert answer.tally == "Both sides agree on all 8 indices."
    assert answer.good.startswith("Collective Focus is a strength that both sides see")


@pytest.mark.parametrize(
    ("chosen", "start"),
    [
        ("all", "According to Acme, all customers were asked"),
        ("random", "According to Acme, customers were drawn at random"),
        ("open", "Customers answered through an open link"),
    ],
)
def test_how_customers_were_chosen_is_said(chosen, start):
    assert narrative.answer(factory.c17(wave=factory.wave(chosen=chosen))).chosen.startswith(start)


def test_a_level_with_a_wide_range_is_put_in_words():
    level = t.Level(2, "Aware", (2, 3), ("Aware", "Practising"), False, "47")
    overall = {"customer": level}
    assert narrative.answer(factory.c17(overall=overall)).level.startswith(
        "Customers who answered place Acme between Aware and Practising: 47 points of 100"
    )


def test_the_weakest_link_is_named():
    level = t.Level(2, "Aware", (2,), ("Aware",), True, "52", capped_by="EO")
    assert narrative.answer(factory.c17(overall={"customer": level})).level.endswith(
        "A chain is as strong as its weakest link: External Orientation holds the level down."
    )


def test_a_hidden_item_is_left_out_of_a_gap():
    pairs = tuple(
        t.PairResult(
            *(
                getattr(p, f)
                if f != "groups"
                else dict.fromkeys(p.groups, t.ItemFigures(withheld=Reason.FEW))
                for f in p.__struct_fields__
            )
        )
        for p in factory.pairs()
    )
    assert [gap.item for gap in narrative.answer(factory.c17(pairs=pairs)).gaps] == [None, None, None]
