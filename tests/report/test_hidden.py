"""What is not shown, and why: whole groups, and single figures beside shown ones, without a count."""

from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.document import document
from cultureassess.report.document.hidden import hidden_section
from cultureassess.report.sheets.groups import hidden_sheet
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import factory, parts, scenes

FEW, PROTECTS, THIN = (
    "Fewer than 5 answers.",
    "Showing it would tell what a few people answered.",
    "Enough answers for an average, too few for this figure.",
)


def told(snapshot):
    return {one.why: one for one in hidden_section(snapshot, ENGLISH)}


def heat_map(cell):
    shown = t.BreakdownCell("sales", 12, None, cell, {"CC4": t.Estimate(withheld=Reason.PROTECTS)})
    return t.Breakdown("function", "inside", (shown,))


def test_single_cells_beside_shown_ones_are_listed_with_their_reason():
    cell = {"EO": parts.estimate(12, 60.0), "CF": t.Estimate(withheld=Reason.PROTECTS)}
    found = told(factory.c17(breakdowns=(heat_map(cell),)))[PROTECTS]
    assert found.single == ("CF and CC4 (Part of the company: sales)",)
    assert "a single cell can be missing in a row that is shown" in found.explained


def test_groups_of_one_attribute_stand_together():
    withheld = (
        t.Withheld("role: executive", Reason.FEW),
        t.Withheld("role: middle manager", Reason.FEW),
        t.Withheld("function: HR", Reason.FEW),
    )
    found = told(factory.c17(withheld=withheld))[FEW]
    assert found.groups[-2:] == ("Role: Top management and Leaders of managers", "Part of the company: HR")


def test_the_figures_of_a_hidden_audience_are_not_listed_one_by_one():
    snapshot = scenes.SCENES["customers hidden"]()
    found = told(snapshot)[FEW]
    assert snapshot.index("EO").groups["customer"].withheld is Reason.FEW
    assert found.groups[0] == "Customers"
    assert not any("Customers" in single for single in found.single)


def test_statements_that_protect_people_are_named_by_kind_and_group(demo):
    pair = demo.pairs[0]
    hidden = replace(pair, groups={**pair.groups, "staff": t.ItemFigures(withheld=Reason.PROTECTS)})
    found = told(replace(demo, pairs=(hidden, *demo.pairs[1:])))[PROTECTS]
    assert "single statements, in part (Employees)" in found.single
    assert pair.id not in " ".join(found.single)


def test_groups_that_miss_every_figure_of_a_kind_stand_apart_from_those_that_miss_some(demo):
    def without(group, composites):
        hidden = {group: t.Estimate(withheld=Reason.PROTECTS)}
        return tuple(replace(one, groups={**one.groups, **hidden}) for one in composites)

    first, *others = without("staff", demo.composites)
    found = told(replace(demo, composites=(*without("customer", [first]), *others)))[PROTECTS]
    assert "means over several indices (Employees)" in found.single
    assert "means over several indices, in part (Customers)" in found.single


def test_what_nobody_was_asked_is_not_withheld():
    gap = t.Gap(withheld=Reason.NOT_ASKED)
    snapshot = factory.c17()
    asked = replace(snapshot, pairs=tuple(replace(pair, gap=gap) for pair in snapshot.pairs))
    assert not any("gaps" in one.single for one in hidden_section(asked, ENGLISH))


def test_every_reason_explains_itself_and_counts_nobody(demo):
    found = hidden_section(demo, ENGLISH)
    assert {one.why for one in found} == {FEW, PROTECTS, THIN}
    for one in found:
        assert one.explained
        assert not any(letter.isdigit() for letter in one.explained)


def test_report_and_sheet_list_the_same(demo):
    report = document(demo).hidden
    listed = [what for one in report for what in (*one.groups, *one.single)]
    assert [row[0] for row in hidden_sheet(demo, ENGLISH).rows] == listed
    assert len(listed) > 3
