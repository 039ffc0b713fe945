"""``analyse --units`` writes a sheet for each group that is shown."""

from msgspec.structs import replace

from cultureassess.cli.report_options import Wanted
from cultureassess.report.options import USUAL
from cultureassess.snapshot.document import to_json
from tests.report import factory


def test_each_shown_group_gets_a_file_and_the_person_who_waits_is_told(capsys):
    wave = factory.c17()
    cells = [cell for cell in wave.breakdowns[0].cells if cell.value in ("sales", "HR")]
    wave = replace(wave, breakdowns=(replace(wave.breakdowns[0], cells=tuple(cells)),))
    wanted = Wanted(USUAL, formats=(), brief=False, units=True, earlier=None)
    files = wanted.files(to_json(wave))
    assert list(files) == ["units/function-sales.pdf"]
    assert files["units/function-sales.pdf"].startswith(b"%PDF-")
    assert capsys.readouterr().err == "Sheet 1 of 1: function-sales.pdf\n"


def test_a_wave_that_shows_no_group_says_so(capsys):
    wanted = Wanted(USUAL, formats=(), brief=False, units=True, earlier=None)
    assert wanted.files(to_json(factory.c17(breakdowns=()))) == {}
    assert "no group of the heat map is shown" in capsys.readouterr().err
