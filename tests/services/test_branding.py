"""Logos are decoded and made anew; colours can be read in both themes."""

import io

import pytest
from PIL import Image, PngImagePlugin

from cultureassess.models import Consultancy
from cultureassess.services import accents, branding, fielding
from cultureassess.services.branding import LogoRefused

COLOURS = ("#0f5a63", "#c2410c", "#ffcc00", "#ffffff", "#000000", "#00ff00", "#1a73e8", "#808080", "#fde68a")


def picture(kind="PNG", size=(300, 90), mode="RGB", **save):
    out = io.BytesIO()
    Image.new(mode, size, "#c2410c" if mode != "L" else 90).save(out, kind, **save)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "type_"), [("PNG", "png"), ("JPEG", "jpeg")])
def test_a_logo_is_made_anew_with_its_size(kind, type_):
    logo = branding.read_logo(picture(kind))
    assert (logo.type, logo.width, logo.height) == (type_, 300, 90)
    with Image.open(io.BytesIO(logo.image)) as again:
        assert again.size == (300, 90)


def test_a_large_logo_is_made_smaller_in_proportion():
    logo = branding.read_logo(picture(size=(4000, 1000)))
    assert (logo.width, logo.height) == (800, 200)


def test_nothing_that_came_with_the_file_survives():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "canary")
    file = picture(pnginfo=notes, icc_profile=b"canary profile") + b"<script>canary</script>"
    assert b"canary" in file
    assert b"canary" not in branding.read_logo(file).image


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_kind_of_png_is_taken(mode):
    out = io.BytesIO()
    Image.new(mode, (40, 40)).save(out, "PNG")
    assert branding.read_logo(out.getvalue()).type == "png"


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG or JPEG"),
        (b"GIF89a" + bytes(100), "not a PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a PNG or JPEG"),
        (picture()[:-30], "not a PNG or JPEG"),
        (picture("GIF"), "not a PNG or JPEG"),
        (picture(size=(6001, 20)), "larger than 6000 pixels"),
        (picture(size=(15, 300)), "smaller than 16 pixels"),
        (bytes(branding.LARGEST_FILE + 1), "larger than 1 MB"),
    ],
)
def test_what_is_no_logo_is_refused_with_the_reason(file, reason):
    with pytest.raises(LogoRefused, match=reason):
        branding.read_logo(file)


def test_a_report_gets_the_brand_of_client_and_consultancy(session):
    organisation = fielding.create_organisation(session, "Acme", "acme")
    organisation.accent = "#c2410c"
    house = Consultancy(id=1, name="Beacon", contact="Jo Reed, 030 1234")
    session.add(house)
    branding.set_logo(organisation, branding.read_logo(picture()))
    branding.set_logo(house, branding.read_logo(picture("JPEG")))
    session.flush()
    session.expire_all()
    found = branding.branding_of(session, organisation)
    assert (found.accent, found.consultancy, found.contact) == ("#c2410c", "Beacon", "Jo Reed, 030 1234")
    assert (found.logo.type, found.consultancy_logo.type) == ("png", "jpeg")
    assert branding.logo_by_digest(session, organisation.logo_digest) == found.logo


def test_without_any_brand_a_report_gets_none(session):
    organisation = fielding.create_organisation(session, "Acme", "acme")
    assert branding.branding_of(session, organisation) == branding.Branding()


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_can_be_read_in_both_themes(colour):
    found = accents.accent(colour)
    for theme, grounds in ((found.light, accents.LIGHT), (found.dark, accents.DARK)):
        for ground in (*grounds, theme["on-accent"]):
            assert accents.contrast(theme["accent"], ground) >= 4.5
            assert accents.contrast(theme["accent-strong"], ground) >= 4.5
        assert accents.contrast(theme["accent-strong"], theme["accent-soft"]) >= 4.5


@pytest.mark.parametrize("colour", COLOURS)
def test_the_nearest_colour_passes_and_one_a_little_lighter_does_not(colour):
    found = accents.nearest(colour)
    assert accents.passes(found)
    if not accents.passes(colour):
        worst = min(accents.contrast(found, ground) for ground in accents.LIGHT)
        assert worst < 4.6


def test_a_colour_that_passes_stays_as_it_is():
    assert accents.nearest("#0f5a63") == "#0f5a63"


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#0F5A63", "#0f5a63"),
        ("0f5a63", "#0f5a63"),
        (" #fc0 ", "#ffcc00"),
        ("red", None),
        ("#12345", None),
        ("", None),
    ],
)
def test_a_colour_is_read_however_it_is_typed(typed, colour):
    assert accents.parse(typed) == colour


def test_white_on_black_is_21():
    assert accents.contrast("#ffffff", "#000000") == pytest.approx(21)
