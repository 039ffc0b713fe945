"""The page of open links, and the preview."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from cultureassess.models import Base, OpenLink, Wave
from tests.web import showcase

LINKS = "/workspace/waves/2/links"


@pytest.fixture
def app(tmp_path):
    return showcase.make(tmp_path, tokens=False)


def addresses(page: str) -> list[str]:
    return re.findall(r'<a href="http://localhost:8000(/s/[^"]+)">', page)


def counts(app) -> dict[str, int]:
    """How many rows every table has."""
    with app.extensions["sessions"]() as session:
        tables = Base.metadata.sorted_tables
        return {t.name: session.scalar(sa.select(sa.func.count()).select_from(t)) for t in tables}


def test_a_link_is_withdrawn_and_restored(app, client):
    address = addresses(client.get(LINKS).text)[0]
    client.post(f"{LINKS}/1/revoke")
    assert client.get(address).status_code == 410
    assert "Undo: let it work again" in client.get(LINKS).text
    client.post(f"{LINKS}/1/restore")
    assert client.get(address).status_code == 303


def test_each_link_has_what_its_copy_button_needs(client):
    page = client.get(LINKS).text
    about = re.findall(
        r'<code data-copy="Copy the link" data-copied="Copied"[^>]* data-about="([^"]+)">', page
    )
    assert len(about) == len(addresses(page)) > 1
    assert [f'id="{name}"' in page for name in about] == [True] * len(about)
    assert re.search(r'<script type="module" src="/static/js/copy\.js', page)


def test_a_renewed_link_replaces_the_old_one(app, client):
    before = addresses(client.get(LINKS).text)
    client.post(f"{LINKS}/1/renew")
    after = addresses(client.get(LINKS).text)
    assert len(set(after) - set(before)) == 1
    assert client.get(before[0]).status_code == 410
    assert {client.get(address).status_code for address in after} == {303}


def test_an_access_code_is_asked_for_until_it_is_taken_away(app, client):
    address = addresses(client.get(LINKS).text)[0]
    client.post(f"{LINKS}/1/code", data={"code-1": "Harbour 12"})
    assert client.get(address, follow_redirects=True).request.path == "/survey/code"
    client.post(f"{LINKS}/1/code", data={"code-1": ""})
    assert client.get(address, follow_redirects=True).request.path == "/survey"


def test_a_short_code_is_refused_beside_its_field(client):
    page = client.post(f"{LINKS}/1/code", data={"code-1": "abc"})
    assert page.status_code == 422
    assert '<li><a href="#code-1">An access code has 4 to 64 letters or digits.</a></li>' in page.text
    assert 'value="abc"' in page.text


def test_a_link_of_another_wave_is_not_found(client):
    other = client.post(
        "/workspace/new",
        data={
            "client": "Acme",
            "opens_on": "2098-01-01",
            "closes_on": "2098-01-20",
            "management": "9",
            "customer": "90",
            "chosen": "open",
        },
    ).headers["Location"]
    for action in ("revoke", "restore", "renew", "code"):
        assert client.post(f"{other}/links/1/{action}").status_code == 404


def test_a_closed_wave_offers_no_change_of_its_links(client):
    client.post("/workspace/waves/2/close")
    page = client.get(LINKS).text
    assert "<form" not in page
    assert client.post(f"{LINKS}/1/renew").status_code == 400


def test_a_preview_shows_every_part_and_stores_nothing(app, client):
    before = counts(app)
    for audience, parts in (("management", 8), ("staff", 8), ("customer", 6), ("partner", 6)):
        path = f"/workspace/waves/2/preview/{audience}"
        assert "Preview: nothing is stored." in client.get(path).text
        pages = [client.get(f"{path}/{number}") for number in range(1, parts + 2)]
        assert [page.status_code for page in pages] == [200] * parts + [404]
        assert f"Part {parts} of {parts}" in pages[parts - 1].text
        assert not any("<form" in page.text for page in pages)
    assert counts(app) == before
    assert client.post("/workspace/waves/2/preview/customer/1").status_code == 405


def test_a_preview_speaks_the_languages_of_the_wave(app, client):
    page = client.get("/workspace/waves/2/preview/customer/1?lang=de").text
    assert '<html lang="de"' in page
    assert "Stimme voll zu" in page or "stimme" in page.lower()
    assert '<html lang="en"' in client.get("/workspace/waves/2/preview/customer/1?lang=xx").text


def test_an_audience_that_takes_no_part_has_no_preview(client):
    assert client.get("/workspace/waves/2/preview/board").status_code == 404


def test_every_link_belongs_to_the_wave_of_its_page(app, client):
    with app.extensions["sessions"]() as session:
        mine = set(session.scalars(sa.select(OpenLink.id).where(OpenLink.wave_id == showcase.THIS)))
        assert session.get_one(Wave, showcase.LAST).id == 1
    assert {int(number) for number in re.findall(r'id="door-(\d+)"', client.get(LINKS).text)} == mine
