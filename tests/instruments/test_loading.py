"""A file that is no instrument is refused; a well-formed one of any kind loads."""

import os
import tomllib
from pathlib import Path

import pytest

from cultureassess.instruments import InstrumentError, load, registry
from cultureassess.instruments.loading import build
from cultureassess.instruments.types import Side

OTHER = Path(__file__).parents[1] / "fixtures" / "instruments" / "service_pulse_7.toml"
OURS = tomllib.loads((registry.DATA / "customer_culture_v1.toml").read_text("utf-8"))


def test_ours_is_well_formed():
    assert build(OURS, "ours.toml").code == "customer_culture_v1"


def test_without_a_role_question_an_instrument_loads():
    tables = {key: value for key, value in OURS.items() if key != "role_question"}
    assert build(tables, "ours.toml").role_question is None


def written(tmp_path, content: bytes) -> Path:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'title = "Caf\xe9"', "mine.toml: byte 12 is not UTF-8; save the file as UTF-8"),
        (b"title = ", "mine.toml: not valid TOML: Invalid value (at end of document)"),
        (b"code = 1\ncode = 2", "mine.toml: not valid TOML: Cannot overwrite a value (at end of document)"),
        (b"", "mine.toml: Object missing required field `code`"),
    ],
)
def test_a_file_that_is_no_instrument_is_refused(tmp_path, content, message):
    with pytest.raises(InstrumentError) as refused:
        load(written(tmp_path, content))
    assert str(refused.value) == message


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(InstrumentError, match=r"^none\.toml: No such file or directory$"):
        load(tmp_path / "none.toml")
    with pytest.raises(InstrumentError, match=r"Is a directory$"):
        load(tmp_path)


def test_a_changed_file_is_read_again(tmp_path):
    text = OTHER.read_bytes()
    path = written(tmp_path, text)
    assert load(path) is load(path)
    path.write_bytes(text.replace(b'"Service pulse"', b'"Service check"'))
    os.utime(path, ns=(1, 1))
    assert load(path).title == "Service check"


def test_an_instrument_unlike_ours_loads():
    other = load(OTHER)
    assert other.scale.points == 7
    assert [item.id for item in other.rated if item.reverse] == ["SP2", "WT2"]
    assert [item.id for item in other.items if item.paired] == ["SP1", "SP2"]
    assert [item.id for item in other.rated_on(Side.OUTSIDE)] == ["SP1", "SP2", "WT1"]
    assert [item.id for item in other.rated_on(Side.INSIDE)] == ["SP1", "SP2", "WT2"]
    assert other.headline.code == "ALL"


@pytest.mark.parametrize("points", range(2, 10))
def test_every_scale_of_two_to_nine_points_loads(points):
    tables = tomllib.loads(OTHER.read_text("utf-8"))
    tables["scale"] = {"points": points, "labels": [f"point {n}" for n in range(points)], "dont_know": "?"}
    assert build(tables, "other.toml").scale.points == points
