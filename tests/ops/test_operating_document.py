"""docs/operating.md is current; ``python -m tests.ops.test_operating_document`` writes its settings anew."""

from __future__ import annotations

import re
from pathlib import Path

from cultureassess import config
from cultureassess.cli import COMMANDS
from cultureassess.services.operations.described import SECRETS, as_table, described

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "operating.md"
TABLE = re.compile(r"(?<=test_operating_document\.py -->\n).*?(?=<!-- end -->)", re.DOTALL)


def test_the_table_of_settings_is_that_of_the_code():
    found = TABLE.search(DOCUMENT.read_text())
    assert found is not None
    assert found.group() == as_table()


def test_every_setting_is_described_with_its_type():
    assert [one.name for one in described()] == list(config.names())
    assert {one.kind for one in described()} <= {"text", "number", "true or false"}
    assert set(SECRETS) <= set(config.names())
    assert len(config.names()) <= 60


def test_every_command_has_its_line():
    rows = re.findall(r"^\| (`[^|]+`) \|", DOCUMENT.read_text().partition("## All commands")[2], re.MULTILINE)
    named = {word.split()[0] for row in rows for word in re.findall(r"`([^`]+)`", row)}
    assert named == set(COMMANDS)


def test_every_secret_has_its_file():
    for name in SECRETS:
        assert f"`{name}_FILE`" in DOCUMENT.read_text()


if __name__ == "__main__":
    DOCUMENT.write_text(TABLE.sub(lambda _: as_table(), DOCUMENT.read_text()))
