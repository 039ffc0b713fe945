"""The library of practices: whole, cited, and never suggesting what is done."""

from __future__ import annotations

import pytest

from cultureassess import instruments
from cultureassess.practices import ActionPlan, LibraryError, Mark, kept, languages, library, recommended
from cultureassess.practices.loading import FOLDER, read_library, read_translation

INSTRUMENT = instruments.by_code("customer_culture_v1")


def test_each_index_has_three_practices_with_a_source_and_an_owner():
    found = library()
    assert {index.code: len(found.of_index(index.code)) for index in INSTRUMENT.indices} == dict.fromkeys(
        (index.code for index in INSTRUMENT.indices), 3
    )
    assert {code for practice in found.practices for code in practice.sources} == {
        "S1",
        "S2",
        "S3",
        "S4",
        "S5",
    }
    assert {practice.function for practice in found.practices} == set(found.functions)


def test_each_practice_is_noticed_by_another_statement_of_the_questionnaire():
    felt = [practice.felt for practice in library().practices]
    assert len(set(felt)) == len(felt)
    assert set(felt) <= set(INSTRUMENT.position)


@pytest.mark.parametrize("language", languages())
def test_a_language_says_everything_in_its_own_words(language):
    found, english = library(language), library()
    assert [one.code for one in found.practices] == [one.code for one in english.practices]
    if language != "en":
        assert not {one.text for one in found.practices} & {one.text for one in english.practices}


def test_a_language_without_a_file_reads_english():
    assert library("fi") is not None
    assert library("fi").language == "en"


def test_what_is_done_is_never_recommended():
    every = {practice.code for practice in library().practices}
    codes = [index.code for index in INSTRUMENT.indices]
    for code in sorted(every):
        plan = ActionPlan(marks={code: Mark.DO})
        assert {one.code for one in recommended(codes, plan)} == every - {code}
        assert [one.code for one in kept(codes, plan)] == [code]


def test_what_is_done_in_part_comes_last_of_its_index():
    plan = ActionPlan(marks={"feedback-for-all": Mark.PARTLY, "one-coordinator": Mark.NO})
    assert [one.code for one in recommended(["CF"], plan)] == [
        "one-coordinator",
        "goal-for-all",
        "feedback-for-all",
    ]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('code = "coach"', 'code = "anticipate"', "the code anticipate stands twice"),
        ('code = "coach"', 'code = "Coach!"', "the code 'Coach!' is not made of small letters and hyphens"),
        ('function = "hr"', 'function = "board"', "customer-criteria has the unknown function 'board'"),
        ('sources = ["S5", "S4"]', "sources = []", "few-figures has no source, or an unknown one"),
        ('felt = "CO1"', 'felt = "CO1"\ncolour = "red"', "Object contains unknown field `colour`"),
    ],
)
def test_a_damaged_file_is_refused_with_its_reason(tmp_path, before, after, reason):
    text = (FOLDER / "practices.toml").read_text("utf-8")
    assert before in text
    path = tmp_path / "practices.toml"
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(LibraryError, match=r"practices\.toml: ") as refused:
        read_library(path)
    assert reason in str(refused.value)


def test_a_language_file_that_lacks_a_practice_is_refused(tmp_path):
    path = tmp_path / "practices.xx.toml"
    path.write_text('version = "1.0"\nlanguage = "xx"\n[sources]\n[functions]\n[practices]\n', "utf-8")
    with pytest.raises(LibraryError, match="lacks the practice all-data-one-team"):
        read_translation(path, library())
