"""“What we do now” tells what was agreed on first, and suggests nothing that the company does already."""

from __future__ import annotations

import datetime as dt

from cultureassess.practices import Mark, library
from cultureassess.report.document.action import action_section
from cultureassess.report.document.advice import guidance
from cultureassess.report.narrative.priorities import actionable
from cultureassess.report.words import ENGLISH
from cultureassess.services.actions.practice_check import Said, mark_practices
from tests.actions import scenery
from tests.web import showcase

NEXT = f"/results/{showcase.LAST}/next"


def test_the_advice_is_never_what_is_done_already(snapshot):
    index = actionable(snapshot)[0]
    codes = [one.code for one in library().of_index(index.code)]
    texts = [one.text for one in library().of_index(index.code)]

    def advised(done):
        found = guidance(index, snapshot, ENGLISH, done)
        return found.do, [text for text, _ in found.practices]

    assert advised(codes[:1]) == (texts[1], texts[1:])
    assert advised(codes[1:]) == (texts[0], texts[:1])
    assert advised(codes) == ("", [])
    sheet = action_section(snapshot, ENGLISH, codes)
    assert sheet.cards[0].guidance.do == ""


def test_pages_have_no_empty_advice_when_everything_is_done(consultant, demo, organisation):
    said = {one.code: Said(Mark.DO, "Everybody sees it") for one in library().practices}
    assert "Do this" in consultant.read(NEXT)
    mark_practices(demo, organisation, said, by="Ada", today=dt.date(2026, 11, 22))
    demo.commit()
    told = consultant.read(NEXT)
    assert "Do this" not in told
    assert "More that has helped elsewhere" not in told
    assert "Not that" in told


def test_leaders_read_what_was_agreed_on_and_three_actions_in_all(leader, snapshot, demo, wave):
    first, second, third = actionable(snapshot)
    scenery.card(demo, wave, agreed=True, title="Stop the form", index_code=first.code)
    scenery.card(demo, wave, agreed=True, title="Stop the fax", index_code="RG")
    demo.commit()
    told = leader.read(NEXT)
    assert "2 actions are agreed on" in told
    assert (
        "Stop: Stop the form Owner Ada First step List the claims of last week. (by 1 November 2026)" in told
    )
    page = leader.get(NEXT).text
    assert [f'id="card-{one.code}"' in page for one in (first, second, third)] == [False, True, False]
