"""Heads above several columns, named in every cell below them: so that a table can be read aloud.

WeasyPrint 70 names such a head in the first of its columns only (its ``pdf/tags.py`` counts a head once).
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf


def spread_heads(pdf: pikepdf.Pdf) -> None:
    """Add to each cell the head above several columns that it stands under (ISO 32000-1, 14.8.5.7)."""
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Table":
            _spread(list(_rows(found)))


def _spread(rows: list[pikepdf.Object]) -> None:
    over = [cell for cell in _children(rows[0]) if _span(cell) > 1] if rows else []
    if not any(cell.get("/S") == "/TH" for cell in over):
        return
    heads = dict(_places(rows[0]))
    for row in rows[1:]:
        for column, cell in _places(row):
            attributes, head = cell.get("/A"), heads.get(column)
            if cell.get("/S") != "/TD" or head is None or "/ID" not in head or attributes is None:
                continue
            named = attributes.get("/Headers", pikepdf.Array())
            if head["/ID"] not in list(named):
                attributes["/Headers"] = pikepdf.Array([*named, head["/ID"]])


def _places(row: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    """Each column of a row with the cell that covers it."""
    column = 0
    for cell in _children(row):
        for _ in range(_span(cell)):
            yield column, cell
            column += 1


def _span(cell: pikepdf.Object) -> int:
    attributes = cell.get("/A")
    return int(attributes.get("/ColSpan", 1)) if isinstance(attributes, pikepdf.Dictionary) else 1


def _rows(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for child in _children(element):
        if child.get("/S") == "/TR":
            yield child
        else:
            yield from _rows(child)


def _children(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    found = element.get("/K")
    for child in found if isinstance(found, pikepdf.Array) else [found]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
