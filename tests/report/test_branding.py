"""What the workspace stores of a client and of the consultant reaches page 1 of their report."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cultureassess.models import Consultancy, Wave
from cultureassess.report.options import checked
from cultureassess.report.pdf.render import Order, page_of
from cultureassess.report.pdf.resources import made_for
from cultureassess.report.words import ENGLISH
from cultureassess.services.branding import read_logo, set_logo
from cultureassess.web import database
from cultureassess.web.results.reading import read
from cultureassess.web.results.reports import options_of
from tests.web import showcase


def picture(kind="PNG", colour="#c2410c"):
    out = io.BytesIO()
    Image.new("RGB", (300, 90), colour).save(out, kind)
    return out.getvalue()


@pytest.fixture(scope="module")
def ordered(tmp_path_factory):
    """The order of a report whose client and consultant have handed in everything."""
    app = showcase.make(tmp_path_factory.mktemp("instance"))
    with app.test_request_context("/results", environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        session = database.session()
        wave = session.get_one(Wave, showcase.LAST)
        client, house = (
            wave.assessment.organisation,
            Consultancy(id=1, name="Brandt", contact="p@brandt.example"),
        )
        client.accent = "#7a3e00"
        set_logo(client, read_logo(picture()))
        set_logo(house, read_logo(picture("JPEG")))
        session.add(house)
        session.flush()
        reading = read(wave, "files")
        options = checked(options_of(reading, "full", "en"))
        session.rollback()
        return Order(reading.snapshot, options)


@pytest.fixture(scope="module")
def front(ordered):
    page = page_of(ordered.document(ENGLISH), ENGLISH)
    return page[: page.index('id="reading"')]


def test_both_logos_and_the_contact_stand_on_page_one(front):
    assert 'src="report:client-logo.png"' in front
    assert 'src="report:consultant-logo.png"' in front
    assert "p@brandt.example" in front


def test_the_client_s_colour_becomes_the_report_s(ordered):
    sheets = b"".join(content for name, content in made_for(ordered.options).items() if name.endswith(".css"))
    assert b"--deep: #7a3e00" in sheets


def test_a_report_of_the_demo_says_that_its_company_is_made_up(front):
    assert "Demo data: this company is made up" in front
