"""Sheets by group: how far they are, what is kept, and who may have them."""

import fcntl
import io
import threading
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from cultureassess.report.options import USUAL
from cultureassess.report.process import Request
from cultureassess.report.units import sheets
from cultureassess.services.kept_reports import erase_reports
from cultureassess.web import access
from cultureassess.web.results import unit_work
from cultureassess.web.results.reading import read
from cultureassess.web.results.report_file import Queue, kept_file, place_of, queue
from cultureassess.web.results.reports import options_of
from cultureassess.web.results.unit_work import Progress
from tests.report import factory
from tests.web import desk, showcase

UNITS, ARCHIVE = "/results/1/units", "/results/1/gap-units.zip"
PDF = b"%PDF-kept"
PATIENCE = 60


@pytest.fixture
def app(tmp_path):
    return showcase.make(tmp_path)


def wanted(app, client, language="en"):
    """What the installation would write, by name."""
    with client:
        client.get(UNITS)
        found = read(access.results(1), "files")
        return sheets(found.snapshot, options_of(found, "full", language))


def keep(app, requests):
    """Put finished sheets into the installation's folder, so that they need not be written."""
    for request in requests:
        place = place_of(request, app.instance_path)
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(PDF)


def write(client, **form):
    return client.post(UNITS, data={"csrf_token": showcase.token(client, UNITS), **form})


def finished(look):
    """What ``look`` returns once nobody writes any longer."""
    until = time.monotonic() + PATIENCE
    while (found := look()).running and time.monotonic() < until:
        time.sleep(0.1)
    return found


def test_groups_with_and_without_a_sheet_are_named(client):
    page = desk.text(client.get(UNITS).text)
    shown, hidden = page.split("Groups with a sheet")[1].split("Groups without one")
    assert "Part of the company: Sales" in shown
    assert "Part of the company: HR (not shown – fewer than 5)" in hidden
    assert "Not written yet." in page


def test_the_archive_leads_to_the_page_while_a_sheet_is_missing(app, client):
    keep(app, list(wanted(app, client).values())[1:])
    answer = client.get(ARCHIVE)
    assert (answer.status_code, answer.location) == (303, f"{UNITS}?lang=en")
    page = desk.text(client.get(UNITS).text)
    assert "28 of 29 are written. Nobody is writing the others" in page


def test_the_missing_sheet_is_written_and_the_archive_holds_them_all(app, client):
    requests = wanted(app, client)
    keep(app, list(requests.values())[1:])
    answer = write(client, language="en")
    assert (answer.status_code, answer.location) == (303, f"{UNITS}?lang=en")
    found = finished(lambda: unit_work.progress(requests, app.instance_path))
    assert (found.complete, found.total) == (True, 29)
    assert f'href="{ARCHIVE}?lang=en"' in client.get(UNITS).text
    answer = client.get(ARCHIVE)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.namelist() == list(requests)
        contents = [packed.read(name) for name in requests]
    assert contents[1:] == [PDF] * 28
    assert contents[0].startswith(b"%PDF-")
    assert contents[0] != PDF
    assert client.get(ARCHIVE).data == answer.data


def test_leaders_find_the_same_archive_and_only_once_it_is_released(app, client):
    keep(app, wanted(app, client).values())
    mine = client.get(ARCHIVE)
    leader = app.test_client()
    desk.lead(leader, showcase.token(leader, "/"))
    assert leader.get(ARCHIVE).data == mine.data
    assert {leader.get(path.replace("/1/", "/2/")).status_code for path in (UNITS, ARCHIVE)} == {404}


def test_a_language_that_the_report_does_not_speak_is_refused(client):
    answer = write(client, language="tlh")
    assert answer.status_code == 422
    assert "Choose one of the languages that the report speaks." in answer.text
    assert [client.get(f"{path}?lang=tlh").status_code for path in (UNITS, ARCHIVE)] == [404, 404]


def two(fingerprint="1" * 64):
    """A wave with two sheets."""
    wave = factory.c17(fingerprint=fingerprint)
    found = wave.breakdowns[0]
    return sheets(replace(wave, breakdowns=(replace(found, cells=found.cells[:2]),)), USUAL)


def test_progress_counts_what_is_kept_and_another_snapshot_begins_anew(tmp_path):
    requests, folder = two(), tmp_path
    assert unit_work.progress(requests, folder) == Progress(0, 2, running=False)
    unit_work.start(requests, folder)
    unit_work.start(requests, folder)  # nothing happens twice
    assert finished(lambda: unit_work.progress(requests, folder)) == Progress(2, 2, running=False)
    assert all(content.startswith(b"%PDF-") for content in unit_work.written(requests, folder).values())
    other = two("2" * 64)
    assert unit_work.progress(other, folder) == Progress(0, 2, running=False)
    assert unit_work.written(other, folder) is None


def test_no_sheet_is_no_archive(tmp_path):
    assert unit_work.written({}, tmp_path) is None
    assert not unit_work.progress({}, tmp_path).complete


def test_an_erasure_ends_the_writing_and_nothing_comes_back(tmp_path):
    wanted = sheets(factory.c17(), USUAL)
    unit_work.start(wanted, tmp_path)
    while not unit_work.progress(wanted, tmp_path).done:
        time.sleep(0.05)
    erase_reports(tmp_path)
    for thread in threading.enumerate():
        if thread.name.startswith("Thread") and "_write" in thread.name:
            thread.join()
    assert list((tmp_path / "reports").glob("*.pdf")) == []


def test_who_waits_is_told_that_other_sheets_take_turns_with_theirs(app, client):
    """Somebody writes the German sheets while the English ones are being written."""
    plans = [wanted(app, client, language) for language in ("en", "de")]
    with held(plans[0], app.instance_path), held(plans[1], app.instance_path):
        found = unit_work.progress(plans[0], app.instance_path)
        assert (found.running, found.others) == (True, 1)
        page = desk.text(client.get(UNITS).text)
    assert "One other set of sheets is being written as well: they take turns, sheet by sheet." in page
    assert "other set" not in desk.text(client.get(UNITS).text)


@contextmanager
def held(requests, folder):
    """As somebody who writes these sheets holds them."""
    path = unit_work._lock(requests, folder)
    with lock(path.parent, path.name):
        yield


def test_looking_again_plans_nothing_anew_until_snapshot_or_options_change():
    snapshot = factory.c17()
    first = unit_work.Plan(snapshot, USUAL)
    assert unit_work.Plan(factory.c17(), USUAL).kept is first.kept
    other = unit_work.Plan(factory.c17(fingerprint="2" * 64), USUAL)
    spoken = unit_work.Plan(snapshot, replace(USUAL, language="de"))
    places = [set(found.kept.values()) for found in (first, other, spoken)]
    assert [len(found) for found in places] == [len(sheets(snapshot, USUAL))] * 3
    assert len(set.union(*places)) == 3 * len(first)
    assert dict(other) == sheets(factory.c17(fingerprint="2" * 64), USUAL)


def test_what_is_remembered_of_a_wave_are_names_of_files(tmp_path):
    """An erasure cannot reach the memory of a server."""
    asked = [unit_work.Plan(factory.c17(fingerprint=f"{number:064x}"), USUAL) for number in range(20)]
    assert len(unit_work._names) <= unit_work.PLANS
    remembered = [text for names in unit_work._names.values() for pair in names.items() for text in pair]
    assert set(remembered) >= set(asked[-1].kept.values())
    assert all(text.endswith(".pdf") for text in remembered)


def test_progress_is_that_of_the_snapshot_that_is_asked_for(tmp_path):
    before, after = (unit_work.Plan(factory.c17(fingerprint=mark * 64), USUAL) for mark in "12")
    for name in before.kept.values():
        (tmp_path / "reports").mkdir(exist_ok=True)
        (tmp_path / "reports" / name).write_bytes(PDF)
    assert unit_work.progress(before, tmp_path).complete
    assert unit_work.progress(after, tmp_path) == Progress(0, len(after), running=False)


def test_who_waits_for_a_report_sees_how_many_are_written_and_wait(app, client):
    """Both places of the machine are taken, and somebody waits for one of them."""
    files = "/results/1/files"
    assert "being written" not in desk.text(client.get(files).text)
    folder = Path(app.instance_path) / "reports"
    with lock(folder, "place-0.lock"), lock(folder, "place-1.lock"), lock(folder, "waiting-a.lock"):
        assert queue(app.instance_path) == Queue(writing=2, waiting=1)
        assert "2 reports are being written. One waits for its turn." in desk.text(client.get(files).text)
    assert queue(app.instance_path) == Queue(writing=0, waiting=0)


def test_whoever_finds_no_place_waits_for_the_next_one_in_sight_of_others(tmp_path):
    folder = tmp_path / "reports"
    seen = []
    with lock(folder, "place-0.lock"), lock(folder, "place-1.lock"):
        waiting = threading.Thread(target=lambda: seen.append(kept_file(FAILS, tmp_path)), daemon=True)
        path = place_of(FAILS, tmp_path)
        waiting.start()
        assert until(lambda: queue(tmp_path).waiting == 1)
        path.write_bytes(PDF)  # somebody else has written it meanwhile
    waiting.join(PATIENCE)
    assert seen == [path]
    assert queue(tmp_path) == Queue(writing=0, waiting=0)


def test_an_erasure_of_all_reports_sends_nobody_away_who_waits_for_a_place(tmp_path):
    folder = tmp_path / "reports"
    seen = []
    with lock(folder, "place-0.lock"), lock(folder, "place-1.lock"):
        waiting = threading.Thread(target=lambda: seen.append(kept_file(FAILS, tmp_path)), daemon=True)
        waiting.start()
        assert until(lambda: queue(tmp_path).waiting == 1)
        erase_reports(tmp_path)
        place_of(FAILS, tmp_path).write_bytes(PDF)
    waiting.join(PATIENCE)
    assert seen == [place_of(FAILS, tmp_path)]


FAILS = Request("pdf", "no snapshot")


def until(true):
    end = time.monotonic() + PATIENCE
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


@contextmanager
def lock(folder, name):
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
