"""Every rule that an instrument must keep, by one breach of it: file, table and reason are named."""

import copy
import tomllib

import pytest

from cultureassess.instruments import InstrumentError, registry
from cultureassess.instruments.loading import build

OURS = tomllib.loads((registry.DATA / "customer_culture_v1.toml").read_text("utf-8"))


def refusal(change) -> str:
    tables = copy.deepcopy(OURS)
    change(tables)
    with pytest.raises(InstrumentError) as refused:
        build(tables, "mine.toml")
    assert refused.value.file == "mine.toml"
    return str(refused.value).removeprefix("mine.toml: ")


def put(*path, value):
    """Return a change that sets one field, for example ``put("items", 3, "tag", value="mood")``."""

    def change(tables):
        for step in path[:-1]:
            tables = tables[step]
        tables[path[-1]] = value

    return change


def drop(*path):
    def change(tables):
        for step in path[:-1]:
            tables = tables[step]
        del tables[path[-1]]

    return change


def swap_page(page, value):
    return put("pages", "paired", page, value=value)


REFUSED = {
    # types and fields
    "a field is missing": (drop("scale"), "Object missing required field `scale`"),
    "an item's field is missing": (
        drop("items", 3, "tag"),
        "items[3] (CF4): Object missing required field `tag`",
    ),
    "an unknown field": (
        put("items", 5, "note", value="x"),
        "items[5] (EO2): Object contains unknown field `note`",
    ),
    "a wrong type": (
        put("items", 5, "reverse", value="yes"),
        "items[5] (EO2).reverse: Expected `bool`, got `str`",
    ),
    "a number as text": (put("scale", "points", value="5"), "scale.points: Expected `int`, got `str`"),
    "an unknown tag": (put("items", 0, "tag", value="mood"), "items[0] (CF1).tag: Invalid enum value 'mood'"),
    "a table as a list": (put("items", value=[7]), "items[0]: Expected `object`, got `int`"),
    # frame
    "a code with a space": (
        put("code", value="my code"),
        "code: 'my code' is not a letter followed by letters, digits and _",
    ),
    "an empty title": (put("title", value=" "), "title: title is empty"),
    "an empty lead-in": (put("lead_in", "inside", value=""), "lead_in: inside is empty"),
    "an unknown placeholder": (
        put("lead_in", "customer", value="Think of {COMPANY}."),
        "lead_in: customer has the unknown placeholder {COMPANY}",
    ),
    "an open placeholder": (
        put("items", 0, "inside", value="At {ORG all is well."),
        "items[0] (CF1): the inside wording has the unknown placeholder {ORG all is well.",
    ),
    # scale
    "one point": (
        put("scale", value={"points": 1, "labels": ["a"], "dont_know": "x"}),
        "scale: points is 1, must be 2 to 9",
    ),
    "ten points": (
        put("scale", value={"points": 10, "labels": [*"abcdefghij"], "dont_know": "x"}),
        "scale: points is 10, must be 2 to 9",
    ),
    "a label too few": (put("scale", "points", value=6), "scale: 5 labels for 6 points"),
    "a label twice": (put("scale", "labels", 1, value="Agree"), "scale: the label 'Agree' stands twice"),
    "an empty label": (put("scale", "labels", 1, value=""), "scale: a label is empty"),
    "no words for don't know": (put("scale", "dont_know", value=""), "scale: dont_know is empty"),
    # codes
    "an item's code twice": (
        put("items", 3, "id", value="CF1"),
        "items, outcomes, open_questions: the code CF1 stands twice",
    ),
    "an item called like an outcome": (
        put("blocks", 0, "items", 0, "id", value="NPS"),
        "items, outcomes, open_questions: the code NPS stands twice",
    ),
    "an item called like a column": (
        put("items", 0, "id", value="seconds"),
        "items, outcomes, open_questions: the code seconds names another column",
    ),
    "an item called like a segment": (
        put("items", 0, "id", value="tenure"),
        "items, outcomes, open_questions: the code tenure names another column",
    ),
    "an item's code with a comma": (
        put("items", 0, "id", value="C,1"),
        "items, outcomes, open_questions: the code 'C,1' is not a letter followed by letters, digits and _",
    ),
    "an index's code twice": (
        put("indices", 1, "code", value="CF"),
        "indices, composites, blocks: the code CF stands twice",
    ),
    "a composite called like an index": (
        put("composites", 0, "code", value="CF"),
        "indices, composites, blocks: the code CF stands twice",
    ),
    # indices, blocks, items
    "no index": (put("indices", value=[]), "indices: there is none"),
    "an index without an item": (
        lambda t: t["indices"].append({"code": "XX", "name": "X", "meaning": "X"}),
        "indices[8] (XX): has no item",
    ),
    "an index without a meaning": (
        put("indices", 2, "meaning", value=""),
        "indices[2] (EO): meaning is empty",
    ),
    "a block without an item": (put("blocks", 0, "items", value=[]), "blocks[0] (EE): has no item"),
    "an unknown index": (put("items", 5, "index", value="XX"), "items[5] (EO2): unknown index 'XX'"),
    "an empty wording": (
        put("items", 5, "customer", value="  "),
        "items[5] (EO2): the customer wording is empty",
    ),
    "no wording": (drop("items", 3, "inside"), "items[3] (CF4): has no wording, neither inside nor customer"),
    "a block item of another index": (
        put("blocks", 0, "items", 1, "index", value="CF"),
        "blocks[0].items[1] (EE2): its index is 'CF', must be the block's code 'EE'",
    ),
    "a block item for customers": (
        put("blocks", 0, "items", 1, "customer", value="Well?"),
        "blocks[0].items[1] (EE2): a block is inside-only, but there is a customer wording",
    ),
    # composites
    "no composite": (put("composites", value=[]), "composites: there is none; the overall level needs one"),
    "two headlines": (
        put("composites", 0, "headline", value=True),
        "composites: more than one is the headline",
    ),
    "a composite of an unknown index": (
        put("composites", 2, "indices", 0, value="XX"),
        "composites[2] (CC4): unknown index 'XX'",
    ),
    "a composite with an index twice": (
        put("composites", 2, "indices", 0, value="EO"),
        "composites[2] (CC4): the index EO stands twice",
    ),
    "a composite of nothing": (
        put("composites", 2, "indices", value=[]),
        "composites[2] (CC4): has no index",
    ),
    # pages
    "an empty page": (lambda t: t["pages"]["paired"].append([]), "pages.paired: a page is empty"),
    "an item on no page": (swap_page(0, ["RG1", "RG2", "CF2", "CI2"]), "pages.paired: CM1 is missing"),
    "an item on two pages": (
        swap_page(0, ["RG1", "RG2", "CF2", "CI2", "CM1", "EO1"]),
        "pages.paired: EO1 stands twice",
    ),
    "an unknown item on a page": (
        swap_page(0, ["RG1", "RG2", "CF2", "CI2", "CM1", "XX"]),
        "pages.paired: XX does not belong here",
    ),
    "an inside-only item on a shared page": (
        swap_page(0, ["RG1", "RG2", "CF2", "CI2", "CM1", "CF4"]),
        "pages.paired: CF4 does not belong here",
    ),
    "a block item on no page": (
        put("pages", "inside_only", 1, value=["EE1", "EE2", "EE3", "EE4"]),
        "pages.inside_only: EE5 is missing",
    ),
    # outcomes
    "an outcome without wording": (
        drop("outcomes", 2, "customer"),
        "outcomes[2] (NPS): has no wording, neither inside nor customer",
    ),
    "an unknown kind of outcome": (
        put("outcomes", 0, "kind", value="rank"),
        "outcomes[0] (OV1).kind: Invalid enum value 'rank'",
    ),
    "a forecast about nothing": (
        drop("outcomes", 1, "about"),
        "outcomes[1] (OV2): a forecast about None, which is no degree outcome that customers answer",
    ),
    "a forecast about a recommendation": (
        put("outcomes", 1, "about", value="NPS"),
        "outcomes[1] (OV2): a forecast about 'NPS', which is no degree outcome that customers answer",
    ),
    "a forecast above 100": (
        put("outcomes", 1, "high", value=200),
        "outcomes[1] (OV2): a forecast goes from 0 to 100",
    ),
    "a recommendation from 1": (
        put("outcomes", 2, "low", value=1),
        "outcomes[2] (NPS): a recommendation goes from 0 to 10",
    ),
    "a recommendation without ends": (
        drop("outcomes", 2, "ends"),
        "outcomes[2] (NPS): a recommendation needs the words of its two ends",
    ),
    "a recommendation with options": (
        put("outcomes", 2, "options", value=["a", "b"]),
        "outcomes[2] (NPS): a recommendation has no options",
    ),
    "a degree with one option": (
        put("outcomes", 0, "options", value=["Yes"]),
        "outcomes[0] (OV1): 1 options, must be 2 to 9",
    ),
    "a degree with an option twice": (
        put("outcomes", 0, "options", 1, value="Strongly"),
        "outcomes[0] (OV1): an option is empty or stands twice",
    ),
    "a degree where all is highly": (
        put("outcomes", 0, "highly", value=[1, 2, 3, 4, 5]),
        "outcomes[0] (OV1): highly must name some of the options 1 to 5, not all",
    ),
    "a degree where highly is no option": (
        put("outcomes", 0, "highly", value=[6]),
        "outcomes[0] (OV1): highly must name some of the options 1 to 5, not all",
    ),
    # open questions, role, segments
    "an empty open question": (
        put("open_questions", 0, "text", value=""),
        "open_questions[0] (OPEN_C1): the text is empty",
    ),
    "an empty role question": (put("role_question", "text", value=""), "role_question: the text is empty"),
    "a role's code twice": (
        put("role_question", "options", 1, "code", value="executive"),
        "role_question: the code 'executive' stands twice",
    ),
    "a role without a code": (
        put("role_question", "options", 1, "code", value=""),
        "role_question: a code is empty",
    ),
    "a role that makes customers": (
        put("role_question", "options", 0, "audience", value="customer"),
        "role_question: the options must lead to management and to staff, and nowhere else",
    ),
    "roles without staff": (
        lambda t: t["role_question"]["options"].pop(),
        "role_question: the options must lead to management and to staff, and nowhere else",
    ),
    "a segment twice on one side": (
        put("segments", 1, "code", value="function"),
        "segments: the code function stands twice on the inside side",
    ),
    "a segment called like a column": (
        put("segments", 1, "code", value="account"),
        "segments[1] (account): the code account names another column",
    ),
    "a segment with a label too few": (
        lambda t: t["segments"][0]["labels"].pop(),
        "segments[0] (function): 9 labels for 10 codes",
    ),
    "a segment with a code twice": (
        put("segments", 1, "codes", 1, value="under 1 year"),
        "segments[1] (tenure): a code is empty or stands twice",
    ),
    "a segment without values": (
        lambda t: t["segments"][1].update(labels=[], codes=[]),
        "segments[1] (tenure): needs at least two values, or organisation_defined = true",
    ),
    "a segment of the other side's audience": (
        put("segments", 0, "audience", value="partner"),
        "segments[0] (function): partner is no audience of the inside side",
    ),
    "a segment without text": (
        put("segments", 0, "text", value=""),
        "segments[0] (function): the text is empty",
    ),
    "a segment with an empty label": (
        put("segments", 0, "labels", 0, value=""),
        "segments[0] (function): a label is empty",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_malformed_instrument_is_refused_with_table_and_reason(case):
    change, message = REFUSED[case]
    assert refusal(change) == message
