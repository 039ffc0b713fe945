"""What a sceptical reader must not find: a number, a reason or a direction that the answers do not carry."""

import pytest
from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.report import narrative
from cultureassess.report.document import document
from cultureassess.report.document.tables import Table, text, without_dashes
from cultureassess.report.figures import priorities_plane
from cultureassess.report.narrative.chain import larger_step, largest_step
from cultureassess.report.narrative.gaps import first_priority, to_work_on
from cultureassess.report.narrative.harsher import harsher_sentence
from cultureassess.report.narrative.levels import level_sentence
from cultureassess.report.narrative.priorities import actionable
from cultureassess.report.narrative.recipe import commands
from cultureassess.report.narrative.sampling import chosen_sentence, silent_sentences, tipping_sentence
from cultureassess.report.narrative.since import since_sentence
from cultureassess.report.narrative.statements import apart, established, widest
from cultureassess.report.options import Options
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import factory, parts, scenes


def changed(index, **gap):
    return replace(index, gap=replace(index.gap, **gap))


# Shares


def test_two_shares_are_compared_by_their_own_difference(demo):
    pair = next(pair for pair in demo.pairs if pair.id == "EO2")
    found = apart(pair)
    assert (round(found.difference), round(pair.gap.difference)) == (70, 38)
    told = " ".join(cell.text for row in document(demo).views.rosier.rows for cell in row)
    assert "+70" in told
    assert "+38" not in told


def test_a_statement_that_many_cannot_judge_is_not_quoted_where_there_is_another(demo):
    pairs = demo.pairs_of("EO")
    first = widest(pairs, rosier=True)
    hard = replace(first.groups["customer"], dont_know=29.0)
    doubtful = tuple(
        replace(pair, groups={**pair.groups, "customer": hard}) if pair.id == first.id else pair
        for pair in pairs
    )
    assert widest(doubtful, rosier=True).id != first.id


@pytest.mark.parametrize(
    ("difference", "sentence"),
    [
        (30.0, "Managers say so more often than customers, by 30 percentage points"),
        (-30.0, "Customers say so more often than managers, by 30 percentage points"),
    ],
)
def test_a_difference_names_the_side_that_says_so_more_often(difference, sentence):
    headline = replace(
        factory.headline(), difference=difference, difference_interval=t.Range(difference - 9, difference + 9)
    )
    assert narrative.answer(factory.c17(headline=headline)).difference.startswith(sentence)


# Rounding


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (9.6, "+9.6"),
        (10.2, "+10"),
        (-9.97, "−9.9"),
        (0.3, "+0.3"),
        (-0.2, "−0.2"),
        (0.04, "+0.04"),
        (0.004, "0"),
        (0, "0"),
    ],
)
def test_a_difference_never_reads_as_if_it_had_reached_a_limit(value, printed):
    assert ENGLISH.points(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [(0.25, "under 1%"), (99.75, "over 99%"), (0.0, "0%"), (100.0, "100%"), (0.6, "1%")]
)
def test_one_of_many_is_not_none_and_all_but_one_is_not_all(value, printed):
    assert ENGLISH.percent(value) == printed


def test_a_range_of_a_score_ends_where_the_scale_ends():
    assert ENGLISH.between(t.Range(93.2, 101.4)) == "93 to 100"


def test_both_sides_of_a_line_at_65_read_as_below_it():
    low = t.Estimate(n=40, mean=64.6, interval=t.Range(60.2, 69.0))
    snapshot = factory.c17(synergy=t.Synergy(low, low, "start here", True))
    assert "People 64.6 (60 to 69), customers 64.6 (60 to 69)" in " ".join(document(snapshot).inside.synergy)


def test_a_range_does_not_seem_to_leave_out_a_level_that_it_touches():
    level = t.Level(3, "Practising", (2, 3), ("Aware", "Practising"), True, "51")
    composites = tuple(
        replace(c, groups={"customer": t.Estimate(n=90, mean=51.0, sd=9.0, interval=t.Range(49.7, 52.6))})
        for c in factory.c17().composites
    )
    told = level_sentence(factory.c17(overall={"customer": level}, composites=composites), ENGLISH)
    assert "likely between 49.7 and 52.6" in told


# Reasons


def test_a_side_that_is_hidden_to_protect_people_is_not_called_too_small():
    composites = tuple(
        replace(c, groups={"customer": t.Estimate(withheld=Reason.PROTECTS)})
        for c in factory.c17().composites
    )
    snapshot = factory.c17(overall={}, composites=composites)
    assert level_sentence(snapshot, ENGLISH) == "No level is shown, to protect what people answered."


def test_forty_two_customers_who_cannot_judge_are_not_too_few_answers():
    composites = tuple(replace(c, groups={"customer": parts.FEW}) for c in factory.c17().composites)
    told = level_sentence(factory.c17(overall={}, composites=composites), ENGLISH)
    assert told == "No level: too few customers could judge the statements that it rests on."


def test_where_managers_are_split_asking_more_people_is_no_advice():
    snapshot = scenes.SCENES["undecided"]()
    index = replace(snapshot.indices[0], camps=True)
    told = narrative.verdict(index, snapshot, ENGLISH)
    assert told.endswith("Managers are split among themselves: find out why before asking more people.")


def test_a_gap_that_is_not_established_is_not_called_larger():
    picked = scenes.SCENES["undecided"]()
    headline = replace(picked.headline, difference=3.0, difference_interval=t.Range(-20.0, 26.0))
    assert "gap is probably larger" not in chosen_sentence(replace(picked, headline=headline), ENGLISH)


def test_what_customers_rate_low_is_not_to_be_kept():
    snapshot = scenes.SCENES["reverse"]()
    low = {"management": parts.estimate(18, 10.0), "customer": parts.estimate(42, 28.0)}
    indices = tuple(
        replace(changed(index, class_="over-critical", difference=-18.0), groups=low)
        for index in snapshot.indices
    )
    told = narrative.answer(replace(snapshot, indices=indices)).decision
    assert "keep doing" not in told
    assert "customers rate it 28, managers lower still" in told


def test_a_weak_index_is_not_the_one_good_thing_where_there_is_a_firm_one():
    snapshot = scenes.SCENES["no gap"]()
    weak = t.Reliability("customer", n=42, alpha=0.5, warnings=("weak pair",))
    first, *others = snapshot.indices
    assert narrative.answer(snapshot).good.startswith(first.name)
    told = narrative.answer(replace(snapshot, indices=(replace(first, reliability=(weak,)), *others))).good
    assert told.startswith(others[0].name)


# Who was asked


def test_more_answers_than_people_asked_are_never_printed():
    coverage = (t.Coverage("customer", 100, 236, 236, None, None),)
    facts = dict(document(factory.c17(coverage=coverage)).cover.facts)
    assert facts["Customers"] == "236 answers"


def test_nobody_is_silent_where_an_open_link_was_used():
    snapshot = factory.c17(wave=factory.wave(chosen="open"))
    assert tipping_sentence(snapshot, ENGLISH) is None
    assert silent_sentences(snapshot, ENGLISH) == ()


def test_who_was_asked_is_the_company_s_word():
    assert chosen_sentence(factory.c17(wave=factory.wave(chosen="all")), ENGLISH).startswith(
        "According to Acme, all customers were asked"
    )


def test_two_guesses_about_the_silent_are_computed(demo):
    shares, score = silent_sentences(demo, ENGLISH)
    assert shares == (
        "If the silent said so as often as managers expected (59 of 100), 44% of all customers would; "
        "if half of the silent did, 38%. Both stay below the managers’ 72%."
    )
    assert score == (
        "Customer-centricity (4 of 8 indices): to match the managers’ 75, the silent would have to average "
        "88; who answered gave 49.5."
    )


def test_whether_customers_are_harsher_is_told_by_the_indices():
    told = harsher_sentence(scenes.SCENES["no gap"](), ENGLISH)
    assert told.startswith("Customers who were simply harsher would be so everywhere; on every index")
    assert told.endswith("they are within 10 points of managers, or above them.")
    above = scenes.with_gaps(20.0, state="clear gap", class_="blind spot")
    assert harsher_sentence(above, ENGLISH).startswith(
        "On no index are customers shown to be within 10 points of managers or above them"
    )
    assert harsher_sentence(scenes.SCENES["tiny"](), ENGLISH).endswith("this wave cannot tell.")


# Another questionnaire, and the numbers of our own


def test_weights_and_counts_are_those_of_the_questionnaire():
    snapshot = factory.c17()
    assert document(snapshot).priorities.source == (
        "Weights come from the framework, not from your customers’ answers. External Orientation, Collective "
        "Focus, Change & Innovation and Shared Beliefs matter most for customer-centricity and weigh "
        "15% each, the others 10%."
    )
    even = replace(snapshot.importance, drivers=tuple(t.Driver(code, 0.125) for code in parts.INDICES))
    indices = tuple(replace(index, emphasised=False) for index in snapshot.indices)
    told = document(replace(snapshot, importance=even, indices=indices)).priorities.source
    assert told.endswith("All indices weigh the same.")
    assert "One index is judged" in str(document(replace(snapshot, family_size=1)).method)


def test_the_weighting_that_was_used_is_printed():
    told = document(factory.c17(wave=factory.wave(weighting={"customer": "population"}))).people.weights
    assert told == ("Customers: answers are weighted, as many as there are people in each segment.",)


def test_the_overall_question_is_printed_with_its_answers_and_the_employees(demo):
    told = dict(document(demo).outcomes.questions)
    assert told["Answers"].endswith("Counted as saying so: “Strongly” or “Very strongly”.")
    assert told["Employees"] == "9 of 21 employees (43%) say so (likely 24 to 63)."


# One order, one vocabulary, last year, the demo


def test_the_index_of_the_decision_is_among_the_gaps_shown():
    snapshot = factory.c17()
    last = min(
        (index for index in snapshot.indices if index.gap.state == "clear gap"),
        key=lambda index: index.gap.difference,
    )
    priorities = (t.Priority(last.code, 99.0), *(p for p in snapshot.priorities if p.index != last.code))
    told = replace(snapshot, priorities=priorities)
    assert first_priority(told) == last
    assert last.code in [gap.index for gap in narrative.answer(told).gaps]


def test_the_indices_stand_everywhere_in_one_order_and_their_codes_are_spelled_out(demo):
    report = document(demo)
    order = [row.code for group in report.overview.plot.groups for row in group.rows]
    assert list(report.breakdowns[0].heads[2:10]) == order
    assert list(dict.fromkeys(row[0].text for row in report.appendix.across[0].rows)) == order
    assert report.codes.startswith("EO External Orientation, CF Collective Focus")


def test_last_year_stands_on_page_one_and_beside_the_indices(demo):
    earlier = replace(demo, wave=replace(demo.wave, label="Spring 2025"))
    assert since_sentence(demo, earlier, ENGLISH) == (
        "Spring 2025: 7 of 42 customers (17%) said so (since then 0 percentage points, likely −16 to +16); "
        "Customer-centricity (4 of 8 indices): 49.5 from customers (since then 0, likely −5 to +5)."
    )
    table = document(demo, earlier=earlier).overview.table
    assert table.heads[4] == "Customers last time"
    assert {row[3].text == row[4].text for row in table.rows} == {True}


def test_a_made_up_company_is_marked_on_every_page(demo):
    report = document(demo, options=Options(demo=True))
    assert report.cover.demo == "Demo data: this company is made up"
    assert report.running.startswith("Demo data")
    assert "Demo data" not in document(demo).running


def test_two_commands_compute_the_report_again(demo):
    first, second = commands(demo)
    assert first == "cultureassess export WAVE --out answers"
    assert second.replace(" \\\n  ", " ") == (
        "cultureassess analyse answers/inside.csv answers/customers.csv --organisation Acme --label "
        "'Spring 2026' --date 2026-05-29 --chosen picked --instrument customer_culture_v1 --invited "
        "customer=120 --invited management=20 --invited staff=40 --out again"
    )


def test_a_mark_in_a_name_does_not_turn_the_headline():
    report = document(factory.c17(wave=factory.wave(organisation="Acme\u202e GmbH\u2067\ud800")))
    assert report.cover.organisation == "Acme GmbH"


def test_a_difference_of_averages_keeps_its_sign_in_the_appendix(demo):
    found = demo.mindset_behaviour.difference["customer"]
    table = document(demo).appendix.across[1]
    (row,) = [row for row in table.rows if row[0].text == "Mindset − behaviour"]
    customers = [cell.text for cell in row[-4:]]
    assert table.over[-4:] == ("Customers",) * 4
    assert (customers[1], customers[3]) == (
        ENGLISH.points(found.mean),
        ENGLISH.signed_between(found.interval),
    )


def test_partners_stand_in_a_table_of_their_own_with_all_their_figures(demo):
    told = replace(
        demo,
        coverage=(*demo.coverage, replace(demo.coverage[0], audience="partner")),
        indices=tuple(
            replace(index, groups=index.groups | {"partner": index.groups["customer"]})
            for index in demo.indices
        ),
        mindset_behaviour=replace(
            demo.mindset_behaviour,
            difference=demo.mindset_behaviour.difference
            | {"partner": demo.mindset_behaviour.difference["customer"]},
        ),
    )
    table = next(table for table in document(told).appendix.beside if table.name == "partners")
    measures = [row[0].text for row in table.rows]
    assert {index.code for index in demo.indices} < set(measures)
    assert measures[-1] == "Mindset − behaviour"
    assert {len(row) for row in table.rows} == {len(table.heads)}


# Where a gap arises


@pytest.mark.parametrize(
    ("difference", "inside", "outside", "larger"),
    [
        (20.0, t.Range(-2.0, 6.0), t.Range(8.0, 24.0), "customer"),
        (20.0, t.Range(12.0, 24.0), t.Range(-2.0, 6.0), "staff"),
        (20.0, t.Range(2.0, 10.0), t.Range(8.0, 24.0), None),
        (20.0, t.Range(-1.0, 3.0), t.Range(-9.0, -2.0), None),
        (-20.0, t.Range(-6.0, 2.0), t.Range(-24.0, -8.0), "customer"),
    ],
)
def test_a_step_is_called_larger_only_where_the_two_ranges_do_not_overlap(
    difference, inside, outside, larger
):
    index = divided(difference, inside, outside)
    found = larger_step(index)
    assert (found and found.lower) == larger
    unsure = largest_step(index, ENGLISH) == "Which step is the larger one, the answers do not tell."
    assert unsure == (larger is None)


def divided(difference, inside, outside):
    steps = (
        t.Step("management", "staff", (inside.low + inside.high) / 2, inside),
        t.Step("staff", "customer", (outside.low + outside.high) / 2, outside),
    )
    index = changed(factory.c17().indices[0], state="clear gap", difference=difference)
    return replace(index, chain=steps)


# Statements that illustrate


def answered(pair, managers, customers):
    """The pair with so many of 20 managers and of 40 customers saying so."""
    counts = {"management": (managers, 20), "customer": (customers, 40)}
    groups = {
        side: replace(pair.groups[side], n=n, count=count, favourable=100 * count / n, dont_know=0.0)
        for side, (count, n) in counts.items()
    }
    difference = 100 * (managers / 20 - customers / 40)
    return replace(pair, groups=groups, gap=replace(pair.gap, difference=difference))


def test_a_statement_illustrates_a_gap_only_if_its_own_range_excludes_zero(demo):
    first, second, *_ = demo.pairs_of("EO")
    unsure, sure = answered(first, 12, 19), answered(second, 16, 20)
    assert apart(unsure).interval.contains(0)
    assert widest((unsure, sure), rosier=True).id == second.id
    assert widest((unsure,), rosier=True) is None
    assert widest((sure,), rosier=False) is None


def test_the_statement_furthest_apart_is_taken(demo):
    first, second, *_ = demo.pairs_of("EO")
    assert widest((answered(first, 16, 20), answered(second, 19, 20)), rosier=True).id == second.id


def test_pairs_that_chance_may_have_set_apart_are_in_no_table(demo):
    none = tuple(answered(pair, 10, 19) if pair.customer else pair for pair in demo.pairs)
    views = document(replace(demo, pairs=none)).views
    assert (views.rosier, views.kinder) == (None, None)
    assert "There is no single pair that customers surely see rosier than managers." in views.note
    assert "There is no single pair that managers surely see rosier than customers." in views.note


def test_every_pair_of_a_table_excludes_zero(demo):
    told = document(demo).views
    pairs = {pair.id: pair for pair in demo.pairs}
    for table, rosier in ((told.rosier, True), (told.kinder, False)):
        rows = table.rows if table else ()
        assert all(established(apart(pairs[row[0].text]), rosier=rosier) for row in rows)


# Gaps to work on


def test_gaps_to_work_on_stand_in_one_order_on_every_page():
    snapshot = factory.c17()
    gaps = [gap.name for gap in narrative.answer(snapshot).gaps]
    acted = [index.name for index in actionable(snapshot) if index.gap.state == "clear gap"]
    assert gaps == acted[: len(gaps)] == [card.name for card in document(snapshot).action.cards]
    assert document(snapshot).priorities.table.rows[0][0].text == gaps[0]


def test_a_gap_in_customers_favour_is_not_among_those_to_work_on():
    snapshot = factory.c17()
    code = to_work_on(snapshot)[0].code
    indices = tuple(
        changed(index, difference=-40.0) if index.code == code else index for index in snapshot.indices
    )
    turned = replace(snapshot, indices=indices)
    assert code not in [index.code for index in to_work_on(turned)]
    assert "One of the gaps is in customers’ favour." in narrative.answer(turned).tally


# Lists, axes and tables that agree with one another


def test_the_list_of_classes_says_why_a_mark_lies_in_another_field():
    snapshot = factory.c17()
    low = {"management": parts.estimate(18, 55.0), "customer": parts.estimate(42, 40.0)}
    first, *others = snapshot.indices
    blind = replace(changed(first, class_="blind spot"), groups=low)
    told = dict(document(replace(snapshot, indices=(blind, *others))).views.classes)
    assert f"{first.name} (managers stay below 65 as well)" in told["blind spot"]


def test_weights_of_the_framework_are_not_called_customers_importance():
    snapshot = factory.c17()
    plane = priorities_plane(snapshot)
    assert plane.across.name == "Weight (framework)"
    assert "customers" not in plane.title
    derived = replace(snapshot, importance=replace(snapshot.importance, source="answers"))
    assert priorities_plane(derived).across.name == "Importance to customers"
    assert "by the framework’s weight" in narrative.answer(snapshot).decision


def test_a_gap_in_customers_favour_counts_as_nothing_and_the_table_says_so(demo):
    note = document(demo).priorities.table.note
    assert "A gap in customers’ favour, or one that is not established, counts as 0." in note


def test_a_column_of_dashes_is_left_out():
    table = Table("", ("Index", "Gap", "Class"), ((text("EO"), text("+3"), text("–")),) * 2)
    assert without_dashes(table).heads == ("Index", "Gap")
    assert [len(row) for row in without_dashes(table).rows] == [2, 2]
