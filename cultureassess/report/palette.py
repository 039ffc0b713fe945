"""The colours of every chart, in one place. Okabe and Ito's hues, told apart by shape as well.

Colours are attributes of the drawing, because WeasyPrint does not apply a page's CSS inside an inline SVG.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as ``#rrggbb``. ``agreement`` runs from strongly disagree to strongly agree;
    ``on_dark`` and ``on_light`` are the numbers on its ends and on its middle."""

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
    agreement=("#B4501E", "#EBB08A", "#E4E7EA", "#9CC7E0", "#1F5F8B"),
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
    agreement=("#D9692E", "#E9B595", "#6B7680", "#9CC7E0", "#3D8FC6"),
)
