"""The action pages of the demo's client: what its consultant writes, and what a leader reads of it."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io

import pytest
import sqlalchemy as sa

from cultureassess.models import ActionCard, AuditEntry, CardState, KeyFigure, Organisation, PracticeMark
from cultureassess.practices import Mark, library
from cultureassess.services import fielding
from cultureassess.services.actions.practice_check import Said, mark_practices
from tests.actions import scenery
from tests.actions.browser import HOME
from tests.web.strange import STRANGE

CARD = {
    "kind": "stop",
    "title": "Stop asking for a signature",
    "index_code": "CF",
    "owner": "Ada Jansen",
    "owner_email": "ada@nordlicht.example",
    "first_step": "Ask the three teams.",
    "first_step_by": "2026-12-10",
    "due": "2027-05-01",
    "moves": "customers",
    "target": "65",
    "reach": "2000",
    "impact": "2",
    "confidence": "80",
    "effort": "3",
    "estimated_by": "B. Ito",
}
PAGES = ("", "/practices", "/figures", "/meeting", "/journey", "/steps", "/choices")
DESK = ("/ideas", "/cards/new")


def rows(demo, kind):
    demo.expire_all()
    return demo.scalars(sa.select(kind)).all()


def test_a_leader_reads_the_pages_and_finds_no_form_to_write(consultant, leader):
    for path in PAGES:
        assert consultant.get(HOME + path).status_code == 200
        page = leader.get(HOME + path)
        assert page.status_code == 200
        assert '<button class="button' not in page.text
    for path in DESK:
        assert consultant.get(HOME + path).status_code == 200
        assert leader.get(HOME + path).status_code == 404
    assert leader.post(f"{HOME}/figures", name="X", decision="Y", better="up").status_code == 404


def test_what_is_marked_as_done_is_suggested_nowhere(consultant):
    text = "Merge tickets, sales notes and surveys into one list of what hurts customers, worst first."
    assert text in consultant.read(f"{HOME}/ideas")
    sent = {"mark-one-list": "do", "evidence-one-list": "The list in the intranet"}
    assert consultant.post(f"{HOME}/practices", **sent).status_code == 303
    assert text not in consultant.read(f"{HOME}/ideas")
    assert text not in consultant.read(f"{HOME}/cards/new")


def test_what_is_done_stands_beside_what_people_notice(consultant, snapshot):
    sent = {"mark-feedback-for-all": "do", "evidence-feedback-for-all": "A channel"}
    consultant.post(f"{HOME}/practices", **sent)
    felt = next(pair for pair in snapshot.pairs if pair.id == "CF4").groups["staff"]
    assert felt.favourable < 50
    page = consultant.read(f"{HOME}/practices")
    assert "Done, and not noticed" in page
    assert f"{felt.favourable:.0f}% of employees agree" in page


def test_done_without_evidence_is_refused_and_what_was_typed_stays(consultant, demo):
    sent = {"mark-coach": "do", "mark-involve": "partly", "evidence-involve": "Two teams"}
    page = consultant.post(f"{HOME}/practices", **sent)
    assert page.status_code == 422
    assert 'href="#evidence-coach"' in page.text
    assert 'value="Two teams"' in page.text
    assert rows(demo, PracticeMark) == []


def test_an_idea_becomes_an_action_that_leaders_read(consultant, leader, demo):
    assert consultant.post(f"{HOME}/cards/new", **CARD).location == f"{HOME}/cards/1"
    assert leader.get(f"{HOME}/cards/1").status_code == 404
    assert "Stop asking" not in leader.read(HOME)
    consultant.post(f"{HOME}/cards/1/settle", state="agreed")
    page = leader.read(f"{HOME}/cards/1")
    assert "1,066.7 = 2,000 × 2 × 80% ÷ 3, estimated by B. Ito" in page
    assert "ada@nordlicht.example" not in page
    assert "Stop asking for a signature" in leader.read(HOME)
    assert [entry.action for entry in rows(demo, AuditEntry)][-2:] == ["added an action", "agreed an action"]


def test_a_card_that_cannot_be_agreed_on_says_what_is_missing(consultant):
    consultant.post(f"{HOME}/cards/new", **{**CARD, "owner": ""})
    page = consultant.post(f"{HOME}/cards/1/settle", state="agreed", note="Let us begin.")
    assert page.status_code == 422
    assert "Name the owner: one person." in page.text
    assert "Let us begin." in page.text
    assert "Let us begin." not in consultant.read(f"{HOME}/cards/1")


WRONG = (
    *(("effort", "0"), ("effort", "-1"), ("impact", "4"), ("confidence", "101"), ("reach", "many")),
    *(("estimated_by", ""), ("title", " "), ("index_code", "XX"), ("kind", "wait"), ("due", "soon")),
    *(("target", "NaN"), ("owner_email", "ada")),
)


def test_a_field_that_is_wrong_is_named_and_nothing_is_stored(consultant, demo):
    for field, typed in WRONG:
        page = consultant.post(f"{HOME}/cards/new", **{**CARD, field: typed})
        assert page.status_code == 422
        assert "There is a problem" in page.text
        assert f'id="{field}-error"' in page.text
    assert rows(demo, ActionCard) == []


def test_suggested_estimates_are_nobodys_until_somebody_stands_for_them(consultant, demo):
    page = consultant.get(f"{HOME}/cards/new?index=CF&practice=one-coordinator").text
    assert "Suggested by the results:" in page
    suggested = {f"was-{name}": CARD[name] for name in ("reach", "impact", "confidence")}
    consultant.post(f"{HOME}/cards/new", **{**CARD, "effort": "", "estimated_by": "", **suggested})
    assert rows(demo, ActionCard)[0].impact is None


def test_the_ranking_as_a_file_runs_no_formula(consultant):
    consultant.post(f"{HOME}/cards/new", **{**CARD, "title": "=cmd|'/c calc'!A0", "owner": "@SUM(1)"})
    consultant.post(f"{HOME}/cards/new", **{**CARD, "title": "Small", "reach": "10"})
    table = list(csv.DictReader(io.StringIO(consultant.get(f"{HOME}/ideas.csv").text.lstrip("\ufeff"))))
    assert [(row["place"], row["title"], row["owner"], row["rice"]) for row in table] == [
        ("1", "'=cmd|'/c calc'!A0", "'@SUM(1)", "1066.7"),
        ("2", "Small", "Ada Jansen", "5.3"),
    ]


def test_a_figure_without_a_decision_is_refused(consultant, demo):
    sent = {"name": "Complaints", "unit": "", "better": "down", "decision": " "}
    page = consultant.post(f"{HOME}/figures", **sent)
    assert page.status_code == 422
    assert "Say what you will change if it moves." in page.text
    assert rows(demo, KeyFigure) == []


def test_months_of_a_figure_are_drawn_and_listed(consultant, leader):
    consultant.post(f"{HOME}/figures", name="Complaints", unit="", better="down", decision="We move people.")
    for month, value in (("2025-10", "28"), ("2025-11", "33,5")):
        assert consultant.post(f"{HOME}/figures/1", month=month, value=value).status_code == 303
    page = leader.get(f"{HOME}/figures").text
    assert "33.5 in November 2025, after 28 in October 2025." in page
    assert 'class="timeline"' in page
    assert consultant.post(f"{HOME}/figures/1", month="2025-13", value="x").status_code == 422


def test_a_file_of_values_is_read_and_its_other_lines_told(consultant):
    consultant.post(f"{HOME}/figures", name="Complaints", unit="", better="down", decision="We move people.")
    file = (io.BytesIO(b"month,figure,value\n2026-01,Complaints,3\n2026-02,Returns,3\n"), "values.csv")
    page = consultant.post(f"{HOME}/figures/import", file=file)
    assert "1 values were read." in page.text
    assert "Line 3 was passed over: no figure of this name." in page.text
    assert consultant.post(f"{HOME}/figures/import").status_code == 422


def test_what_was_agreed_on_last_month_comes_back_on_the_page(consultant):
    consultant.post(f"{HOME}/meeting", month="2026-10", agreement="Call back.", owner="Kim")
    page = consultant.read(f"{HOME}/meeting?month=2026-11")
    assert "Agreed on in October 2026 Call back. (Kim)" in page
    assert consultant.get(f"{HOME}/meeting?month=moon").status_code == 200


def test_pain_points_are_placed_counted_and_read_from_a_file(consultant, leader):
    consultant.post(
        f"{HOME}/journey/count", source="comments", theme="Waiting", touchpoint="Use", count="9000"
    )
    file = (io.BytesIO(b"theme,touchpoint,count\nLate invoices,Buy,7000\n"), "feedback.csv")
    assert "1 themes were read." in consultant.post(f"{HOME}/journey/import", file=file).text
    consultant.post(f"{HOME}/journey", **{"place-gap-CF1": "Get help"})
    page = leader.read(f"{HOME}/journey")
    assert page.index("Waiting counted in comments 9,000 9,000 Use") < page.index("Late invoices")
    assert "Get help 1 pain point" in page
    consultant.post(f"{HOME}/journey/count", source="comments", theme="waiting", count="0")
    assert "Waiting" not in leader.read(f"{HOME}/journey")


def test_the_workshop_pages_keep_what_was_filled_in(consultant, leader):
    steps = {"process": "Claims", "name-1": "Countersign", "serves-1": "ours", "hand-off-1": "yes"}
    consultant.post(f"{HOME}/steps", **steps)
    assert "1 of 1 steps exist only for us; 1 hand-offs." in leader.read(f"{HOME}/steps")
    assert consultant.post(f"{HOME}/steps", **{"name-1": "A step that serves nobody"}).status_code == 422
    consultant.post(f"{HOME}/choices", needs="Parts\r\nin time", service="Day and night", not_done="No air")
    assert "No air" in leader.read(f"{HOME}/choices")


def test_a_card_of_another_client_is_not_found(consultant, demo, wave):
    other = fielding.create_organisation(demo, "Südstern", "suedstern")
    card = scenery.card(demo, wave)
    card.organisation_id = other.id
    figure = KeyFigure(organisation_id=other.id, name="X", unit="", better="up", decision="Y")
    demo.add(figure)
    demo.commit()
    for path in (f"/cards/{card.id}", f"/cards/{card.id}/edit"):
        assert consultant.get(HOME + path).status_code == 404
    for path in (f"/cards/{card.id}/edit", f"/cards/{card.id}/settle", f"/figures/{figure.id}"):
        assert consultant.post(HOME + path, **CARD).status_code == 404
    assert consultant.post(f"{HOME}/figures/{figure.id}/remove").status_code == 404
    assert demo.get_one(ActionCard, card.id).state is CardState.IDEA


def test_deleting_the_client_deletes_all_of_it(consultant, demo):
    consultant.post(f"{HOME}/cards/new", **CARD)
    consultant.post(f"{HOME}/figures", name="Complaints", unit="", better="down", decision="We move people.")
    consultant.post("/workspace/organisations/1/delete", name="Nordlicht Logistics")
    assert [rows(demo, kind) for kind in (Organisation, ActionCard, KeyFigure)] == [[], [], []]


FORMS = {
    "/practices": ("mark-coach", "evidence-coach"),
    "/cards/new": tuple(CARD),
    "/figures": ("name", "unit", "better", "decision"),
    "/meeting": ("month", "agreement", "owner", "outcome"),
    "/journey": ("place-gap-CF1",),
    "/journey/touchpoints": ("names",),
    "/journey/count": ("source", "theme", "touchpoint", "count"),
    "/steps": ("process", "name-1", "serves-1", "hand-off-1", "decision-1"),
    "/choices": ("needs", "service", "not_done"),
}


@pytest.mark.parametrize("path", FORMS)
def test_no_strange_value_breaks_a_form(consultant, path):
    """Every value of T.3 in some field of every form; a form of one or two fields gets a third."""
    names = FORMS[path]
    step = 1 if len(names) > 2 else 3
    for first in range(0, len(STRANGE), len(names) * step):
        values = (STRANGE * 2)[first : first + len(names)]
        sent = {name: text.encode("utf-8", "surrogatepass") for name, text in zip(names, values, strict=True)}
        page = consultant.post(HOME + path, **sent)
        assert page.status_code in (303, 422, 413), (values, page.status_code)
    assert consultant.get(HOME + path.replace("/touchpoints", "").replace("/count", "")).status_code == 200


@pytest.mark.parametrize("path", ["/figures/import", "/journey/import"])
def test_no_strange_file_breaks_an_import(consultant, path):
    for content in (b"", b"\x00", b"\xff\xfe", b"PK\x03\x04", b"a" * 10, b'"', b"=1+1\n=2\n"):
        page = consultant.post(HOME + path, file=(io.BytesIO(content), "../../x.csv"))
        assert page.status_code == 422


def test_what_is_done_is_not_suggested_on_the_leaders_page(consultant, demo):
    page = consultant.get("/results/1/next").text
    shown = [one for one in library().practices if html.escape(one.text) in page]
    organisation = demo.scalars(sa.select(Organisation)).one()
    said = {shown[0].code: Said(Mark.DO, "Every Friday")}
    mark_practices(demo, organisation, said, by="Ada", today=dt.date(2026, 11, 22))
    demo.commit()
    page = consultant.get("/results/1/next").text
    assert [one for one in library().practices if html.escape(one.text) in page] == shown[1:]
