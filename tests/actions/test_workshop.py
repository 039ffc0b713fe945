"""The step review and the three choices, filled in together."""

from __future__ import annotations

import pytest

from cultureassess.models import StepValue
from cultureassess.services.actions import workshop
from cultureassess.services.actions.workshop import Choices, Step, WorkshopRefused
from tests import scene

CLAIM = (Step("Receive", StepValue.CUSTOMER, False), Step("Countersign", StepValue.OURS, True, "stop"))


def test_a_review_replaces_the_one_before(session):
    organisation = scene.draft_wave(session).assessment.organisation
    workshop.write_steps(session, organisation, "Claims", CLAIM, today=scene.TODAY)
    workshop.write_steps(session, organisation, "Claims", CLAIM[1:], today=scene.TODAY)
    found = workshop.steps_of(session, organisation)
    assert [(one.place, one.name, one.serves, one.hand_off, one.decision) for one in found] == [
        (1, "Countersign", StepValue.OURS, True, "stop")
    ]


def test_a_page_holds_fifteen_steps(session):
    organisation = scene.draft_wave(session).assessment.organisation
    with pytest.raises(WorkshopRefused):
        workshop.write_steps(session, organisation, "Claims", CLAIM * 8, today=scene.TODAY)


def test_the_three_choices_are_kept_beside_the_review(session):
    organisation = scene.draft_wave(session).assessment.organisation
    workshop.write_steps(session, organisation, "Claims", CLAIM, today=scene.TODAY)
    choices = Choices("Parts in time", "Day and night", "No air freight")
    workshop.write_choices(session, organisation, choices, today=scene.TODAY)
    found = workshop.choices_of(session, organisation)
    assert found is not None
    assert (found.process, found.needs, found.not_done) == ("Claims", "Parts in time", "No air freight")
    too_long = Choices("x" * 1001, "", "")
    with pytest.raises(WorkshopRefused):
        workshop.write_choices(session, organisation, too_long, today=scene.TODAY)
