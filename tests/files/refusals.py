"""Files that are refused, and what the refusals say."""

from pathlib import Path

import pytest

from cultureassess import instruments
from cultureassess.snapshot.files import FileError, read_sides

REFERENCE = Path(__file__).parents[1] / "fixtures" / "reference"
INSIDE = REFERENCE / "c17_demo_inside.csv"
CUSTOMERS = (REFERENCE / "c17_demo_customers.csv").read_bytes()
OURS = instruments.by_code("customer_culture_v1")

POINT = "Leave it empty if skipped, write DK for “can't judge”"
NUMBER = "Correct it, or leave it empty if not answered"
SECONDS = "Write for example 253 or 253.5"
SEPARATORS = "Check the separators (',') in this line"
RETURNS = "c.csv, line 1: its lines end with CR only. Save it again as CSV in UTF-8"
UTF8 = "Save the file as CSV in UTF-8 (in Excel: “CSV UTF-8”)"
QUOTE = "Put the whole cell between quotation marks and double those inside it"


def error(path: Path, **options) -> str:
    with pytest.raises(FileError) as refused:
        read_sides(INSIDE, path, OURS, **options)
    return str(refused.value)


def error_of(tmp_path, content: bytes, **options) -> str:
    path = tmp_path / "c.csv"
    path.write_bytes(content)
    return error(path, **options)


def edited(old: str, new: str) -> bytes:
    assert CUSTOMERS.count(old.encode()) >= 1
    return CUSTOMERS.replace(old.encode(), new.encode(), 1)
