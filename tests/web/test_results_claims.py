"""What a page must not say: no finding of too few answers, no "nothing" where nothing was looked at."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from cultureassess.web.results import chain, contrasts, inside, matters, next_steps, page, quality, segments
from cultureassess.web.results.cells import Setting
from cultureassess.web.results.indices import chain_step
from cultureassess.web.results.pairs import agreement
from tests.report import factory, parts
from tests.report.scenes import SCENES
from tests.web import desk, showcase


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


def setting(snapshot) -> Setting:
    return Setting(snapshot, ENGLISH)


def test_an_index_that_was_not_tested_is_not_said_to_hold_together(app):
    snapshot = factory.c17()
    assert not any(index.reliability or index.agreement for index in snapshot.indices)
    found = quality.build(setting(snapshot))
    assert found.title == (
        "Gaps from 16 points show up; too few answers to see whether every index holds together"
    )
    said = desk.text(desk.html(app, snapshot, "quality"))
    assert said.count("too few answers to tell") == 8
    assert " nothing " not in said


def test_quality_counts_the_indices_that_need_a_second_look():
    base = factory.c17()
    agreed = replace(base, indices=tuple(replace(index, agreement=0.8) for index in base.indices))
    untested = "Gaps from 16 points show up; too few answers to see whether every index holds together"
    assert quality.build(setting(agreed)).title == untested
    sound = tuple(
        t.Reliability(code, n=40, alpha=0.8, omega=0.8) for code in ("management", "staff", "customer")
    )
    snapshot = replace(agreed, indices=tuple(replace(index, reliability=sound) for index in agreed.indices))
    steady = quality.build(setting(snapshot))
    assert steady.title == "Gaps from 16 points show up, and every index holds together"
    camps = tuple(replace(index, camps=index.code in ("EO", "CF")) for index in snapshot.indices)
    found = quality.build(setting(replace(snapshot, indices=camps)))
    assert found.title == "Gaps from 16 points show up; 2 indices need a second look"
    assert found.steady[0].concerns


def test_late_answers_are_said_to_hide_more_only_from_five_points():
    late = factory.c17().late[0]
    said = [
        quality.build(setting(factory.c17(late=(one,)))).late[0].said
        for one in (late, replace(late, difference=-6.0, notable=True))
    ]
    assert said == [
        "Late and early answers are less than 5 points apart (−2).",
        "Late answers are lower (−6); silence may hide more.",
    ]


def test_the_quality_page_says_why_languages_are_not_counted():
    said = [sentence for sentence in quality.build(setting(factory.c17())).said if "anguage" in sentence]
    assert len(said) == 1
    assert said[0].startswith("Languages are not counted here")


def test_nobody_looks_like_a_few_among_the_careless():
    for answered in (0, None):
        nobody = t.Careless("inside", answered, 0, 0, 0, 0)
        found = quality.build(setting(factory.c17(careless=(nobody,)))).careless
        assert [(row.answered, row.excluded) for row in found] == [(None, None)]


def test_a_withheld_audience_is_listed_among_what_is_not_shown():
    hidden = t.Coverage("partner", withheld=Reason.FEW)
    snapshot = factory.c17(coverage=(hidden,), withheld=())
    assert [one.what for one in page.absent(setting(snapshot))] == ["Partners"]


def test_below_ten_answers_people_and_customers_have_no_place():
    few = t.Synergy(parts.estimate(15, 75.0), parts.estimate(6, 52.0), "people-led, customer distant")
    found = inside.build(setting(factory.c17(synergy=few)))
    assert found.title == "Too few answers to say where people and customers stand"
    assert found.drawing is not None


@pytest.mark.parametrize("scene", ["tiny", "all hidden"])
def test_without_a_range_no_page_says_that_nothing_was_found(scene):
    few = setting(SCENES[scene]())
    assert contrasts.build(few).title == "Too few answers to tell a blind spot from chance"
    assert chain.build(few).title == "Too few answers to follow an index from the top to the customers"


def test_without_a_range_the_order_says_what_it_rests_on():
    tiny = SCENES["tiny"]()
    assert matters.build(setting(tiny)).title == (
        "No gap can be measured yet: this order rests on weight and customers’ scores alone"
    )
    hidden = tuple(replace(priority, value=None) for priority in tiny.priorities)
    assert matters.build(setting(replace(tiny, priorities=hidden))).title == (
        "No gap can be measured yet, so nothing comes first"
    )


@pytest.mark.parametrize(
    ("scene", "lead"),
    [
        ("no gap", "Decide what to keep doing: both sides agree on every index"),
        ("reverse", "Decide what to keep doing in"),
    ],
)
def test_where_the_answers_tell_nobody_is_asked_for_more_of_them(scene, lead):
    found = next_steps.build(setting(SCENES[scene]()))
    assert found.cards == ()
    assert found.title == "No rosy view to correct, and no weakness that both sides share"
    assert found.lead.startswith(lead)


def test_few_managers_do_not_keep_anybody_from_acting_on_what_customers_say():
    found = next_steps.build(setting(SCENES["lopsided"]()))
    assert found.title == "What customers say can be acted on; the comparison has to wait"


def test_a_step_without_a_range_is_not_printed():
    step = t.Step("management", "staff", 25.0, None)
    assert chain_step(setting(factory.c17()), step).difference.reason == "not shown – too few for this figure"


@pytest.mark.parametrize(("bounded", "printed"), [("5 or less", "5% or less"), ("95 or more", "95% or more")])
def test_a_bounded_share_reads_as_in_the_report(bounded, printed):
    figures = t.ItemFigures(n=5, bounded=bounded)
    assert agreement(setting(factory.c17()), figures).text == printed


@pytest.mark.parametrize(("apart", "printed"), [(0.09, "0"), (-0.4, "0"), (2.7, "+2.7"), (-8.2, "−8")])
def test_a_distance_is_never_printed_as_if_it_had_reached_a_deeper_shade(apart, printed):
    assert segments.distance(apart, ENGLISH) == printed


def test_the_heat_map_begins_with_the_headline():
    assert segments.build(setting(factory.c17())).columns[0] == ("CC4", "Customer-centricity")


def test_without_groups_there_is_no_heat_map(app):
    snapshot = factory.c17(breakdowns=())
    assert segments.build(setting(snapshot)).title == "No groups to compare"
    assert "<table" not in desk.html(app, snapshot, "segments")


def test_hidden_audiences_are_never_called_shown(app):
    hidden = tuple(replace(row, withheld=Reason.FEW) for row in factory.c17().coverage)
    said = desk.text(desk.html(app, factory.c17(coverage=hidden, withheld=()), "quality"))
    assert "Everything that was asked is shown" not in said


def test_a_kinder_view_of_a_weakness_is_not_said_to_be_well():
    """Managers 45, customers 62, and nothing established elsewhere."""
    base = SCENES["undecided"]()
    kinder = SCENES["reverse"]().indices[0]
    groups = kinder.groups | {"customer": replace(kinder.groups["customer"], mean=62.0)}
    snapshot = replace(base, indices=(replace(kinder, groups=groups), *base.indices[1:]))
    assert (
        next_steps.build(setting(snapshot)).title
        == "No rosy view is established; one decision is to be taken"
    )


def test_groups_inside_alone_say_nothing_of_customers(app):
    inside_only = tuple(found for found in factory.c17().breakdowns if found.side == "inside")
    said = desk.text(desk.html(app, replace(factory.c17(), breakdowns=inside_only), "segments"))
    assert "customers were not asked for theirs" in said
    assert "Too few customers per group" not in said
