"""A client's logo and colour, from the form to the questionnaire."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from cultureassess.models import Organisation
from cultureassess.services.branding import branding_of
from tests.web import showcase

BRAND = "/workspace/organisations/1/brand"


@pytest.fixture
def app(tmp_path):
    return showcase.make(tmp_path, tokens=False)


def picture(colour="#c2410c") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (300, 90), colour).save(out, "PNG")
    out.seek(0)
    return out


def questionnaire(client) -> str:
    """The welcome page of a customer of the open wave."""
    page = client.get("/workspace/waves/2/links").text
    link = re.findall(r'<a href="http://localhost:8000(/s/[^"]+)">', page)[1]
    return client.get(link, follow_redirects=True).text


def test_a_brand_reaches_the_questionnaire(client):
    data = {"accent": "#C2410C", "go": "save", "logo": (picture(), "logo.png")}
    assert client.post(BRAND, data=data).status_code == 303
    page = questionnaire(client)
    style, logo = (
        re.search(r'href="(/brand/[^"]+\.css)"', page),
        re.search(r'src="(/brand/logo/[^"]+)"', page),
    )
    assert style.group(1) == "/brand/c2410c.css"
    assert "--color-accent:#c2410c;" in client.get(style.group(1)).text
    assert client.get(logo.group(1)).mimetype == "image/png"


def test_without_a_brand_the_questionnaire_is_ours(client):
    assert "/brand/" not in questionnaire(client)


@pytest.mark.parametrize("path", ["/brand/c2410c.css", "logo"])
def test_a_brands_files_may_be_kept_for_ever(client, path):
    client.post(BRAND, data={"logo": (picture(), "logo.png")})
    if path == "logo":
        path = re.search(r'src="(/brand/logo/[^"]+)"', client.get(BRAND).text).group(1)
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/brand/ffffff.css",
        "/brand/C2410C.css",
        "/brand/xyz.css",
        "/brand/c2410c}.css",
        "/brand/logo/" + "0" * 32,
    ],
)
def test_there_are_no_other_files(client, path):
    assert client.get(path).status_code == 404


def test_a_pale_colour_is_refused_with_the_nearest_that_can_be_read(app, client):
    page = client.post(BRAND, data={"accent": "#ffcc00", "go": "save"})
    assert page.status_code == 422
    assert (
        "#ffcc00 is too pale: its contrast with our light page is 1.4 to 1, and text needs 4.5." in page.text
    )
    nearest = re.search(r'name="nearest" value="(#[0-9a-f]{6})"', page.text).group(1)
    data = {"accent": "#ffcc00", "nearest": nearest, "go": "nearest"}
    assert client.post(BRAND, data=data).status_code == 303
    with app.extensions["sessions"]() as session:
        assert session.get_one(Organisation, 1).accent == nearest


@pytest.mark.parametrize(
    "file", [b"<svg onload='alert(1)'/>", b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(4096)]
)
def test_what_is_no_picture_leaves_the_logo_as_it_was(app, client, file):
    client.post(BRAND, data={"logo": (picture(), "logo.png")})
    answer = client.post(BRAND, data={"logo": (io.BytesIO(file), "logo.png")})
    assert answer.status_code == (422 if file else 303)
    with app.extensions["sessions"]() as session:
        assert branding_of(session, session.get_one(Organisation, 1)).logo.width == 300


def test_a_logo_is_taken_away(app, client):
    client.post(BRAND, data={"logo": (picture(), "logo.png")})
    client.post(BRAND, data={"no_logo": "yes"})
    with app.extensions["sessions"]() as session:
        assert branding_of(session, session.get_one(Organisation, 1)).logo is None


def sent(client, path: str, size: int) -> int:
    """The status of a form with a file of this size; without the form's token it is 400 at best."""
    start = b'--x\r\nContent-Disposition: form-data; name="logo"; filename="a.png"\r\n\r\n'
    body = start + bytes(size) + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    return client.post(
        path, input_stream=io.BytesIO(body), content_length=len(body), content_type=kind
    ).status_code


def test_a_logo_may_be_larger_than_any_other_form(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    assert sent(client, BRAND, 300 * 1024) == 400
    assert sent(client, BRAND, 5 * 1024 * 1024) == 413
    assert sent(client, "/workspace/organisations/1/settings", 300 * 1024) == 413


def test_the_consultancys_page_is_for_administrators(client):
    assert client.get("/workspace/consultancy").status_code == 404
