"""WCAG 1.4.3 and 1.4.11, computed from the tokens themselves, in both themes."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
TEXT = [
    ("ink", "page"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("muted", "page"),
    ("muted", "surface"),
    ("muted", "sunken"),
    ("accent", "page"),
    ("accent", "surface"),
    ("accent-strong", "accent-soft"),
    ("ink", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("danger", "danger-soft"),
    ("danger", "surface"),
    ("surface", "danger"),
    ("ink", "danger-soft"),
    ("warning", "warning-soft"),
    ("ink", "warning-soft"),
    ("good", "good-soft"),
    ("ink", "good-soft"),
]
GRAPHICS = [
    ("color-control", "color-surface"),
    ("color-focus", "color-page"),
    ("color-focus", "color-surface"),
    ("color-accent", "color-line"),
    ("data-management", "color-surface"),
    ("data-staff", "color-surface"),
    ("data-customer", "color-surface"),
    ("data-partner", "color-surface"),
]


def themes() -> dict[str, dict[str, str]]:
    light, dark = TOKENS.read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--((?:color|data)-[\w-]+): (#[0-9a-f]{6});", text)) for text in (light, dark)]
    return {"light": found[0], "dark": found[0] | found[1]}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_stands_out(theme, front, back):
    colours = themes()[theme]
    assert contrast(colours[f"color-{front}"], colours[f"color-{back}"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), GRAPHICS)
def test_controls_and_marks_stand_out(theme, front, back):
    colours = themes()[theme]
    assert contrast(colours[front], colours[back]) >= 3


def test_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
