"""What somebody typed is stored or refused by its field; no form drops a part of it and says “Saved.”"""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from cultureassess.models import ActionCard, PracticeMark, ProcessStep
from tests.actions.browser import HOME
from tests.actions.test_pages import CARD, rows

SUGGESTED = {"reach": "400", "impact": "2", "confidence": "80", "effort": "", "estimated_by": ""}
BEGUN = {f"was-{name}": typed for name, typed in SUGGESTED.items()}


@pytest.mark.parametrize(
    "typed",
    [{"decision-2": "Leave it out"}, {"hand-off-2": "yes"}, {"serves-2": "ours"}],
    ids=["a decision", "a hand-off", "whom it serves"],
)
def test_a_step_without_a_name_is_refused_and_kept(consultant, demo, typed):
    page = consultant.post(f"{HOME}/steps", **{"name-1": "Receive", "serves-1": "customer", **typed})
    assert page.status_code == 422
    assert "Name step 2, or clear its line." in page.text
    assert 'value="Receive"' in page.text
    assert "Leave it out" in page.text or "decision-2" not in typed
    assert rows(demo, ProcessStep) == []


def test_evidence_beside_not_asked_is_refused_and_kept(consultant, demo):
    page = consultant.post(f"{HOME}/practices", **{"mark-coach": "", "evidence-coach": "Every Friday"})
    assert page.status_code == 422
    assert 'id="evidence-coach-error"' in page.text
    assert 'value="Every Friday"' in page.text
    assert rows(demo, PracticeMark) == []


def test_a_changed_suggestion_asks_for_the_effort_and_the_name(consultant, demo):
    page = consultant.post(f"{HOME}/cards/new", **{**CARD, **SUGGESTED, **BEGUN, "reach": "900"})
    assert page.status_code == 422
    assert [f'id="{name}-error"' in page.text for name in ("effort", "estimated_by")] == [True, True]
    assert 'value="900"' in page.text
    assert 'name="was-reach" value="400"' in page.text
    assert consultant.post(f"{HOME}/cards/new", **{**CARD, **SUGGESTED, **BEGUN}).status_code == 303
    assert [card.reach for card in rows(demo, ActionCard)] == [None]


def test_estimates_that_are_taken_out_of_a_card_are_missed(consultant, demo):
    consultant.post(f"{HOME}/cards/new", **CARD)
    begun = {f"was-{name}": CARD[name] for name in SUGGESTED}
    page = consultant.post(f"{HOME}/cards/1/edit", **{**CARD, **begun, "effort": "", "estimated_by": ""})
    assert page.status_code == 422
    assert demo.scalar(sa.select(ActionCard.effort)) == 3


def test_a_new_idea_begins_with_what_the_results_suggest_once_the_index_is_chosen(consultant):
    (address,) = re.findall(r'href="([^"]*cards/new\?index=EO)"', consultant.get(f"{HOME}/cards/new").text)
    form = consultant.get(address).text
    assert "Suggested by the results:" in form
    assert '<option value="EO" selected>' in form
    assert 'name="was-confidence" value=""' not in form
