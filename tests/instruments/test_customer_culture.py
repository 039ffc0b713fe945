"""The packaged questionnaire says what METHOD 1 says."""

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from cultureassess import instruments
from cultureassess.instruments import registry
from cultureassess.instruments.types import Audience, Instrument, Kind, Side, Tag

DRAFT = json.loads((Path(__file__).parents[1] / "fixtures" / "draft.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return instruments.by_code("customer_culture_v1")


def test_both_voices_of_every_item_are_the_agreed_ones(instrument):
    agreed = [(i["id"], i["index"], i["tag"], i["inside"], i["customer"]) for i in DRAFT["items"]]
    assert [(i.id, i.index, i.tag.value, i.inside, i.customer) for i in instrument.items] == agreed


def test_the_employee_block_is_the_agreed_one(instrument):
    (block,) = instrument.blocks
    agreed = [(i["id"], "EE", i["tag"], i["inside"], None) for i in DRAFT["employee_block"]]
    assert [(i.id, i.index, i.tag.value, i.inside, i.customer) for i in block.items] == agreed


def test_pages_scale_and_lead_ins_are_the_agreed_ones(instrument):
    assert [list(page) for page in instrument.pages.paired] == DRAFT["pages"]["paired"]
    assert [list(page) for page in instrument.pages.inside_only] == DRAFT["pages"]["inside_only"]
    assert list(instrument.scale.labels) == DRAFT["scale"]["labels"]
    assert instrument.scale.dont_know == DRAFT["scale"]["dont_know"]
    assert instrument.lead_in.inside == DRAFT["lead_in"]["inside"]
    assert instrument.lead_in.customer == DRAFT["lead_in"]["customer"]
    assert instrument.lead_in.customer_business == DRAFT["lead_in"]["customer_business"]
    assert instrument.open_note == DRAFT["open_note"]


def test_indices_and_composites_are_the_agreed_ones(instrument):
    assert {index.code: index.name for index in instrument.indices} == DRAFT["indices"]
    assert {c.code: list(c.indices) for c in instrument.composites} == DRAFT["composites"]
    assert instrument.headline.code == "CC4"


def test_the_emphasised_indices_are_the_headline_and_the_core_ones_make_core(instrument):
    emphasised = {index.code for index in instrument.indices if index.emphasised}
    core = {index.code for index in instrument.indices if index.kind is Kind.CORE}
    differentiating = {index.code for index in instrument.indices if index.kind is Kind.DIFFERENTIATING}
    assert emphasised == set(DRAFT["composites"]["CC4"])
    assert core == set(DRAFT["composites"]["CORE"])
    assert differentiating == set(DRAFT["composites"]["DIFF"])


def test_outcomes_are_worded_as_agreed(instrument):
    agreed = {u["id"]: (u.get("inside"), u.get("customer")) for u in DRAFT["outcomes"]}
    assert {u.id: (u.inside, u.customer) for u in instrument.outcomes} == agreed
    ov1, ov2, nps, enps = instrument.outcomes
    assert (ov1.kind, ov1.highly, len(ov1.options)) == ("degree", (4, 5), 5)
    assert (ov2.kind, ov2.about, ov2.low, ov2.high) == ("forecast", "OV1", 0, 100)
    assert {(u.kind, u.low, u.high, u.optional) for u in (nps, enps)} == {("recommendation", 0, 10, True)}


def test_open_questions_are_the_agreed_ones(instrument):
    sides = {"customer": Side.OUTSIDE, "inside": Side.INSIDE}
    agreed = [(q["id"], sides[q["audience"]], q["text"]) for q in DRAFT["open"]]
    assert [(q.id, q.side, q.text) for q in instrument.open_questions] == agreed


def test_three_roles_are_management_and_nobody_below_them_is(instrument):
    agreed = DRAFT["audience_question"]["inside_open_link"]
    assert [o.text for o in instrument.role_question.options] == agreed["options"]
    assert [o.code for o in instrument.role_question.options] == agreed["codes"]
    assert [o.audience for o in instrument.role_question.options] == [Audience.MANAGEMENT] * 3 + [
        Audience.STAFF
    ]


def test_segments_are_asked_where_they_belong(instrument):
    asked = [(q.side.value, q.code, q.audience and q.audience.value) for q in instrument.segments]
    assert asked == [
        ("inside", "function", None),
        ("inside", "tenure", None),
        ("inside", "contact", None),
        ("outside", "decider", "customer"),
        ("outside", "segment", "customer"),
        ("outside", "tenure", "customer"),
        ("outside", "contact", "customer"),
        ("outside", "type", "partner"),
    ]


def test_a_new_wave_asks_at_most_two_segments_of_anybody(instrument):
    audiences = {Audience.MANAGEMENT: 2, Audience.STAFF: 2, Audience.CUSTOMER: 2, Audience.PARTNER: 1}
    asked = {
        audience: sum(
            question.default and question.side is audience.side and question.audience in {None, audience}
            for question in instrument.segments
        )
        for audience in audiences
    }
    assert asked == audiences


def test_no_stored_code_needs_quotation_marks_in_a_file(instrument):
    codes = [code for question in instrument.segments for code in question.codes]
    codes += [option.code for option in instrument.role_question.options]
    assert [code for code in codes if set(code) & set(',;\t"\n')] == []


def test_no_item_is_reversed_and_pairs_are_tagged_as_in_method_2_10(instrument):
    pairs = [item for item in instrument.items if item.paired]
    assert not any(item.reverse for item in instrument.rated)
    assert [item.id for item in pairs if item.tag is Tag.MINDSET] == ["CF3", "EO3", "CI3", "SB1", "CM2"]
    assert Counter(item.index for item in pairs) == Counter(
        {"CF": 3, "EO": 3, "CI": 3, "SB": 3, "RG": 2, "CO": 2, "CM": 2, "IN": 2}
    )


def test_no_wording_is_longer_than_twenty_words(instrument):
    wordings = [text for item in instrument.rated for text in (item.inside, item.customer) if text]
    assert max(len(text.split()) for text in wordings) <= 20


def test_storage_order_is_items_then_block(instrument):
    assert len(instrument.rated) == 33
    assert instrument.position["CF1"] == 0
    assert instrument.position["EE5"] == 32
    assert len(instrument.rated_on(Side.OUTSIDE)) == 20


def test_loading_again_costs_nothing_and_gives_the_same_object(instrument):
    assert instruments.by_code("customer_culture_v1") is instrument


def test_a_first_load_stays_far_below_a_tenth_of_a_second(tmp_path):
    copy = tmp_path / "copy.toml"
    copy.write_bytes((registry.DATA / "customer_culture_v1.toml").read_bytes())
    start = time.perf_counter()
    instruments.load(copy)
    assert time.perf_counter() - start < 0.1


def test_an_unknown_code_is_refused_with_the_known_ones():
    with pytest.raises(instruments.InstrumentError) as refused:
        instruments.by_code("other")
    assert (
        str(refused.value)
        == "other: no such instrument; there is customer_culture_pulse_v1, customer_culture_v1"
    )
