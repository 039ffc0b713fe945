"""A title, a note or a number stands only on a page that bears it out."""

import pytest
from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.document import document
from cultureassess.report.document.appendix import appendix
from cultureassess.report.document.tested import gaps
from cultureassess.report.narrative.priorities import nearly_tied
from cultureassess.report.narrative.recipe import commands
from cultureassess.report.options import Options
from cultureassess.report.pdf import render_html
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import factory, parts, scenes

LOST, VIEW = "Where the truth gets lost", "The view from the top to the customers"


def scene(name):
    return scenes.SCENES[name]()


# Titles


@pytest.mark.parametrize(
    ("name", "views", "truth"),
    [
        ("strong", "Where managers see it rosier than customers", LOST),
        ("small gap", "Where managers see it rosier than customers", LOST),
        ("no gap", "Both sides see it alike, within 10 points", VIEW),
        ("reverse", "Where customers see it rosier than managers", VIEW),
        ("undecided", "Who sees which strengths", VIEW),
        ("tiny", "Who sees which strengths", VIEW),
        ("customers hidden", "Who sees which strengths", VIEW),
    ],
)
def test_a_title_is_what_its_page_finds_and_stands_so_in_the_contents(name, views, truth):
    told = document(scene(name))
    assert (told.views.title, told.truth.title) == (views, truth)
    assert {views, truth, told.priorities.title} <= {entry.title for entry in told.contents}


def test_gaps_either_way_are_told_apart_in_the_title():
    snapshot = factory.c17()
    first, *others = snapshot.indices
    kinder = replace(first, gap=replace(first.gap, state="clear gap", difference=-20.0))
    assert document(replace(snapshot, indices=(kinder, *others))).views.title == (
        "Managers see some indices rosier, customers others"
    )


def test_nothing_is_said_to_get_lost_where_no_gap_shows_it():
    assert document(scene("no gap")).truth.lead.endswith("in which managers are the rosier side.")
    assert "no step can be told from chance" in document(scene("tiny")).truth.lead


def test_a_brief_without_a_gap_does_not_say_that_customers_see_least():
    brief = Options(shape="brief")
    assert document(scene("no gap"), options=brief).gaps.title == "Statement by statement, in both wordings"
    assert document(scene("all hidden"), options=brief).gaps.title == "No index could be compared"


# Fewer than ten answers


def test_without_a_range_no_line_is_explained_and_a_mean_carries_its_rule_of_thumb():
    without_staff = scenes.withheld(scene("tiny"), "staff")
    tiny, strong = document(without_staff).overview, document(factory.c17()).overview
    assert "95%" not in tiny.plot.footnote + tiny.table.note
    assert tiny.plot.footnote.startswith("A mean of fewer than ten answers has no line")
    assert tiny.plot.heads[:2] == ("", "")
    assert tiny.lead == ""
    assert [cell.text for cell in tiny.table.rows[0][1:4]] == ["82 (±16)", "not shown", "70 (±17)"]
    both = document(scene("tiny")).overview
    assert "Gap" not in both.table.heads
    assert both.plot.footnote.startswith(
        "Lines are 95% intervals. A mean of fewer than ten answers has no line"
    )
    assert strong.plot.footnote.startswith("Lines are 95% intervals.")
    assert "±" not in strong.plot.footnote


def test_a_decimal_is_explained_only_where_one_is_printed():
    rule = "A figure that just misses a limit keeps a decimal"
    whole = scene("no gap")
    first, *others = whole.indices
    near = replace(first, groups={**first.groups, "customer": parts.estimate(42, 64.8)})
    assert rule not in document(whole).overview.table.note
    assert rule in document(replace(whole, indices=(near, *others))).overview.table.note


# The appendix


@pytest.mark.parametrize(
    ("tested", "told"),
    [(0, "No index was tested: none has ten"), (1, "One index was tested"), (8, "Verdicts are held to a")],
)
def test_the_appendix_tells_how_many_indices_were_tested_or_why_none(tested, told):
    note = gaps(replace(factory.c17(), family_size=tested), ENGLISH).note
    assert note.startswith(told)
    assert " 0 indices" not in note


def test_turning_is_explained_only_where_a_statement_is_turned():
    def note(snapshot):
        return next(table.note for table in appendix(snapshot, ENGLISH).tested if "items" in table.name)

    snapshot = factory.c17()
    first, *others = snapshot.pairs
    assert "Turned:" not in note(snapshot)
    assert "Turned:" in note(replace(snapshot, pairs=(replace(first, reverse=True), *others)))


def test_a_statement_without_any_figure_says_why():
    snapshot = factory.c17()
    few, protects = t.ItemFigures(withheld=Reason.FEW), t.ItemFigures(withheld=Reason.PROTECTS)

    def plain(**groups):
        pairs = tuple(replace(p, groups=groups) if p.id == "CO3" else p for p in snapshot.pairs)
        page = next(p for p in document(replace(snapshot, pairs=pairs)).indices if p.code == "CO")
        return next(block.plain for block in page.inside_only if block.code == "CO3")

    assert plain(management=protects, staff=protects) == "not shown – protects people"
    assert plain(management=few, staff=protects) == (
        "Managers: not shown – fewer than 5; Employees: not shown – protects people"
    )


# Priorities


def test_nothing_is_numbered_where_there_is_nothing_to_act_on():
    told = document(scene("no gap")).priorities
    assert [point.place for point in told.plane.points] == [None] * 8
    assert told.table.caption == "The indices, for the order of the conversation"
    assert {cell.kind for row in told.table.rows for cell in row} == {"text", "number"}


def test_a_step_that_all_have_in_common_is_told_once():
    def table(name):
        priorities = tuple(t.Priority(one.index, one.value) for one in scene(name).priorities)
        return document(replace(scene(name), priorities=priorities)).priorities.table

    assert "First step" not in table("no gap").heads
    assert table("no gap").note.startswith("First step for all: say what to keep.")
    assert table("tiny").note.startswith("First step for all: ask more people.")


def test_a_first_step_names_the_statement_to_hear_customers_on(demo):
    steps = [row[-1].text for row in document(demo).priorities.table.rows]
    assert "hear customers on EO2" in steps
    assert len(set(steps)) > 3


def with_values(*values, n=42):
    """The strong wave with these priorities and so many customers; the others have none."""
    snapshot = factory.c17()
    rosy = [index for index in snapshot.indices if index.gap.state == "clear gap"][: len(values)]
    groups = {"management": parts.estimate(n, 80.0), "customer": parts.estimate(n, 50.0)}
    indices = tuple(replace(index, groups=groups) for index in rosy)
    priorities = tuple(t.Priority(index.code, value) for index, value in zip(indices, values, strict=True))
    return replace(snapshot, indices=indices, priorities=priorities)


@pytest.mark.parametrize(
    ("values", "n", "tied"),
    [
        ((9.0, 6.0, 3.0), 42, []),
        ((9.0, 3.2, 3.0), 42, [(1, 2)]),
        ((9.0, 6.0, 3.2, 3.0), 42, [(2, 3)]),
        ((3.2, 3.1, 3.0), 42, [(0, 1, 2)]),
        ((9.0, 8.1, 7.2), 42, [(0, 1), (1, 2)]),
        ((9.0, 3.2, 3.0), 42_000, []),
    ],
)
def test_priorities_that_chance_could_turn_round_are_called_nearly_tied(values, n, tied):
    snapshot = with_values(*values, n=n)
    names = [index.name for index in snapshot.indices]
    assert [tuple(names.index(one.name) for one in run) for run in nearly_tied(snapshot)] == tied


# Names and counts


def test_importance_is_not_said_to_stand_beside_what_is_not_shown():
    assert document(scene("customers hidden")).priorities.title == "Importance"
    assert document(scene("lopsided")).priorities.title == "Importance, and what customers say"


@pytest.mark.parametrize(
    ("name", "tally", "title"),
    [
        ("reverse", "One index: 1 shows a gap.", "Customers rate the one index higher than managers do"),
        ("no gap", "One index: both sides agree on 1.", "Managers and customers see every index alike"),
    ],
)
def test_one_index_is_not_counted_as_several(name, tally, title):
    told = document(replace(scene(name), indices=scene(name).indices[:1], priorities=()))
    assert told.overview.lead.startswith(tally)
    assert told.overview.plot.title.startswith(title)


# Last time


def earlier(**wave):
    return replace(factory.c17(), wave=factory.wave(label="Spring 2025", **wave))


def test_the_trend_tells_how_both_waves_chose_their_customers_and_who_answered():
    now = factory.c17(wave=factory.wave(label="Spring 2026", chosen="random"))
    unknown = tuple(replace(c, invited=None, rate=None) for c in now.coverage)
    then, since, warning = document(
        now, earlier=replace(earlier(chosen="picked"), coverage=unknown)
    ).trend.asked
    assert then.startswith("Spring 2025: customers were picked by account managers; 42 answers, of how")
    assert since == "Spring 2026: customers were drawn at random; 42 answers of 120 invited (35%)."
    assert warning.startswith("Customers were chosen another way this time")
    assert len(document(now, earlier=earlier(chosen="random")).trend.asked) == 2


def test_page_one_doubts_a_change_where_customers_were_chosen_another_way_or_nobody_knows():
    now = factory.c17(wave=factory.wave(label="Spring 2026", chosen="random"))
    unknown = tuple(replace(c, invited=None, rate=None) for c in now.coverage)

    def since(before):
        return document(now, earlier=before).cover.since

    assert since(earlier(chosen="picked")).endswith("Customers were chosen another way then.")
    assert since(replace(earlier(chosen="random"), coverage=unknown)).endswith(
        "Spring 2025: how many customers were invited is not known."
    )
    assert since(earlier(chosen="random")).endswith("likely −5 to +5).")


def test_the_commands_remake_a_change_from_the_attached_wave_before():
    alone, compared = document(factory.c17()).method, document(factory.c17(), earlier=earlier()).method
    assert "--earlier" not in alone.commands[1]
    assert compared.commands == commands(factory.c17(), earlier=True)
    assert "--earlier earlier-snapshot.json --out again" in compared.commands[1]
    assert "the changes rest on earlier-snapshot.json" in compared.check[1]


# The action sheet and the brief


def test_the_four_estimates_are_explained_where_there_is_a_card_to_fill_in():
    assert document(factory.c17()).action.rice.startswith("Reach: customers touched in a quarter.")
    assert document(scene("no gap")).action.rice == ""


def test_the_workshop_fills_in_no_gaps_where_there_are_none():
    def decide(name):
        return next(how for _, step, how in document(scene(name)).facilitator.steps if step == "Decide")

    assert "at most three gaps" in decide("strong")
    assert decide("no gap") == "Fill in the action sheet: one thing to keep, and one to stop."


def test_the_brief_ends_with_who_answered_and_how_to_check_it():
    assert document(factory.c17()).asked.startswith("Answered: Managers 18 of 20, Employees ")
    assert "“cultureassess verify” makes this brief again" in document(factory.c17()).asked


# Columns, legends, names


def test_a_column_without_a_single_figure_is_left_out(demo):
    told, hidden = (appendix(found, ENGLISH).tested[0] for found in (demo, scene("all hidden")))
    assert told.heads[-2:] == ("Points 1 to 5", "Gap (likely)")
    assert hidden.heads[-1] == "Cannot judge"
    assert "how many chose each point is told from ten answers" in hidden.note


def test_a_legend_stands_only_above_bars():
    def legends(name):
        return render_html(scene(name)).split('id="appendix"')[0].count('class="key"')

    assert (legends("no gap"), legends("all hidden")) == (8, 0)


def test_nothing_is_said_of_the_tests_of_a_questionnaire_that_was_brought_along(demo):
    theirs = document(replace(demo, instrument=replace(demo.instrument, code="theirs_v1")))
    assert document(demo).method.limits[0].startswith("The questionnaire is a draft")
    assert theirs.method.limits[0].endswith("its authors must say.")
    assert "a draft without norms" in document(demo).asked
    assert "a draft" not in theirs.asked
