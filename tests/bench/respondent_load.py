"""The respondents' load.

``pages`` or ``visit ADDRESS PATH TOKEN COUNT``, or ``walk ADDRESS AT_ONCE TOKEN ROUNDS``.
Prints one JSON object: requests per second, or the milliseconds that a visitor waits, and errors.
"""

import http.client
import json
import re
import statistics
import sys
import threading
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

AT_ONCE = 8
PAUSE = 0.03
"""Seconds between two pages of one visitor."""

ITEM = re.compile(r'<input type="radio" name="(\w+)" id="\w+-2" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Respondent:
    """One browser: a connection that stays, and its cookies."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """The status, where it leads to, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def begin(self, token: str) -> None:
        """Open the questionnaire and go past its first page."""
        self.ask("GET", f"/s/{token}")
        form = dict(HIDDEN.findall(self.ask("GET", "/survey")[2]))
        self.ask("POST", "/survey", form)

    def walk(self, token: str) -> bool:
        """First page to confirmation, page by page, with an answer to everything there is to choose."""
        status, place, page = self.ask("GET", f"/s/{token}")
        while status == 303:
            status, place, page = self.ask("GET", here := place)
            if status != 200 or here == "/survey/thanks":
                break
            form = dict(HIDDEN.findall(page)) | dict(ITEM.findall(page))
            status, place, page = self.ask("POST", here, form)
        return status == 200 and here == "/survey/thanks"


def pages(address: str, path: str, token: str, count: int) -> dict[str, float]:
    """Fetch one page over and over, from several browsers that have begun."""
    browsers = [Respondent(address) for _ in range(AT_ONCE)]
    if path != "/bare/":
        for browser in browsers:
            browser.begin(token)
    errors: list[int] = []

    def run(browser: Respondent) -> None:
        errors.append(sum(browser.ask("GET", path)[0] != 200 for _ in range(count // AT_ONCE)))

    took = at_once([threading.Thread(target=run, args=(browser,)) for browser in browsers])
    return {"per_second": count // AT_ONCE * AT_ONCE / took, "errors": sum(errors)}


def visit(address: str, path: str, token: str, count: int) -> dict[str, float]:
    """Fetch one page now and then, as one person does: what that person waits for it."""
    browser, waits, errors = Respondent(address), [], 0
    browser.begin(token)
    for _ in range(count):
        time.sleep(PAUSE)
        start = time.perf_counter()
        errors += browser.ask("GET", path)[0] != 200
        waits.append(time.perf_counter() - start)
    return {"milliseconds": 1000 * statistics.median(waits), "errors": errors}


def walks(address: str, number: int, token: str, rounds: int) -> dict[str, float]:
    """Let respondents fill in the whole questionnaire at once, round after round."""
    errors: list[int] = []

    def run() -> None:
        errors.append(sum(not Respondent(address).walk(token) for _ in range(rounds)))

    took = at_once([threading.Thread(target=run) for _ in range(number)])
    return {"per_second": number * rounds / took, "errors": number - len(errors) + sum(errors)}


def at_once(threads: list[threading.Thread]) -> float:
    """Seconds that the threads take together."""
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


if __name__ == "__main__":
    what, address, second, token, count = sys.argv[1:]
    found = (
        walks(address, int(second), token, int(count))
        if what == "walk"
        else {"pages": pages, "visit": visit}[what](address, second, token, int(count))
    )
    print(json.dumps(found))
