"""The practice check: marks with evidence, and perception beside practice."""

from __future__ import annotations

import pytest

from cultureassess.practices import Mark, library, recommended
from cultureassess.report.document import document
from cultureassess.report.options import Options
from cultureassess.services.actions.plan import action_plan
from cultureassess.services.actions.practice_check import (
    MarkRefused,
    Said,
    mark_practices,
    marks_of,
    perceived,
)
from tests import scene
from tests.report import factory


def test_a_mark_is_stored_with_its_evidence_changed_and_taken_away(session):
    organisation = scene.draft_wave(session).assessment.organisation
    said = {"coach": Said(Mark.DO, "Every Friday"), "involve": Said(Mark.NO)}
    assert mark_practices(session, organisation, said, by="Ada", today=scene.TODAY) == ("coach", "involve")
    assert mark_practices(session, organisation, said, by="Kim", today=scene.TODAY) == ()
    found = marks_of(session, organisation)
    assert (found["coach"].evidence, found["coach"].marked_by) == ("Every Friday", "Ada")
    mark_practices(session, organisation, {"coach": Said(None)}, by="Ada", today=scene.TODAY)
    assert set(marks_of(session, organisation)) == {"involve"}


@pytest.mark.parametrize(
    ("code", "said"),
    [("coach", Said(Mark.DO)), ("coach", Said(Mark.NO, "x" * 1001)), ("no-such-thing", Said(Mark.NO))],
)
def test_a_mark_without_evidence_or_practice_is_refused_and_nothing_stored(session, code, said):
    organisation = scene.draft_wave(session).assessment.organisation
    every = {"involve": Said(Mark.NO), code: said}
    with pytest.raises(MarkRefused) as refused:
        mark_practices(session, organisation, every, by="Ada", today=scene.TODAY)
    assert refused.value.practice == code
    assert marks_of(session, organisation) == {}


def test_the_plan_of_a_wave_leaves_out_what_is_done(session):
    wave = scene.draft_wave(session)
    said = {"coach": Said(Mark.DO, "Every Friday")}
    mark_practices(session, wave.assessment.organisation, said, by="Ada", today=scene.TODAY)
    plan = action_plan(session, wave)
    assert plan.evidence == {"coach": "Every Friday"}
    assert "coach" not in [one.code for one in recommended(["CO"], plan)]


def test_customers_notice_a_practice_where_they_are_asked_and_half_agree():
    snapshot = factory.c17()
    for practice in library().practices:
        found = perceived(snapshot, practice)
        pair = next((pair for pair in snapshot.pairs if pair.id == practice.felt), None)
        if found is None or pair is None or "customer" not in pair.groups:
            continue
        assert found.audience == "customer"
        assert found.noticed == (pair.groups["customer"].favourable >= 50)


def test_what_is_withheld_is_neither_noticed_nor_not():
    practice = library().practice("coach")
    snapshot = factory.c17()
    found = perceived(snapshot, practice)
    assert found is not None
    from msgspec.structs import replace

    from cultureassess.snapshot.types import ItemFigures

    pairs = tuple(
        replace(pair, groups={name: ItemFigures() for name in pair.groups}) for pair in snapshot.pairs
    )
    assert perceived(replace(snapshot, pairs=pairs), practice).noticed is None


def test_no_page_of_the_report_suggests_what_is_done():
    snapshot = factory.c17()
    index = snapshot.indices[0].code
    first, second, *_ = library().of_index(index)
    usual = document(snapshot)
    told = document(snapshot, options=Options(done=(first.code,)))
    suggested = [
        [text for text, _ in page.guidance.practices]
        for page in (page_of(usual, index), page_of(told, index))
    ]
    assert first.text in suggested[0]
    assert first.text not in suggested[1]
    assert second.text in suggested[1]
    cards = [text for card in told.action.cards for text, _ in card.guidance.practices]
    assert first.text not in cards


def page_of(report, code):
    (page,) = [page for page in report.indices if page.code == code]
    return page
