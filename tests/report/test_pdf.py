"""The PDF: standard, content, attachment, safety."""

import io
import logging

import page
import pikepdf
import pypdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from cultureassess.report.narrative import answer
from cultureassess.report.options import USUAL, Options, Voice
from cultureassess.report.pdf import Order, render_html, render_order
from cultureassess.report.pdf.resources import fetcher, packaged
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from cultureassess.snapshot.document import from_json, to_json
from tests.cli import analysed
from tests.report import factory, scenes
from tests.report.made import made

GERMAN = "Rechtsschutzversicherungsgesellschaftsvorstandssekretariats"


BRIEF = Options(shape="brief")
LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
"""A name of more than 160 letters without a blank."""


@pytest.fixture(scope="module")
def demo():
    return from_json((analysed.folder() / "out" / "snapshot.json").read_bytes())


@pytest.fixture(scope="module")
def report():
    """The report that `analyse` writes of the reference files."""
    return (analysed.folder() / "out" / "gap-report.pdf").read_bytes()


@pytest.fixture(scope="module")
def pages(report):
    return pages_of(report)


def pages_of(report):
    return [squeeze(sheet.extract_text()) for sheet in pypdf.PdfReader(io.BytesIO(report)).pages]


def squeeze(text):
    return " ".join(text.split())


def compliant(report, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(report)
    found = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1)
    return [str(failure) for failure in found.failures]


def test_page_one_holds_the_whole_answer(demo, pages):
    missing = [text for text in answer(demo).sentences if text not in pages[0]]
    assert missing == []


def test_every_shown_number_of_the_indices_is_printed(demo, pages):
    everything = " ".join(pages)
    for index in demo.indices:
        printed = [
            ENGLISH.score(index.groups[group].mean, demo.level_cuts)
            for group in ("management", "staff", "customer")
        ]
        gap = index.gap
        printed += [ENGLISH.points(gap.difference), ENGLISH.signed_between(gap.interval)]
        row = " ".join([index.name, *printed])
        assert row in everything


def test_the_file_is_accessible(report, tmp_path):
    assert compliant(report, tmp_path) == []


def test_a_figure_under_the_name_of_a_group_names_it_when_read_aloud(report):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        tables = [found for found in pdf.objects if _is(found, "/Table")]
        matrices = [rows for rows in map(_rows, tables) if any("/ColSpan" in _a(cell) for cell in rows[0])]
        assert matrices
        for head, _, first, *_ in matrices:
            groups = [str(cell["/ID"]) for cell in head if "/ID" in cell]
            named = [{str(one) for one in _a(cell)["/Headers"]} for cell in first if cell["/S"] == "/TD"]
            assert [len(found & set(groups)) for found in named] == [1] * len(first[1:])
            assert [next(iter(found & set(groups))) for found in named[::4]] == groups


def _is(found, kind):
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == kind


def _a(cell):
    return cell.get("/A", pikepdf.Dictionary())


def _rows(element):
    children = [child for child in element["/K"] if isinstance(child, pikepdf.Dictionary)]
    rows = [[cell for cell in row["/K"] if "/S" in cell] for row in children if row.get("/S") == "/TR"]
    return rows + [row for child in children if child.get("/S") != "/TR" for row in _rows(child)]


def test_the_same_snapshot_gives_the_same_bytes():
    read_again = from_json(to_json(factory.c17()))
    assert render_order(Order(read_again, BRIEF)) == made(options=BRIEF)


def test_every_figure_has_an_alternative_text(report):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        told = [str(figure.get("/Alt", "")) for figure in figures]
    assert len(told) == 1 + 1 + 1 + 3 + 1 + 26 + 8
    assert [text for text in told if not text] == []


def test_the_file_names_itself_and_its_language(demo, report):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Culture gap report: Acme · Spring 2026"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260529000000Z"
        assert str(pdf.Root["/Lang"]) == "en"


def test_every_chapter_is_a_bookmark(demo, report):
    outline = [
        entry.title for entry in pypdf.PdfReader(io.BytesIO(report)).outline if not isinstance(entry, list)
    ]
    assert [title for title in outline if title in {index.name for index in demo.indices}] == [
        "External Orientation",
        "Collective Focus",
        "Change & Innovation",
        "Shared Beliefs",
        "Courage",
        "Commitment",
        "Risk & Governance",
        "Inclusion",
    ]


def test_every_page_says_whose_it_is_and_how_many_there_are(pages):
    total = len(pages)
    assert [number for number, text in enumerate(pages, 1) if f"{number} / {total}" not in text] == []
    assert [number for number, text in enumerate(pages[1:], 2) if "Acme · Spring 2026" not in text] == []


def test_the_attached_snapshot_is_the_reported_one(demo, report):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        attached = pdf.attachments["snapshot.json"].get_file().read_bytes()
    assert from_json(attached) == demo


@pytest.mark.parametrize(
    ("scene", "options"), [("all hidden", USUAL), ("tiny", BRIEF), ("no outcome", BRIEF)]
)
def test_thin_waves_still_make_an_accessible_report(scene, options, tmp_path):
    assert compliant(made(scene=scene, options=options), tmp_path) == []


@pytest.mark.parametrize("name", [GERMAN, LONG])
def test_a_long_name_keeps_page_one_on_one_page_and_inside_it(name):
    report = render_order(Order(factory.c17(wave=factory.wave(organisation=name)), BRIEF))
    first, second, *_ = pages_of(report)
    assert "Decide who owns" in first
    assert "The indices at a glance" in second.replace("THE INDICES AT A GLANCE", "The indices at a glance")
    assert "CULTUREGAPBRIEF" + name in "".join(first.split())


PAYLOADS = [
    '<img src="file:///etc/passwd">',
    '<img srcset="file:///etc/passwd 2x">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    '<base href="file:///">',
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
    "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    "<style>@import 'file:///etc/passwd';</style>",
    '<style>@font-face{font-family:x;src:url("file:///etc/passwd")}</style>',
    "<style>@page{background:url(http://127.0.0.1:9/)}</style>",
    '<p style="background:url(file:///etc/passwd)">x</p>',
    '<p style="content:url(file:///etc/passwd)">x</p>',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<iframe src="http://127.0.0.1:9/"></iframe>',
    '<svg><image href="file:///etc/passwd"/></svg>',
    '<svg><use href="file:///etc/passwd#x"/></svg>',
    "<svg><style>@import url(file:///etc/passwd);</style></svg>",
    '<img src="data:image/svg+xml,<svg/>">',
    '<img src="report:../../etc/passwd">',
    '"><script>alert(1)</script>',
    "');} body{background:url(file:///etc/passwd)} /*",
    "{{ 7 * 7 }}{% raw %}",
    "{organisation}{0}",
]


def test_a_hostile_name_changes_no_markup_and_no_address():
    """All of them in one name: whatever one of them opened would be in the count of all."""
    clean, name = render_html(factory.c17()), " ".join(PAYLOADS)
    hostile = render_html(factory.c17(wave=factory.wave(organisation=name)))
    assert hostile.count("<") == clean.count("<")
    more = [hostile.count(address) - clean.count(address) for address in ("href=", "src=", "url(")]
    times = {more[at] / name.count(address) for at, address in enumerate(("href=", "src=", "url("))}
    assert len(times) == 1


def test_a_hostile_name_fetches_nothing_and_is_printed_as_text(caplog):
    organisation = "".join(PAYLOADS[:3])
    note = "".join(PAYLOADS)[:1200]
    comment = t.CommentList("customer", "OPEN_C1", "{ORG}?", ("".join(PAYLOADS[3:9]),) * 5)
    snapshot = factory.c17(wave=factory.wave(organisation=organisation), comments=(comment,))
    voice = Voice(name=note[:90], note=note, indices={"EO": note}, recommendation=note)
    options = Options(voice=voice, sections=("voices", "action"))
    with caplog.at_level(logging.WARNING, "weasyprint"):
        report = render_order(Order(snapshot, options))
    pages = pypdf.PdfReader(io.BytesIO(report)).pages
    text = "".join("".join(page_.extract_text().split()) for page_ in pages)
    assert "".join(organisation.split()) in text
    assert "root:x:0" not in text
    assert "".join(PAYLOADS[4].split()) in text


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/",
        "data:text/plain,x",
        "report:../../etc/passwd",
        "report:style.css?x",
        "ftp://x/y",
        "about:blank",
    ],
)
def test_only_packaged_names_are_fetched(address):
    with pytest.raises(FatalURLFetchingError):
        fetcher().fetch(address)


def test_packaged_names_lead_to_files():
    assert [name for name, path in packaged().items() if not path.is_file()] == []


def test_a_withheld_group_is_nowhere_in_the_file():
    shown = scenes.SCENES["strong"]()
    mean = shown.index("EO").groups["customer"].mean
    report = made(scene="customers hidden", options=Options(sections=("overview", "indices")))
    with pikepdf.open(io.BytesIO(report)) as pdf:
        attached = b"".join(pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments)
        alternatives = " ".join(
            str(o.get("/Alt", "")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary)
        )
    assert str(mean).encode() in to_json(shown)
    assert str(mean).encode() not in attached
    assert "Customers 45" not in alternatives


def test_the_brief_has_four_pages_and_the_answer_on_the_first():
    pages = pages_of(made(options=BRIEF))
    assert len(pages) == 4
    assert "13 of 18 managers (72%)" in pages[0]


LONG = "The three largest accounts changed hands in March; read what their people say first. "


@pytest.mark.parametrize(("language", "decide"), [("en", "Decide"), ("de", "Entscheiden")])
def test_a_brief_with_long_notes_keeps_to_four_pages_and_the_decision_to_the_first(language, decide):
    said = Voice(name="Brandt & Partner", note=LONG * 3, recommendation=f"{LONG}Then the end of it.")
    pages = pages_of(made(options=Options(shape="brief", paper="Letter", language=language, voice=said)))
    assert len(pages) == 4
    assert decide in pages[0]
    assert "Then the end of it." in pages[0]


def test_the_decision_stands_on_page_one_of_a_report_with_a_long_note():
    said = Voice(name="Brandt & Partner", note=LONG * 5, recommendation=f"{LONG}Then the end of it.")
    pages = pages_of(made(options=Options(paper="Letter", language="fr", sections=("views",), voice=said)))
    assert "Then the end of it." in pages[0]


def test_letter_paper_and_chosen_parts_are_printed_as_asked():
    order = Order(factory.c17(), Options(paper="Letter", sections=("action", "overview")))
    reader = pypdf.PdfReader(io.BytesIO(render_order(order)))
    first = reader.pages[0].mediabox
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert (float(first.width), float(first.height)) == (612, 792)
    assert titles[1:3] == ["Action sheet", "Managers see 6 of 8 indices rosier than customers do"]
