"""A newcomer with the README and nothing else: from the command to the report, on either engine."""

from __future__ import annotations

import datetime as dt
import random
import time
from urllib.parse import urljoin

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from cultureassess import clock
from cultureassess.db import make_engine
from cultureassess.models import Invitee, MailRun
from tests.browser import newcomer
from tests.browser.newcomer import PEOPLE, Machine, address, follow, heading, join, press, sign_in
from tests.ops.conftest import drop

pytestmark = [pytest.mark.browser, pytest.mark.torture]

DATABASE = "newcomer"
CONSULTANT, COLLEAGUE, LEADER = "jana@consultancy.example", "otto@consultancy.example", "eva@kunde.example"
CLIENT = "Straßenverkehrs- und Gebäudemanagementgesellschaft Bad Münstereifel mbH"
WHO = ("Managers", "Employees", "Customers")
ANSWERING = {"management": 8, "staff": 12, "customer": 30}


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """None for the file that is made by itself, or the address of an empty PostgreSQL database."""
    if request.param == "sqlite":
        yield None
        return
    server = request.getfixturevalue("postgresql")
    drop(server, DATABASE)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {DATABASE}")
    yield server.url.set(database=DATABASE).render_as_string(hide_password=False)
    drop(server, DATABASE)


@pytest.mark.timeout(900)
def test_a_newcomer_comes_from_the_command_to_the_report(database_url, browser, tmp_path):
    url = database_url or f"sqlite:///{tmp_path / 'instance' / 'cultureassess.sqlite3'}"
    began = time.monotonic()

    def tell(step: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {step}")

    with newcomer.machine(tmp_path, database_url) as running:
        tell("init, doctor and serve; the one-time link is printed")
        page = browser.new_page()
        administer(page, running)
        tell("password set, signed in")
        wave = plan(page)
        tell("client and wave by four fields, wave opened")
        invite_everybody(page, newcomer.lists(tmp_path))
        assert running.post.addresses() == dict.fromkeys(everybody(), 1)
        tell(f"{len(running.post.taken)} people imported and mailed")
        answered = answer(browser, running)
        tell(f"{len(answered)} have answered")
        a_night_passes(url)
        remind(page, wave)
        assert reminded(running) == everybody() - answered
        tell(f"{len(reminded(running))} of {len(everybody())} reminded: those who have not answered")
        close(page, wave)
        report = download(page, "Gap report (PDF)")
        assert report.startswith(b"%PDF")
        tell(f"wave closed, report of {len(report) // 1024} kB downloaded")
        reads_released_results_only(browser, page, running, wave)
        tell("the leader sees the released results, and nothing else")
        finds_nothing_of_it(browser, page, running, wave)
        tell("a second consultant sees none of it")


def everybody() -> set[str]:
    return {address(audience, place) for audience, number in PEOPLE.items() for place in range(number)}


def administer(page: Page, running: Machine) -> None:
    """Become the first administrator, leave, and come back by the front page."""
    join(page, running.first_link, "Jana Koch", CONSULTANT)
    expect(page.get_by_text("Your account is ready")).to_be_visible()
    page.goto(running.address)
    follow(page, "Sign in")
    sign_in(page, CONSULTANT)
    heading(page, "Clients")


def plan(page: Page) -> str:
    """A client and its first wave by four fields, opened at once; returns the wave's address."""
    follow(page, "Add the first client")
    page.get_by_label("1. Who is the client?").fill(CLIENT)
    page.get_by_label("First day").fill(clock.today().isoformat())
    for who, number in zip(WHO, PEOPLE.values(), strict=True):
        page.get_by_label(who, exact=True).fill(str(number))
    page.get_by_label("All customers were asked").check()
    press(page, "Make the draft")
    wave = page.url
    press(page, "Open the wave")
    return wave


def invite_everybody(page: Page, lists) -> None:
    """A list for each audience, then one press; the page tells when all are on their way."""
    for who, path in zip(WHO, lists.values(), strict=True):
        follow(page, f"Add: {who}") if who == "Managers" else follow(page, f"Add {who}")
        page.get_by_label("List of people").set_input_files(path)
        press(page, "Read the list")
        press(page, f"Add {len(path.read_text().splitlines()) - 1}")
    press(page, "Send 300 invitations")
    expect(page.locator(".standing").first).to_have_text("300 of 300", timeout=60_000)


def answer(browser: Browser, running: Machine) -> set[str]:
    """One in a browser, the others form by form; returns who has."""
    chance = random.Random(6)  # noqa: S311
    page = browser.new_page()
    newcomer.answer_in_browser(page, running.link_to(address("customer", 0)))
    page.close()
    people = [address(audience, place) for audience, number in ANSWERING.items() for place in range(number)]
    for person in people:
        if person != address("customer", 0):
            newcomer.answer_by_forms(running.link_to(person), chance)
    return set(people)


def a_night_passes(url: str) -> None:
    """Reminders wait for the next day: what happened today was yesterday."""
    engine, day = make_engine(url), clock.today() - dt.timedelta(days=1)
    with engine.begin() as connection:
        connection.execute(sa.update(Invitee).values(reached_on=day))
        connection.execute(sa.update(MailRun).values(day=day))
    engine.dispose()


def remind(page: Page, wave: str) -> None:
    page.goto(wave)
    follow(page, "Invitations")
    press(page, "Send a reminder")
    expect(page.locator(".standing").first).to_have_text("done", timeout=60_000)


def reminded(running: Machine) -> set[str]:
    return {person for person, times in running.post.addresses().items() if times > 1}


def close(page: Page, wave: str) -> None:
    page.goto(wave)
    press(page, "Stop taking answers")
    press(page, "Close the wave and score it")


def download(page: Page, name: str) -> bytes:
    """What a link on the page leads to, fetched as a browser does."""
    link = page.get_by_role("link", name=name).first.get_attribute("href")
    answer = page.request.get(urljoin(page.url, link), timeout=120_000)
    assert answer.status == 200
    return answer.body()


def reads_released_results_only(browser: Browser, page: Page, running: Machine, wave: str) -> None:
    """A leader is invited, finds nothing before the release, then the results, and never anything else."""
    page.goto(wave)
    follow(page, "Who the leaders are")
    page.get_by_label("E-mail address").fill(LEADER)
    press(page, "Invite")
    leader = browser.new_context().new_page()
    join(leader, running.link_to(LEADER), "Eva Berg")
    sign_in(leader, LEADER)
    expect(leader.get_by_text("There are no results yet.")).to_be_visible()
    page.goto(wave)
    follow(page, "Read the results")
    follow(page, "Your words and release")
    page.get_by_label("I have read these results").check()
    press(page, "Release to leaders")
    leader.reload()
    heading(leader, f"{CLIENT}: what managers believe, what customers say")
    assert download(leader, "Gap report (PDF)").startswith(b"%PDF")
    others = (wave, f"{running.address}/workspace", f"{running.address}/audit", f"{running.address}/members")
    assert {leader.request.get(one).status for one in others} == {404}
    leader.context.close()


def finds_nothing_of_it(browser: Browser, page: Page, running: Machine, wave: str) -> None:
    """Another consultant has clients of their own; this one's answer like those that never were."""
    page.goto(f"{running.address}/members")
    follow(page, "Invite somebody")
    page.get_by_label("E-mail address").fill(COLLEAGUE)
    page.get_by_label("Will be").select_option("consultant")
    press(page, "Invite")
    colleague = browser.new_context().new_page()
    join(colleague, running.link_to(COLLEAGUE), "Otto Lang")
    sign_in(colleague, COLLEAGUE)
    expect(colleague.get_by_text("No clients yet")).to_be_visible()
    number = wave.rpartition("/")[2]
    paths = (
        f"workspace/waves/{number}",
        f"workspace/waves/{number}/invitations",
        "workspace/organisations/1",
        "workspace/organisations/1/leaders",
        f"results/{number}",
        f"results/{number}/gap-report.pdf",
    )
    seen = {path: colleague.request.get(f"{running.address}/{path}").status for path in paths}
    assert seen == dict.fromkeys(paths, 404)
    assert {page.request.get(f"{running.address}/{path}").status for path in paths} == {200}
    colleague.context.close()
