"""What a newcomer has: the commands of the README, everybody's mailboxes, lists of people, a browser."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.bench.respondent_load import HIDDEN, Respondent
from tests.cli.test_serve import page as status_of
from tests.mail.smtp import Post, free_port, mail_server, wait_for

COMMAND = (sys.executable, "-m", "cultureassess")
OPTION = re.compile(r'<input type="radio" name="(\w+)" id="\w+-\w+" value="([^"]+)"')
LINK = re.compile(r"https?://\S+")
PASSWORD = "wombat ladder quiet prism 9"
PEOPLE = {"management": 20, "staff": 80, "customer": 200}


@dataclass(frozen=True)
class Machine:
    """A server that runs: its address, its mail server, and the link that it printed."""

    address: str
    post: Post
    first_link: str

    def link_to(self, person: str, number: int = -1) -> str:
        """The first link in a mail to a person, by default in the newest."""
        wait_for(lambda: person in self.post.addresses())
        mails = [message for to, message in self.post.taken if to == person]
        return LINK.findall(mails[number].get_content())[0]


def settings(folder: Path, database_url: str | None, smtp_port: int) -> dict[str, str]:
    """The environment of the commands: what docs/operating.md says of a mail server, and the database's."""
    own = {
        "INSTANCE": str(folder / "instance"),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(smtp_port),
        "SMTP_SECURITY": "none",
        "SMTP_FROM": "Culture survey <survey@consultancy.example>",
        "SMTP_PER_SECOND": "100",
        "LOG_LEVEL": "warning",
    }
    return {**os.environ, **own} | ({"DATABASE_URL": database_url} if database_url else {})


@contextmanager
def machine(folder: Path, database_url: str | None) -> Iterator[Machine]:
    """``init``, ``doctor`` and ``serve``, as docs/operating.md has them; stopped with Ctrl-C at the end."""
    with mail_server() as (post, smtp_port):
        environ, port = settings(folder, database_url, smtp_port), free_port()
        for words in (("init",), ("doctor",)):
            subprocess.run([*COMMAND, *words], env=environ, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)],
            env=environ,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            assert server.stdout is not None
            said = iter(server.stdout.readline, "")
            link = next(found[0] for line in said if (found := LINK.search(line)) and "invitation" in line)
            assert status_of(port) == 200
            yield Machine(f"http://localhost:{port}", post, link)
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.communicate(timeout=60)
    assert server.returncode == 0


def lists(folder: Path) -> Mapping[str, Path]:
    """One CSV file for each audience, 300 people in all."""
    made = {}
    for audience, number in PEOPLE.items():
        rows = [f"{audience.title()} {place},{address(audience, place)}" for place in range(number)]
        made[audience] = folder / f"{audience}.csv"
        made[audience].write_text("\n".join(["Name,E-mail", *rows]) + "\n")
    return made


def address(audience: str, place: int) -> str:
    return f"{audience}-{place}@kunde.example"


def press(page: Page, name: str) -> None:
    """Press a button, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    """Follow a link by its words."""
    page.get_by_role("link", name=name, exact=True).first.click()


def heading(page: Page, text: str) -> None:
    """Wait for the page with this heading."""
    expect(page.get_by_role("heading", level=1, name=text)).to_be_visible()


def join(page: Page, link: str, name: str, email: str = "") -> None:
    """Accept an invitation with a password of one's own."""
    page.goto(link)
    if email:
        page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    press(page, "Accept")


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def answer_in_browser(page: Page, link: str) -> None:
    """Click through the questionnaire."""
    page.goto(link)
    press(page, "Start")
    while page.get_by_role("heading", level=1).inner_text().startswith("Part"):
        for place, question in enumerate(page.locator("fieldset").all()):
            question.locator("label").nth(place % 4).click()
        last = page.get_by_role("button", name="Send my answers").count()
        press(page, "Send my answers" if last else "Continue")
    heading(page, "Thank you")


def answer_by_forms(link: str, chance: random.Random) -> None:
    """Answer without a browser: send back the forms as they come, with something chosen of everything."""
    site, _, path = link.partition("/s/")
    person = Respondent(site)
    status, place, shown = person.ask("GET", f"/s/{path}")
    while place != "/survey/thanks":
        assert status == 303, (status, shown[:500])
        here = place
        status, place, shown = person.ask("GET", here)
        if status == 200:
            status, place, shown = person.ask("POST", here, filled(shown, chance))
    person.connection.close()


def filled(page: str, chance: random.Random) -> dict[str, str]:
    """A page's form with what it hides, and one option of every question."""
    options: dict[str, list[str]] = {}
    for name, value in OPTION.findall(page):
        options.setdefault(name, []).append(value)
    return dict(HIDDEN.findall(page)) | {name: chance.choice(values) for name, values in options.items()}
