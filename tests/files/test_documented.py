"""docs/files.md shows the heads of two files: they are read, and nothing in them is unknown."""

from pathlib import Path

from cultureassess import instruments
from cultureassess.snapshot.files import read_sides

DOCUMENT = Path(__file__).parents[2] / "docs" / "files.md"


def test_the_documented_heads_hold_every_item_and_no_unknown_column(tmp_path):
    heads = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("rid,")]
    paths = [tmp_path / name for name in ("inside.csv", "customers.csv")]
    for path, head in zip(paths, heads, strict=True):
        path.write_text(f"{head}\n")
    read = read_sides(*paths, instruments.by_code("customer_culture_v1"))
    assert read.warnings == tuple(
        f"{path.name}: there is no answer in it, so nothing is compared." for path in paths
    )
