import pytest

from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Wave
from cultureassess.services import questions
from tests import scene

PAIRED = (
    ("RG1", "RG2", "CF2", "CI2", "CM1"),
    ("EO1", "CF1", "CI1", "IN2", "EO3"),
    ("CF3", "CO1", "CO2", "EO2", "CI3"),
    ("SB1", "SB2", "SB3", "CM2", "IN1"),
)
INSIDE_ONLY = (("CF4", "EO4", "CI4", "SB4", "RG3", "CO3", "CM3", "IN3"), ("EE1", "EE2", "EE3", "EE4", "EE5"))


@pytest.fixture
def wave(sqlite, instrument):
    from cultureassess.db import session_factory

    with session_factory(sqlite)() as session:
        yield scene.draft_wave(session)


def items(wave: Wave, audience: Audience, instrument) -> list[tuple[str, ...]]:
    plan = questions.pages(wave, instrument, audience)
    return [tuple(item.id for item in page.items) for page in plan]


def test_customers_get_the_six_parts_of_the_method(wave, instrument):
    assert items(wave, Audience.CUSTOMER, instrument) == [*PAIRED, (), ()]
    plan = questions.pages(wave, instrument, Audience.CUSTOMER)
    assert [outcome.id for outcome in plan[4].outcomes] == ["OV1", "NPS"]
    assert [question.code for question in plan[5].segments] == ["decider", "segment"]
    assert [question.id for question in plan[5].comments] == ["OPEN_C1", "OPEN_C2"]


@pytest.mark.parametrize("audience", [Audience.MANAGEMENT, Audience.STAFF])
def test_insiders_get_the_eight_parts_of_the_method(wave, instrument, audience):
    assert items(wave, audience, instrument) == [*PAIRED, (), *INSIDE_ONLY, ()]
    plan = questions.pages(wave, instrument, audience)
    assert [page.number for page in plan] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [outcome.id for outcome in plan[4].outcomes] == ["OV1", "OV2", "ENPS"]
    assert [question.code for question in plan[7].segments] == ["function", "contact"]


def test_partners_are_never_asked_to_recommend(wave, instrument):
    asked = questions.outcomes_asked(wave, instrument, Audience.PARTNER)
    assert [outcome.id for outcome in asked] == ["OV1"]


def test_an_optional_outcome_can_be_switched_off(wave, instrument):
    wave.left_out = ("ENPS",)
    asked = questions.outcomes_asked(wave, instrument, Audience.STAFF)
    assert [outcome.id for outcome in asked] == ["OV1", "OV2"]


def test_the_organisations_own_values_replace_the_instruments(wave, instrument):
    values = questions.segment_values(wave, instrument, Side.OUTSIDE, "segment")
    assert values == ("Key accounts", "Regional business", "Small business")


def test_segment_columns_are_the_waves_order(wave):
    wave.segments = ("outside.tenure", "inside.contact", "outside.decider", "inside.function")
    assert questions.segment_columns(wave, Side.INSIDE) == ("contact", "function")
    assert questions.segment_columns(wave, Side.OUTSIDE) == ("tenure", "decider")


def test_a_segment_is_asked_only_of_its_audience(wave, instrument):
    asked = questions.segments_asked(wave, instrument, Audience.PARTNER)
    assert [question.code for question in asked] == ["type"]
