"""The colours of every chart, in one place. Okabe and Ito's hues, told apart by shape as well.

The shades of agreement are told apart by lightness too, all five, so that a grey print or a copy shows them:
the darkest agrees strongly, the lightest does neither. None is so middling that no letters stand out from it.

Colours are attributes of the drawing, because WeasyPrint does not apply a page's CSS inside an inline SVG.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as ``#rrggbb``. ``agreement`` runs from strongly disagree to strongly agree;
    ``on_dark`` and ``on_light`` are the numbers on its darker and on its lighter shades."""

    management: str
    staff: str
    customer: str
    partner: str
    ink: str
    quiet: str
    line: str
    band: str
    span: str
    paper: str
    agreement: tuple[str, str, str, str, str]
    on_dark: str = "#FFFFFF"
    on_light: str = "#16202B"

    def group(self, name: str) -> str:
        """The colour of an audience."""
        colours = {"management": self.management, "staff": self.staff, "customer": self.customer}
        return colours.get(name, self.partner)

    def ink_on(self, shade: str) -> str:
        """The colour of letters on a shade: whichever of the two stands out more."""
        return max((self.on_dark, self.on_light), key=lambda ink: contrast(ink, shade))


def luminance(colour: str) -> float:
    """How light a colour is, from 0 (black) to 1 (white). Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21; letters need 4.5. Source: WCAG 2.2, 1.4.3."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAPER = Palette(
    management="#009E73",
    staff="#0072B2",
    customer="#D55E00",
    partner="#6B6B6B",
    ink="#16202B",
    quiet="#5A6572",
    line="#B9C1C9",
    band="#F1F4F6",
    span="#D9E0E6",
    paper="#FFFFFF",
    agreement=("#A7410E", "#ECB993", "#F2F4F5", "#5497C6", "#123754"),
)

DARK = Palette(
    management="#2BC79A",
    staff="#5AB0E6",
    customer="#F58A42",
    partner="#A9B1B9",
    ink="#F2F5F7",
    quiet="#B3BDC7",
    line="#5A6570",
    band="#222B34",
    span="#3A4651",
    paper="#161D24",
    agreement=("#EE9562", "#9F5328", "#3B444B", "#398FCD", "#B3DAF2"),
)
