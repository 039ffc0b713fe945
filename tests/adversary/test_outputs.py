"""METHOD 4: what is withheld reaches no output, because every output reads the snapshot and nothing else."""

import io
import json
import re
import zipfile
from dataclasses import replace
from functools import cache

import numpy as np
import pypdf
import pytest
import sqlalchemy as sa

from cultureassess.instruments.types import Side
from cultureassess.models import Comment, Response
from cultureassess.report.document.unit import unit_sheet
from cultureassess.report.options import USUAL
from cultureassess.report.pdf.render import page_of, render_html
from cultureassess.report.units import sheets, units
from cultureassess.report.words import ENGLISH
from cultureassess.scoring.answers import Segment
from cultureassess.snapshot.build import assemble
from cultureassess.snapshot.context import Context
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.wave import measure_wave
from cultureassess.web import access
from cultureassess.web.results.reading import read
from cultureassess.web.results.reports import options_of
from cultureassess.web.results.tables import TABLES

from ..web import desk, showcase
from .waves import INSIDE, SETTINGS, side_of

MARK = "0" * 64
SIZES = {"HR": 3, "finance": 3, "sales": 12, "IT": 14}
ONE_SIZE = ("tenure", "role")


def snapshot_of(instrument, inside, outside):
    """As ``build_snapshot``, with the same fingerprint and seed whatever was answered."""
    return assemble(Context(measure_wave(instrument, inside, outside), SETTINGS, seed=0), MARK)


@pytest.fixture
def wave(instrument):
    """Two functions of three people, both withheld; everybody inside has the same role and tenure."""
    rng = np.random.default_rng(8)
    people = sum(SIZES.values())
    inside = side_of(instrument, Side.INSIDE, rng, people)
    names = [name for name, size in SIZES.items() for _ in range(size)]
    functions = np.array([INSIDE["function"].index(name) for name in names])
    segments = {name: Segment(INSIDE[name], np.full(people, 3)) for name in ONE_SIZE}
    segments["function"] = Segment(INSIDE["function"], functions)
    staff = replace(inside, segments=segments, audience=np.ones(people, dtype=np.int64))
    staff.points[staff.points == 0] = 3
    return staff, side_of(instrument, Side.OUTSIDE, rng, 40)


def exchanged(side, first, second):
    """The same side, but two people have given each other's answers."""
    order = np.arange(len(side))
    order[[first, second]] = order[[second, first]]
    return replace(side, points=side.points[order], outcomes=side.outcomes[order])


def test_exchanging_two_people_of_withheld_groups_changes_nothing(instrument, wave):
    inside, outside = wave
    other = exchanged(inside, 0, 3)
    assert not np.array_equal(inside.points[:3], other.points[:3])
    before, after = snapshot_of(instrument, inside, outside), snapshot_of(instrument, other, outside)
    shown = {c.value: c.n for b in before.breakdowns if b.attribute == "function" for c in b.cells}
    assert (shown["HR"], shown["finance"], shown["sales"]) == (None, None, 12)
    assert to_json(after) == to_json(before)


def test_exchanging_two_people_of_shown_groups_changes_what_is_shown(instrument, wave):
    inside, outside = wave
    other = exchanged(inside, 7, 20)
    assert to_json(snapshot_of(instrument, other, outside)) != to_json(
        snapshot_of(instrument, inside, outside)
    )


@pytest.fixture
def demo(tmp_path):
    return showcase.make(tmp_path)


INDICES = ("CF", "RG", "EO", "CI", "CO", "CM", "IN", "SB")
PAGES = (
    *("", "/indices", "/change", "/next", "/chain", "/blind-spots", "/importance", "/people", "/heat-map"),
    *(
        "/quality",
        "/workshop",
        "/words",
        "/files",
        "/units",
        "/comments",
        *(f"/indices/{code}" for code in INDICES),
    ),
)
CHARTS = (
    "indices",
    "headline",
    "blind-spots",
    "importance",
    "people",
    *(f"chain-{code}" for code in INDICES),
)
FILES = (
    *("/snapshot.json", "/gap-report.pdf", "/gap-report.xlsx", "/gap-units.zip"),
    *(f"/tables/{name}.csv" for name in TABLES),
    *(f"/charts/{name}.svg" for name in CHARTS),
)
OUTPUTS = ("/", "/results/clients", *(f"/results/1{path}" for path in (*PAGES, *FILES)))
"""Every page and file that is made of a wave's results."""

WITH_COMMENTS = ("/comments", "/words", "/files", "/indices/", "comments.csv", "snapshot.json", "/gap-")


def test_every_output_of_the_results_is_read_here(demo):
    """A page that is added to the results and not to this list is noticed."""
    rules = [rule for rule in demo.url_map.iter_rules() if rule.endpoint.startswith("results.")]
    adapter = demo.url_map.bind("localhost")
    read = {adapter.match(path)[0] for path in OUTPUTS}
    assert {rule.endpoint for rule in rules if "GET" in rule.methods} <= read


QUICK = tuple(
    path.replace("gap-report.pdf", "gap-brief.pdf") for path in OUTPUTS if not path.endswith("gap-units.zip")
)
"""All of them, but the brief for the report, which is made the same way of the same snapshot, attached
to both; sheets by group have tests of their own."""


def test_outputs_do_not_read_the_answers(demo):
    """With every answer deleted, pages, data and report are the same to the byte.

    Comments are not in the snapshot: who shows them reads their table and no other.
    """
    client = demo.test_client()
    before = {path: client.get(path) for path in QUICK}
    _delete(demo, Response)
    _same(client, before)
    _delete(demo, Comment)
    _same(client, {path: old for path, old in before.items() if not any(p in path for p in WITH_COMMENTS)})


def sheets_of(demo, client):
    """Everything that the process gets that writes the sheets by group."""
    with client:
        client.get("/results/1/units")
        found = read(access.results(1), "files")
        return sheets(found.snapshot, options_of(found, "full", "en"))


def test_sheets_by_group_do_not_read_the_answers(demo):
    client = demo.test_client()
    before = sheets_of(demo, client)
    _delete(demo, Response)
    _delete(demo, Comment)
    assert sheets_of(demo, client) == before
    assert len(before) > 20


def _delete(demo, table):
    with demo.extensions["engine"].begin() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(table)) > 50
        connection.execute(sa.delete(table))


def _same(client, before):
    demo = client.application
    for file in demo.extensions["settings"].instance.rglob("reports/*.*"):
        file.unlink()
    for path, answer in before.items():
        assert answer.status_code == 200
        assert _settled(client.get(path).data) == _settled(answer.data), path


CANARY = "Quokka Wallaby"


def written_in(answer):
    """Everything in an answer that can be read, attachments of a report included."""
    if answer.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
            return " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return printed_in(answer.data) if answer.data.startswith(b"%PDF") else answer.text


@cache
def printed_in(content):
    """The text of a PDF; a leader and a consultant get the same one."""
    report = pypdf.PdfReader(io.BytesIO(content))
    pages = " ".join(page.extract_text() for page in report.pages)
    return pages + " ".join(data.decode() for kept in report.attachments.values() for data in kept)


def test_a_comment_that_nobody_has_read_is_in_no_output(demo):
    leader, consultant = demo.test_client(), demo.test_client()
    with demo.extensions["sessions"]() as session:
        session.add(Comment(wave_id=1, audience="customer", question="OPEN_C1", text=f"Ask {CANARY}."))
        session.commit()
    token = showcase.token(leader, "/")
    assert leader.post("/demo/leader", data={"csrf_token": token}).status_code == 303
    found = {path for path in QUICK if CANARY in written_in(leader.get(path))}
    mine = {path for path in QUICK if CANARY in written_in(consultant.get(path))}
    assert (found, mine) == (set(), {"/results/1/comments"})


def test_no_comment_and_no_other_group_is_in_a_sheet(demo):
    comment = Comment(wave_id=1, audience="customer", question="OPEN_C1", text=f"Ask {CANARY}.")
    with demo.extensions["sessions"]() as session:
        session.add(comment)
        session.commit()
    found = sheets_of(demo, demo.test_client())
    assert [name for name, request in found.items() if CANARY in request.snapshot] == []
    assert "marketing" in to_json(showcase.snapshot(demo)).decode()
    mine = json.loads(found["function-sales.pdf"].snapshot)["breakdowns"]
    assert [[cell["value"] for cell in row["cells"]] for row in mine] == [["sales"]]


def _settled(content):
    """Without the form's token, which differs from page to page."""
    return re.sub(rb'name="csrf_token" value="[^"]+"', b"", content)


NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w])")


def numbers_of(html):
    """Every number that a reader sees, signs left out."""
    text = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return set(NUMBER.findall(re.sub(r"<[^>]+>", " ", text)))


def numbers_in(value):
    """Every number of a snapshot, as it may be printed: rounded to 0, 1 or 2 decimals."""
    if isinstance(value, dict):
        return set().union(*map(numbers_in, value.values()), *map(numbers_in, value)) if value else set()
    if isinstance(value, list):
        return set().union(*map(numbers_in, value)) if value else set()
    if isinstance(value, str):
        return set(NUMBER.findall(value))
    if value is None or isinstance(value, bool):
        return set()
    return {f"{abs(value):.{places}f}" for places in (0, 1, 2)}


STATIC = {"08", "100", "2005", "2007", "362", "417"}
"""Numbers of the wording itself: years and figures of sources, "out of 100"."""


def test_every_number_of_page_and_report_stands_in_the_snapshot(demo):
    snapshot = showcase.snapshot(demo)
    known = numbers_in(json.loads(to_json(snapshot))) | STATIC
    pages = [desk.html(demo, snapshot, key) for key in ("answer", "indices", "index", "quality")]
    page = set().union(*(numbers_of(content) for content in pages))
    report = numbers_of(render_html(snapshot))
    sheet = set().union(*(numbers_of(sheet_of(snapshot, unit)) for unit in units(snapshot)))
    assert min(len(page), len(sheet)) > 50
    assert len(report) > 100
    assert page - known == report - known == sheet - known == set()


def sheet_of(snapshot, unit):
    return page_of(unit_sheet(snapshot, ENGLISH, USUAL, unit), ENGLISH)


def test_a_number_that_is_not_in_the_snapshot_is_noticed():
    assert numbers_of("<td>Legal</td><td>61.37</td><style>p {width: 7px}</style>") == {"61.37"}
    assert numbers_in({"mean": 61.374, "what": "of 3"}) == {"61", "61.4", "61.37", "3"}
