"""docs/snapshot.md describes every field of the snapshot, and no field that it does not have."""

import re
from pathlib import Path

import msgspec
import pytest

from cultureassess.snapshot import types

PAGE = (Path(__file__).parents[2] / "docs" / "snapshot.md").read_text(encoding="utf-8")
SECTIONS = {section.split("\n")[0]: section for section in PAGE.split("\n## ")[1:]}
STRUCTS = {
    name: struct
    for name, struct in vars(types).items()
    if isinstance(struct, type) and issubclass(struct, types.Frozen) and struct is not types.Frozen
}


def described(section):
    rows = re.findall(r"^\| (`[^|]*) \|", section, flags=re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


def test_every_type_has_a_section():
    assert SECTIONS.keys() == STRUCTS.keys()


@pytest.mark.parametrize("name", STRUCTS)
def test_every_field_is_described_once(name):
    fields = [field.encode_name for field in msgspec.structs.fields(STRUCTS[name])]
    assert sorted(described(SECTIONS[name])) == sorted(fields)
