"""What a report may look like: colours that can be read, pictures that are pictures, known parts."""

import io

import pytest
from PIL import Image

from cultureassess.report.options import (
    SECTIONS,
    Options,
    OptionsError,
    Voice,
    checked,
    chosen_sections,
    from_json,
    picture,
    readable,
    seal,
    to_json,
)


def image(kind, size=(40, 20), **saved):
    written = io.BytesIO()
    Image.new("RGB", size, "#0f5a63").save(written, kind, **saved)
    return written.getvalue()


@pytest.mark.parametrize(("colour", "printed"), [("#16324F", "#16324f"), ("#000000", "#000000")])
def test_a_dark_accent_stays_as_it_is(colour, printed):
    assert readable(colour) == printed


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#7fb3d5"])
def test_a_light_accent_is_darkened_until_white_can_be_read_on_it(colour):
    parts = [int(readable(colour)[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (light + 0.05) >= 4.5


@pytest.mark.parametrize("colour", ["red", "#fff", "#16324f; } body { display: none", "url(x)", "#16324g"])
def test_an_accent_that_is_no_colour_is_refused(colour):
    with pytest.raises(OptionsError):
        readable(colour)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_becomes_a_fresh_png_and_stays_the_same_from_then_on(kind):
    first = picture(image(kind))
    assert first.startswith(b"\x89PNG")
    assert picture(first) == first


def test_what_hides_in_a_logo_is_left_behind():
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Comment", "canary")
    assert b"canary" in image("PNG", pnginfo=told)
    assert b"canary" not in picture(image("PNG", pnginfo=told) + b"canary")


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        image("PNG")[:60],
        b"%PDF-1.7",
    ],
)
def test_a_logo_that_is_no_picture_is_refused(content):
    with pytest.raises(OptionsError):
        picture(content)


def test_a_logo_of_too_many_pixels_is_refused():
    with pytest.raises(OptionsError):
        picture(image("PNG", (5000, 1000)))


def test_parts_are_printed_in_the_order_chosen_and_method_always():
    assert chosen_sections(Options(sections=("action", "overview"))) == (
        "action",
        "overview",
        "method",
        "hidden",
    )
    assert chosen_sections(Options()) == SECTIONS


def test_an_unknown_part_is_refused():
    with pytest.raises(OptionsError, match="'summary' is no part of the report"):
        checked(Options(sections=("summary",)))


def test_a_note_of_a_page_is_refused():
    with pytest.raises(OptionsError, match="Shorten it to 1200"):
        checked(Options(voice=Voice(note="x" * 1201)))


def test_options_are_read_back_as_they_were_written():
    options = Options(language="de", paper="Letter", logo=b"\x00\xff", voice=Voice(indices={"EO": "note"}))
    assert from_json(to_json(options)) == options


def test_a_word_of_the_consultant_changes_the_seal():
    assert seal(b"{}", Options()) != seal(b"{}", Options(voice=Voice(note="x")))


def test_a_default_that_somebody_typed_makes_no_other_document():
    typed = Options(language="".join("en"), paper="".join("A4"), shape="".join("full"))
    assert to_json(checked(typed)) == to_json(checked(Options()))
