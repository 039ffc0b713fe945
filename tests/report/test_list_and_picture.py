"""Lists and the pictures beside them tell one story: the same order, the same doubts."""

import pytest
from msgspec.structs import replace

from cultureassess.report.document import document
from tests.report import factory, parts


def changed(index, **gap):
    return replace(index, gap=replace(index.gap, **gap))


@pytest.mark.parametrize(
    ("managers", "customers", "who"),
    [(63.0, 40.0, "managers"), (80.0, 66.0, "customers"), (63.0, 66.0, "both"), (80.0, 40.0, None)],
)
def test_who_is_near_the_line_is_marked_on_either_side(managers, customers, who):
    snapshot = factory.c17()
    groups = {"management": parts.estimate(18, managers), "customer": parts.estimate(42, customers)}
    first, *others = snapshot.indices
    near = replace(changed(first, class_="mixed"), groups=groups)
    told = dict(document(replace(snapshot, indices=(near, *others))).views.classes)["mixed"]
    assert told == (f"{first.name} ({who} could be on either side of 65)" if who else first.name)


def test_a_list_and_its_picture_tell_the_same_first_three(demo):
    report = document(demo).priorities
    places = {point.place: point.name for point in report.plane.points if point.place}
    assert [places[place] for place in (1, 2, 3)] == [row[0].text for row in report.table.rows[:3]]
    assert "The list multiplies weight by size" in report.order
