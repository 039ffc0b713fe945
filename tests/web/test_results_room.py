"""The analysis room in numbers: what each page makes of a snapshot."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from msgspec.structs import replace

from cultureassess import instruments
from cultureassess.disclosure.reasons import Reason
from cultureassess.models import Chosen, SnapshotRecord, State
from cultureassess.report.words import ENGLISH
from cultureassess.services import fielding
from cultureassess.snapshot import types as t
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.types import Breakdown, BreakdownCell, Estimate, Synergy
from cultureassess.web.results import chain, change, contrasts, inside, matters, next_steps, segments
from cultureassess.web.results.cells import Setting
from tests.report import factory, parts, scenes
from tests.web import desk, showcase

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="module")
def demo(app):
    return showcase.snapshot(app)


def setting(snapshot) -> Setting:
    return Setting(snapshot, ENGLISH)


def roles(*means: float | None):
    """Three roles of managers with 20 answers each; None for a role that is withheld."""
    names = ("executive", "middle manager", "frontline manager or supervisor")
    cells = tuple(
        BreakdownCell(name, None, Reason.FEW, {}, {})
        if mean is None
        else BreakdownCell(name, 20, None, {i: parts.estimate(20, mean) for i in parts.INDICES}, {})
        for name, mean in zip(names, means, strict=True)
    )
    return factory.c17(breakdowns=(Breakdown("role", "inside", cells),))


def test_the_chain_goes_from_the_top_to_the_customers():
    found = chain.build(setting(roles(90.0, 60.0, 59.0)))
    assert [rung.label for rung in found.chains[0].rungs] == [
        "Managers",
        "of these: Top management",
        "of these: Leaders of managers",
        "of these: Team leaders",
        "Employees",
        "Customers",
    ]


def test_the_larger_step_is_marked_as_in_the_report():
    found = chain.build(setting(divided(t.Range(-2.0, 6.0), t.Range(8.0, 24.0))))
    assert [(rung.step.text, rung.step.range) for rung in found.chains[0].rungs if rung.step] == [
        ("+2", "−2 to +6"),
        ("+16", "+8 to +24"),
    ]
    assert [rung.label for rung in found.chains[0].rungs if rung.largest] == ["Customers"]
    assert found.chains[0].finding.endswith("The larger measured step lies between employees and customers.")
    assert found.title == "On 8 of 8 indices the larger step lies between employees and customers"


def test_steps_whose_ranges_overlap_are_listed_and_none_is_marked():
    found = chain.build(setting(divided(t.Range(2.0, 10.0), t.Range(8.0, 24.0))))
    assert found.title == "No single step from the top to the customers stands out"
    assert not any(rung.largest for one in found.chains for rung in one.rungs)
    assert found.chains[0].finding.startswith("Where it arises: +6 between managers and employees")


def divided(inside, outside):
    """Every index with a clear gap and these two steps."""
    made = scenes.with_gaps(20.0, state="clear gap", class_="blind spot")
    steps = (
        t.Step("management", "staff", (inside.low + inside.high) / 2, inside),
        t.Step("staff", "customer", (outside.low + outside.high) / 2, outside),
    )
    return replace(made, indices=tuple(replace(index, chain=steps) for index in made.indices))


def test_a_withheld_role_leaves_its_reason_and_no_role_has_a_step():
    rungs = chain.build(setting(roles(None, 70.0, 60.0))).chains[0].rungs
    assert rungs[1].score.reason == "not shown – fewer than 5"
    assert rungs[1].marker is None
    assert [rung.step for rung in rungs[:4]] == [None] * 4


def test_without_roles_managers_are_one_rung():
    found = chain.build(setting(factory.c17()))
    assert [rung.label for rung in found.chains[0].rungs] == ["Managers", "Employees", "Customers"]


def test_deviations_cancel_out_a_harsh_rater():
    found, harsher = (
        contrasts.deviations(setting(shifted))[1] for shifted in (with_gaps(0.0), with_gaps(20.0))
    )
    assert [one.value for one in found] == [one.value for one in harsher]
    assert sum(one.size for one in found) == pytest.approx(0)


def with_gaps(more: float):
    snapshot = factory.c17()
    indices = tuple(
        replace(i, gap=replace(i.gap, difference=i.gap.difference + more)) for i in snapshot.indices
    )
    return replace(snapshot, indices=indices)


def test_gaps_that_are_alike_are_called_a_matter_of_the_rater():
    found = contrasts.build(setting(scenes.with_gaps(20.0, state="clear gap", class_="blind spot")))
    assert found.finding.startswith("The gaps are much alike")


def test_without_a_distance_nobody_is_called_harsh():
    found = contrasts.build(setting(scenes.with_gaps(1.0, state="aligned", class_="shared strength")))
    assert found.finding == "There is hardly a distance between the two sides, on any index."


def test_the_title_names_what_to_act_on_in_the_order_of_the_action_sheet(demo):
    assert matters.build(setting(demo)).title == (
        "Begin where weight and distance are largest together: "
        "External Orientation, Shared Beliefs and Collective Focus"
    )


def test_framework_weights_are_called_that():
    found = matters.build(setting(factory.c17()))
    assert not found.derived
    assert found.priorities.source.startswith("Weights come from the framework")


def test_own_view_is_drawn_hollow():
    synergy = Synergy(
        parts.estimate(30, 70.0), parts.estimate(30, 60.0), "people-led, customer distant", own_view=True
    )
    assert 'r="3" fill="var(--color-surface)"' in inside.build(setting(factory.c17(synergy=synergy))).drawing
    assert 'r="3" fill="var(--color-ink)"' in inside.build(setting(factory.c17())).drawing


def test_a_withheld_side_leaves_no_picture():
    few = Synergy(Estimate(withheld=Reason.FEW), parts.estimate(30, 60.0))
    found = inside.build(setting(factory.c17(synergy=few)))
    assert found.drawing is None
    assert found.numbers[0][1].reason == "not shown – fewer than 5"


@pytest.mark.parametrize(
    ("apart", "shade"),
    [(0, "even"), (2.9, "even"), (3, "high-1"), (-8, "low-2"), (14.9, "high-2"), (-15, "low-3")],
)
def test_shades_deepen_with_the_distance_from_the_average(apart, shade):
    assert segments.shade(apart) == shade


def test_withheld_cells_are_hatched_and_explained(app, demo):
    content = desk.html(app, demo, "segments")
    shown = [index.code for index in demo.indices] + [demo.headline_composite.code]
    cells = [cell for breakdown in demo.breakdowns for cell in breakdown.cells]
    figures = [({**cell.indices, **cell.composites}) for cell in cells]
    hidden = sum(not found[code].shown for found in figures if found for code in shown)
    hidden += sum(cell.withheld is not None for cell in cells)
    assert content.count('class="heat hidden"><span class="withheld">') == hidden > 4
    assert "not shown – protects people" in content


def customers(*means: float, n: int = 60):
    cells = tuple(
        BreakdownCell(
            f"group {at}",
            n,
            None,
            {i: parts.estimate(n, mean) for i in parts.INDICES},
            {"CC4": parts.estimate(n, mean)},
        )
        for at, mean in enumerate(means)
    )
    return factory.c17(breakdowns=(Breakdown("segment", "outside", cells),))


def test_the_largest_difference_within_customers_is_said_in_words():
    found = segments.build(setting(customers(50.0, 70.0, 55.0)))
    assert found.compared == 3 * 9
    assert found.title.startswith(
        "Hidden in the average: “group 1” rate Collective Focus 20 points higher than “group 0”"
    )


def test_chance_within_customers_is_not_called_a_difference():
    assert segments.build(setting(customers(60.0, 61.0))).title.startswith("Customers see it alike")


def test_small_groups_of_customers_are_not_compared():
    found = segments.build(setting(customers(20.0, 90.0, n=29)))
    assert found.compared == 0
    assert found.title == "Too few customers per group to look for differences among them"


def test_at_most_three_cards_in_the_order_of_priority(demo):
    found = next_steps.build(setting(demo))
    assert [card.code for card in found.cards] == ["EO", "SB", "CF"]
    assert all(card.owner and card.guidance and card.target for card in found.cards)


def test_without_anything_established_nothing_is_recommended():
    found = next_steps.build(setting(scenes.SCENES["undecided"]()))
    assert found.cards == ()
    assert found.title == "Nothing to act on yet: hear more people first"


def test_equal_waves_have_moved_nowhere(demo):
    found = change.build(setting(demo), demo)
    assert found.title == "Nothing that customers say has moved beyond noise"
    assert {cell.tone for row in found.rows for cell in row.cells} == {"noise"}
    assert found.lists[0].lines == found.lists[2].lines == ()
    assert set(found.lists[1].lines) == {
        f"{who}: all indices." for who in ("Customers", "Managers", "Employees", "Gap")
    }


def test_the_first_wave_says_that_there_is_nothing_to_compare(app):
    assert "This is the first wave" in app.test_client().get("/results/1/change").text


def side_by_side(app, *organisations: str) -> str:
    """Copies of the demo's results under other names, and the page that shows them all."""
    with app.extensions["sessions"]() as session:
        snapshot = showcase.snapshot(app)
        for place, name in enumerate(organisations):
            add_client(session, name, lowered(snapshot, name, place))
        session.commit()
    return app.test_client().get("/results/clients").text


def lowered(snapshot, name: str, by: int):
    """The same results with another name, and customers that score lower."""
    composites = tuple(
        replace(
            c,
            groups=c.groups
            | {"customer": replace(c.groups["customer"], mean=c.groups["customer"].mean - by)},
        )
        for c in snapshot.composites
    )
    return replace(snapshot, composites=composites, wave=replace(snapshot.wave, organisation=name))


def add_client(session, name: str, snapshot) -> None:
    instrument = instruments.by_code("customer_culture_v1")
    organisation = fielding.create_organisation(session, name, name.lower())
    wave = fielding.create_wave(
        session,
        fielding.create_assessment(session, organisation, instrument),
        instrument,
        fielding.Plan(label=name, chosen=Chosen.ALL),
    )
    for state in (State.OPEN, State.CLOSED):
        wave.state = state
        session.flush()
    stored = to_json(snapshot).decode()
    session.add(SnapshotRecord(wave_id=wave.id, version=1, json=stored, fingerprint="f", created_on=TODAY))


def test_places_are_told_from_five_clients_on(tmp_path):
    app = showcase.make(tmp_path)
    assert "Places are told from five clients on." in side_by_side(app, "Alpha", "Beta", "Gamma")
    page = side_by_side(app, "Delta")
    assert "Places are told" not in page
    rows = re.findall(
        r'<tr><th scope="row">(.*?)</th>.*?<td class="number" data-label="Place">([^<]*)</td></tr>', page
    )
    assert rows == [
        ("Alpha", "1 of 5"),
        ("Beta", "4 of 5"),
        ("Delta", "1 of 5"),
        ("Gamma", "5 of 5"),
        ("Nordlicht Logistics", "1 of 5"),
    ]


def test_a_leader_has_no_clients(app):
    client = app.test_client()
    leader = desk.lead(client, showcase.token(client, "/"))
    assert leader.get("/results/clients").status_code == 404
