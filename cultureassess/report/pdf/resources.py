"""The files that a report may use: our style sheets and the packaged typefaces, by exact name.

WeasyPrint follows any address that it finds, so it is given a fetcher that knows these names and
nothing else: no file of the machine, no network, no data address (RELIABILITY 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import cultureassess
from cultureassess.report.options import Options
from cultureassess.report.words import RIGHT_TO_LEFT

SCHEME = "report:"

FONTS = {
    "plex.ttf": ("fontpkg_ibm_plex_sans", "IBMPlexSans[wdth,wght].ttf"),
    "plex-italic.ttf": ("fontpkg_ibm_plex_sans", "IBMPlexSans-Italic[wdth,wght].ttf"),
    "noto.ttf": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "plex-arabic-400.ttf": ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-Regular.ttf"),
    "plex-arabic-600.ttf": ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-SemiBold.ttf"),
    "plex-arabic-700.ttf": ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-Bold.ttf"),
}
CHOSEN = "chosen.css"
STYLES = ("fonts.css", "variables.css", "pages.css", "style.css", "parts.css", CHOSEN)
"""In their order; ``CHOSEN`` is made for each report and comes last."""

PAGE_ONE, FOUR_PAGES = ("dense.css", "denser.css"), "brief.css"
"""For a first page that would not hold the whole answer, one after the other; for a brief of five pages."""

CLIENT_LOGO, VOICE_LOGO = "client-logo.png", "consultant-logo.png"
PICTURES = ("hatch.svg",)
SHEETS = ("poster.css", "letters.css", "meeting.css")
"""Of the pages that are no report: a poster, letters with links, and the meeting pack."""
RIGHTWARDS = "rtl.css"
KINDS = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}


def folder(name: str) -> Path:
    """Where ``templates`` or ``static`` lies: inside the installed package, else beside it."""
    package = Path(cultureassess.__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


@cache
def packaged() -> Mapping[str, Path]:
    """The addresses that may be fetched, and the file behind each."""
    names = (*STYLES[:-1], *PAGE_ONE, FOUR_PAGES, *PICTURES, *SHEETS)
    styles = {name: folder("static") / "report" / name for name in names}
    fonts = {name: _font(*source) for name, source in FONTS.items()}
    return MappingProxyType({SCHEME + name: path for name, path in (styles | fonts).items()})


def _font(package: str, name: str) -> Path:
    return Path(str(import_module(package).__file__)).parent / "files" / name


def made_for(options: Options) -> Mapping[str, bytes]:
    """What is made for one report: its paper and colour as a style sheet, and its stored logos.

    Args:
        options: have been through :func:`cultureassess.report.options.checked`.
    """
    sheet = "@page { size: Letter; margin: 22mm 20mm 18mm; }\n" if options.paper == "Letter" else ""
    if options.language.split("-")[0] in RIGHT_TO_LEFT:
        sheet += (folder("static") / "report" / RIGHTWARDS).read_text()
    sheet += f":root {{ --deep: {options.accent}; }}\n" if options.accent else ""
    logos = {CLIENT_LOGO: options.logo, VOICE_LOGO: options.voice.logo}
    found = {CHOSEN: sheet.encode()} | {name: logo for name, logo in logos.items() if logo}
    return MappingProxyType({SCHEME + name: content for name, content in found.items()})


def fetcher(made: Mapping[str, bytes] = MappingProxyType({})) -> Any:  # noqa: ANN401  (WeasyPrint has no types)
    """A WeasyPrint fetcher that serves :func:`packaged` and ``made``, and refuses everything else.

    Any other address ends the rendering with ``FatalURLFetchingError``: a report that asks for one is not
    a report of ours.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class PackagedFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
            path = packaged().get(url)
            content = made.get(url) if path is None else path.read_bytes()
            if content is None:
                raise FatalURLFetchingError(f"The report asked for an address that it may not use: {url!r}")
            return URLFetcherResponse(url, content, {"Content-Type": KINDS[Path(url).suffix]})

    return PackagedFetcher(allowed_protocols=(), allow_redirects=False)
