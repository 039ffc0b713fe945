"""Pain points: one list without duplicates, each with a touchpoint and a reach, ranked by impact."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cultureassess.models import PainSource
from cultureassess.services.actions import journey
from cultureassess.services.actions.feedback import import_feedback
from cultureassess.services.actions.journey import DEFAULT, JourneyRefused
from tests import scene
from tests.report import factory


@pytest.fixture
def organisation(session):
    return scene.draft_wave(session).assessment.organisation


def themes(session, organisation, **more):
    return [(one.theme, one.reach) for one in journey.pains(session, organisation, None, **more)]


def test_an_organisation_begins_with_the_default_journey_and_draws_its_own(session, organisation):
    assert journey.journey_names(session, organisation) == DEFAULT
    journey.count_pain(session, organisation, PainSource.FEEDBACK, "Queue", "Use", 4)
    journey.draw_journey(session, organisation, ("Use", "Order", "Leave"))
    assert journey.journey_names(session, organisation) == ("Use", "Order", "Leave")
    assert journey.pains(session, organisation, None)[0].touchpoint == "Use"
    journey.draw_journey(session, organisation, ("Order", "USE"))
    assert journey.pains(session, organisation, None)[0].touchpoint == "USE"
    journey.draw_journey(session, organisation, ("Order", "Leave"))
    assert journey.pains(session, organisation, None)[0].touchpoint == ""


@pytest.mark.parametrize("names", [(), ("Use", "use"), tuple(map(str, range(16)))])
def test_a_journey_has_one_to_fifteen_touchpoints_each_once(session, organisation, names):
    with pytest.raises(JourneyRefused):
        journey.draw_journey(session, organisation, names)


def test_a_theme_stands_once_and_a_file_read_twice_counts_once(session, organisation):
    file = b"theme,touchpoint,count\nLate  invoices,Buy,3\nlate invoices,,4\nQueue,use,10\n"
    for _ in range(2):
        assert import_feedback(session, organisation, file).stored == 2
    assert themes(session, organisation) == [("Queue", 10), ("Late invoices", 7)]
    assert [one.touchpoint for one in journey.pains(session, organisation, None)] == ["Use", "Buy"]


def test_lines_that_make_no_sense_are_passed_over_and_told(session, organisation):
    file = b"theme;touchpoint;count\n;Use;3\nA;Moon;3\nB;Use;-1\nC;Use;2.5\nD;Use;5\n"
    found = import_feedback(session, organisation, file)
    assert found.passed == (
        (2, "no theme"),
        (3, "no touchpoint Moon"),
        (4, "no whole number"),
        (5, "no whole number"),
    )
    assert themes(session, organisation) == [("D", 5)]


@pytest.mark.parametrize("file", [b"", b"theme;count\nA;1\n", b"\x00"])
def test_a_file_that_is_none_is_refused(session, organisation, file):
    with pytest.raises(JourneyRefused):
        import_feedback(session, organisation, file)


def test_what_customers_disagree_with_is_a_pain_point_with_their_number(session, organisation):
    snapshot = factory.c17()
    found = journey.pains(session, organisation, snapshot, customers=1000)
    assert found
    shown = {pair.id: pair.groups["customer"] for pair in snapshot.pairs if "customer" in pair.groups}
    for one in found:
        assert one.source is PainSource.GAP
        assert one.reach == int(10 * shown[one.theme].unfavourable + 0.5)
    assert [one.impact for one in found] == sorted((one.impact for one in found), reverse=True)
    assert len({(one.source, one.theme) for one in found}) == len(found)


def test_what_many_cannot_judge_is_a_pain_point_of_its_own(session, organisation):
    base = factory.c17()
    pairs = tuple(
        replace(pair, groups={**pair.groups, "customer": replace(pair.groups["customer"], dont_know=40.0)})
        if pair.id == "EO1"
        else pair
        for pair in base.pairs
    )
    found = journey.pains(session, organisation, replace(base, pairs=pairs), customers=1000)
    unseen = [one for one in found if one.source is PainSource.DONT_KNOW]
    assert [(one.theme, one.reach, one.impact) for one in unseen] == [("EO1", 400, 200.0)]


def test_what_the_snapshot_withholds_is_no_pain_point(session, organisation):
    from cultureassess.snapshot.types import ItemFigures

    base = factory.c17()
    pairs = tuple(replace(p, groups={name: ItemFigures() for name in p.groups}) for p in base.pairs)
    assert journey.pains(session, organisation, replace(base, pairs=pairs), customers=1000) == []


def test_a_statement_keeps_the_touchpoint_that_it_was_given(session, organisation):
    snapshot = factory.c17()
    theme = journey.pains(session, organisation, snapshot, customers=10)[0].theme
    assert journey.place_pain(session, organisation, PainSource.GAP, theme, "Get help") is True
    assert journey.place_pain(session, organisation, PainSource.GAP, theme, "Get help") is False
    placed = {one.theme: one.touchpoint for one in journey.pains(session, organisation, snapshot)}
    assert placed[theme] == "Get help"
    with pytest.raises(JourneyRefused):
        journey.place_pain(session, organisation, PainSource.GAP, theme, "Moon")


def test_two_origins_count_the_same_theme_each_for_itself(session, organisation):
    for origin, count in (("support", 40), ("reviews", 25), ("Reviews", 30)):
        file = f"theme,touchpoint,count\nLate invoices,Buy,{count}\n".encode()
        import_feedback(session, organisation, file, origin=origin)
    assert themes(session, organisation) == [("Late invoices (support)", 40), ("Late invoices (reviews)", 30)]


def test_a_theme_and_its_origin_fit_into_a_line(session, organisation):
    file = f"theme,touchpoint,count\n{'x' * 300},,1\n".encode()
    import_feedback(session, organisation, file, origin="s" * 60)
    ((theme, _),) = themes(session, organisation)
    assert (len(theme), theme[-3:]) == (200, "ss)")


def test_a_file_that_names_no_touchpoint_leaves_a_theme_where_it_was_put(session, organisation):
    for line in ("Late invoices,Buy,40", "Late invoices,,30"):
        import_feedback(session, organisation, f"theme,touchpoint,count\n{line}\n".encode())
    (found,) = journey.pains(session, organisation, None)
    assert (found.reach, found.touchpoint) == (30, "Buy")


def test_themes_that_look_alike_are_one_and_those_that_show_nothing_are_none(session, organisation):
    lines = ("Café,,1", "Cafe\u0301,,2", "\u202eCafé,,4", "\u2066\u200b\u2069,,8", "\u200d,,8")
    file = "\n".join(("theme,touchpoint,count", *lines)).encode()
    assert import_feedback(session, organisation, file).passed == ((5, "no theme"), (6, "no theme"))
    assert themes(session, organisation) == [("Café", 7)]
