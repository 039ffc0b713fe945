"""Written reports: what nobody asks for goes, what is asked for stays, and locks always do."""

from __future__ import annotations

import datetime as dt
import errno
import os
from pathlib import Path

import pytest

from cultureassess import clock
from cultureassess.report.options import USUAL
from cultureassess.report.process import Request
from cultureassess.services.kept_reports import FOLDER, KEPT, drop_reports, size_of
from cultureassess.services.upkeep import Upkeep
from cultureassess.web.results import unit_work
from cultureassess.web.results.report_file import asked_for, kept_file, place_of

DAY = dt.timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    """Files of which nobody has asked for the last three in ``KEPT``."""
    made = tmp_path / FOLDER
    made.mkdir()
    for name, age in {"new.pdf": KEPT - DAY, "old.pdf": KEPT, "old.xlsx": KEPT, "units.lock": KEPT}.items():
        (made / name).write_bytes(b"%PDF")
        set_back(made / name, age)
    return made


def set_back(path, age):
    then = (clock.now() - age).timestamp()
    os.utime(path, (then, then))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_nobody_asks_for_goes_after_thirty_days(folder):
    assert drop_reports(folder.parent, now=clock.now(), dry_run=True) == 2
    assert size_of(folder.parent) == 16
    assert drop_reports(folder.parent, now=clock.now()) == 2
    assert names(folder) == ["new.pdf", "units.lock"]


def test_the_ticket_of_whoever_was_killed_while_waiting_goes_too(folder):
    ticket = folder / "waiting-a.lock"
    ticket.touch()
    drop_reports(folder.parent, now=clock.now())
    assert ticket.exists()
    set_back(ticket, KEPT)
    drop_reports(folder.parent, now=clock.now())
    assert not ticket.exists()


def test_what_is_asked_for_stays_another_thirty_days(folder):
    request = Request("pdf", "{}", USUAL, None)
    path = place_of(request, folder.parent)
    path.write_bytes(b"%PDF")
    set_back(path, KEPT)
    assert kept_file(request, folder.parent) == path
    drop_reports(folder.parent, now=clock.now() + KEPT - DAY)
    assert names(folder) == sorted([path.name, "units.lock"])


def test_whoever_reads_a_file_that_is_dropped_reads_it_whole(folder):
    with (folder / "old.pdf").open("rb") as reading:
        drop_reports(folder.parent, now=clock.now())
        assert reading.read() == b"%PDF"


def test_without_a_folder_there_is_nothing_to_drop(tmp_path):
    assert (drop_reports(tmp_path, now=clock.now()), size_of(tmp_path)) == (0, 0)


@pytest.fixture
def not_permitted(monkeypatch):
    """Files of another user, in a folder where only its owner may delete."""

    def refuse(path, *_more, **_named):
        raise PermissionError(errno.EPERM, "Operation not permitted", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    monkeypatch.setattr(os, "utime", refuse)


def test_what_may_not_be_deleted_stays_and_the_worker_goes_on(sqlite, folder, not_permitted, caplog):
    upkeep = Upkeep(instance=folder.parent)
    assert upkeep.run(sqlite, now=clock.now()) == {}
    assert sorted(record.getMessage() for record in caplog.records) == [
        "the old report old.pdf stays: Operation not permitted",
        "the old report old.xlsx stays: Operation not permitted",
    ]
    assert upkeep.run(sqlite, now=clock.now()) == {}
    assert len(caplog.records) == 2


def test_a_file_whose_time_may_not_be_set_is_there_all_the_same(folder, not_permitted):
    assert asked_for(folder / "new.pdf")


def test_sheets_that_are_handed_out_stay_another_thirty_days(folder):
    request = Request("pdf", "{}", USUAL, None)
    path = place_of(request, folder.parent)
    path.write_bytes(b"%PDF")
    set_back(path, KEPT)
    assert unit_work.written({"sheet.pdf": request}, folder.parent) == {"sheet.pdf": b"%PDF"}
    drop_reports(folder.parent, now=clock.now())
    assert path.exists()


def test_the_worker_drops_them_once_a_day(sqlite, folder):
    upkeep = Upkeep(instance=folder.parent)
    assert upkeep.run(sqlite, now=clock.now()) == {"written reports": 2}
    set_back(folder / "new.pdf", KEPT)
    assert upkeep.run(sqlite, now=clock.now()) == {}
    assert upkeep.run(sqlite, now=clock.now() + DAY) == {"written reports": 1}
