"""A released questionnaire never changes: waves would no longer be comparable."""

import shutil

import msgspec
import pytest

from cultureassess import instruments
from cultureassess.instruments import InstrumentError, registry

NAME = "customer_culture_v1.toml"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(registry.DATA, tmp_path / "data")
    return tmp_path / "data"


def change(folder, old: str, new: str) -> None:
    text = (folder / NAME).read_text("utf-8")
    assert old in text
    (folder / NAME).write_text(text.replace(old, new, 1), "utf-8")


def test_released_files_are_unchanged():
    instruments.verify()


def test_every_packaged_file_is_named_after_its_code_and_remembered():
    remembered = msgspec.json.decode(
        (registry.DATA / "released.json").read_bytes(), type=list[registry.Release]
    )
    assert tuple(release.code for release in remembered) == instruments.available()
    assert (
        tuple(instruments.by_code(code).code for code in instruments.available()) == instruments.available()
    )


def test_comments_and_layout_of_a_released_file_are_free(folder):
    change(folder, "[scale]", "# A remark.\n\n[ scale ]")
    registry.verify(folder)


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("We keep the promises we make", "We keep all promises we make", "the wording of RG1"),
        ('version = "1.0"', 'version = "1.1"', "customer_culture_v1 1.0 is now customer_culture_v1 1.1"),
        ("Strongly agree", "Fully agree", "its content, apart from the items' wordings"),
        ('title = "Customer culture"', 'title = "Culture"', "its content, apart from the items' wordings"),
    ],
)
def test_a_changed_released_file_is_found(folder, old, new, difference):
    change(folder, old, new)
    with pytest.raises(InstrumentError) as refused:
        registry.verify(folder)
    assert str(refused.value) == f"{NAME}: is released and must not change: {difference}"


def test_a_reordered_released_file_is_found(folder):
    text = (folder / NAME).read_text("utf-8")
    head, first, second, *rest = text.split("[[items]]\n")
    (folder / NAME).write_text("[[items]]\n".join([head, second, first, *rest]), "utf-8")
    with pytest.raises(InstrumentError, match="items were added, removed or reordered"):
        registry.verify(folder)


def test_a_removed_released_file_is_found(folder):
    (folder / NAME).unlink()
    with pytest.raises(InstrumentError, match=f"{NAME}: No such file"):
        registry.verify(folder)
