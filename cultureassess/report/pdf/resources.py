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

SCHEME = "report:"

FONTS = {
    "plex.ttf": ("fontpkg_ibm_plex_sans", "IBMPlexSans[wdth,wght].ttf"),
    "plex-italic.ttf": ("fontpkg_ibm_plex_sans", "IBMPlexSans-Italic[wdth,wght].ttf"),
    "noto.ttf": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "noto-arabic.ttf": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
}
STYLES = ("fonts.css", "variables.css", "pages.css", "style.css")
PICTURES = ("hatch.svg",)
KINDS = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}


def folder(name: str) -> Path:
    """Where ``templates`` or ``static`` lies: inside the installed package, else beside it."""
    package = Path(cultureassess.__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


@cache
def packaged() -> Mapping[str, Path]:
    """The addresses that may be fetched, and the file behind each."""
    styles = {name: folder("static") / "report" / name for name in STYLES + PICTURES}
    fonts = {name: _font(*source) for name, source in FONTS.items()}
    return MappingProxyType({SCHEME + name: path for name, path in (styles | fonts).items()})


def _font(package: str, name: str) -> Path:
    return Path(str(import_module(package).__file__)).parent / "files" / name


def fetcher() -> Any:  # noqa: ANN401  (WeasyPrint has no types)
    """A WeasyPrint fetcher that serves :func:`packaged` and refuses everything else.

    Any other address ends the rendering with ``FatalURLFetchingError``: a report that asks for one is not
    a report of ours.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class PackagedFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
            path = packaged().get(url)
            if path is None:
                raise FatalURLFetchingError(f"The report asked for an address that it may not use: {url!r}")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": KINDS[path.suffix]})

    return PackagedFetcher(allowed_protocols=(), allow_redirects=False)
