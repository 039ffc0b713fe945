"""Every route for every actor, as ``tests/access_matrix.toml`` says (docs/access.md tells how to add a line).

Two clients share one installation. Every route is asked for as each actor, with objects of the first client,
with a part of the second client under a whole of the first one, and with objects that do not exist. Whatever
is refused, and every GET, must leave the database as it was; no page for the first client names the second.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from cultureassess import clock, config, instruments
from cultureassess.app import create_app
from cultureassess.db import sqlite, transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Anonymity, Chosen, Invitee, Organisation, Role, Wave
from cultureassess.report.process import Request
from cultureassess.services import fielding, links, member_invitations
from cultureassess.services.member_invitations import Rights
from cultureassess.services.operations import health
from cultureassess.web import access
from cultureassess.web.results.reading import read
from cultureassess.web.results.report_file import place_of
from cultureassess.web.results.reports import options_of
from tests import cast
from tests.cast import Person
from tests.web import showcase
from tests.web.respondent import Respondent

MATRIX = tomllib.loads((Path(__file__).parent.parent / "access_matrix.toml").read_text("utf-8"))
MISSING = 2_000_000
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CANARIES = ("Südstern", "Kanarien", "leader b", "leader.b@")
"""Names of the second client, which nobody of the first may ever read."""

MEMBERS = ("outsider", "leader a", "leader b", "consultant a", "consultant b", "administrator")
ACTORS = ("anonymous", "respondent", "deactivated", *MEMBERS)


@dataclass(frozen=True)
class Route:
    """One line of the matrix.

    Attributes:
        writes: why a GET, or a request that leads to the sign-in page, may write, or "".
        nothing: why even whoever may ask gets 404 with the matrix's parameters, or "".
        csrf: why a POST needs no token, or "".
        slow: the page takes seconds: it is fetched by one of those who may.
        fills: values for the address, instead of the matrix's general ones.
    """

    endpoint: str
    method: str
    kind: str
    writes: str = ""
    nothing: str = ""
    csrf: str = ""
    slow: bool = False
    fills: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        return f"{self.endpoint} {self.method}"

    def expected(self, actor: str) -> str:
        """ "ok", "open", "sign-in" or "404"."""
        outcomes = MATRIX["kinds"][self.kind]
        found: str = outcomes.get(actor, outcomes.get("everybody", "404"))
        return "404" if found == "ok" and self.nothing else found


def routes() -> list[Route]:
    found = []
    for name, line in MATRIX["routes"].items():
        endpoint, method = name.split()
        fields = {"kind": line} if isinstance(line, str) else dict(line)
        known = {
            key: fields.pop(key) for key in ("kind", "writes", "nothing", "csrf", "slow") if key in fields
        }
        found.append(Route(endpoint, method, **known, fills=fields))
    return found


ROUTES = routes()


class Installation:
    """The application with two clients, and everybody's cookies and form tokens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        showcase.make(folder, demo=False).extensions["engine"].dispose()
        self.app: Flask = create_app(config.load({"INSTANCE": str(folder)}))
        self.objects = {"a": self._first(), "b": self._second()}
        self._populate()
        self.cookies: dict[str, list[Any]] = {}
        self.tokens: dict[str, str] = {}
        for actor in ACTORS:
            self._arrive(actor)
        self._keep_a_report()
        cast.change(self.app, "deactivated", active=False)
        self.engine.dispose()
        self.pristine = folder.parent / "pristine.sqlite3"
        with sqlite.library().connect(self.database) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(self.database, self.pristine)
        self.observer = sqlite.library().connect(self.database)

    @property
    def engine(self) -> Any:
        return self.app.extensions["engine"]

    @property
    def database(self) -> str:
        return str(self.engine.url.database)

    def version(self) -> int:
        """Changes with every commit of anybody else."""
        return int(self.observer.execute("PRAGMA data_version").fetchone()[0])

    def restore(self) -> None:
        """Undo whatever was done."""
        self.observer.close()
        self.engine.dispose()
        for path in Path(self.folder).glob("cultureassess.sqlite3*"):
            path.unlink()
        shutil.copyfile(self.pristine, self.database)
        self.observer = sqlite.library().connect(self.database)

    def client(self, actor: str) -> FlaskClient:
        found = self.app.test_client()
        for cookie in self.cookies[actor]:
            found.set_cookie(cookie.key, cookie.value)
        return found

    def address(self, route: Route, *, child: str = "a", missing: bool = False) -> str:
        """The route's address; ``child`` says of which client everything but the first number is."""
        rule: Rule = next(iter(self.app.url_map.iter_rules(route.endpoint)))
        values: dict[str, Any] = {}
        for place, name in enumerate(ordered(rule)):
            own = self.objects["a" if place == 0 else child]
            values[name] = route.fills.get(name, own.get(name, MATRIX["parameters"].get(name)))
            if name == "kind":  # the lines of the matrix have a kind as well
                values[name] = route.fills["of"]
            if name == "wave_id" and "wave" in route.fills:
                values[name] = own[route.fills["wave"]]
            if missing and name in own:
                values[name] = MISSING
        with self.app.test_request_context():
            from flask import url_for

            return url_for(route.endpoint, **values)

    def _keep_a_report(self) -> None:
        """Here is asked who may have the report, and not how it is laid out: it is finished already."""
        wave = self.objects["a"]["reported"]
        with self.client("consultant a") as client:
            client.get(f"/results/{wave}")
            reading = read(access.results(wave), "files")
            request = Request("pdf", reading.json, options_of(reading, "full", "en"))
        shutil.copyfile(self.folder / "gap-report.pdf", place_of(request, self.folder))

    def _first(self) -> dict[str, int]:
        """The demo's client: one reported wave, one open, and a draft."""
        with transaction(self.engine) as session:
            organisation = session.get_one(Organisation, 1)
            reported, running = session.get_one(Wave, showcase.LAST), session.get_one(Wave, showcase.THIS)
            link = links.open_links(session, running)[0]
            plan = fielding.Plan(label="Entwurf", chosen=Chosen.ALL)
            instrument = instruments.by_code(reported.assessment.instrument)
            draft = fielding.create_wave(session, reported.assessment, instrument, plan)
            return {
                "organisation_id": organisation.id,
                "wave_id": running.id,
                "reported": reported.id,
                "draft": draft.id,
                "link_id": link.id,
                "assessment_id": reported.assessment_id,
            }

    def _second(self) -> dict[str, int]:
        """Another client with a wave of its own."""
        with transaction(self.engine) as session:
            instrument = instruments.by_code("customer_culture_v1")
            organisation = fielding.create_organisation(session, "Südstern Foods", "suedstern")
            assessment = fielding.create_assessment(session, organisation, instrument)
            plan = fielding.Plan(label="Kanarienwelle", chosen=Chosen.ALL, anonymity=Anonymity.CONFIDENTIAL)
            wave = fielding.create_wave(session, assessment, instrument, plan)
            fielding.open_wave(session, wave, today=clock.today())
            link = links.create_open_link(
                session, wave, Side.INSIDE, secret_key=self.app.config["SECRET_KEY"]
            )
            return {
                "organisation_id": organisation.id,
                "wave_id": wave.id,
                "link_id": link.id,
                "assessment_id": assessment.id,
            }

    def _populate(self) -> None:
        with transaction(self.engine) as session:
            health.beat(session, health.WORKER, now=clock.now())
            places = {
                key: session.get_one(Organisation, own["organisation_id"])
                for key, own in self.objects.items()
            }
            cast.populate(session, places["a"], places["b"])
            cast.member(session, "deactivated", administrator=True)
            for key, organisation in places.items():
                member = members_find(session, f"leader {key}")
                rights = Rights(role=Role.LEADER)
                invitation, _ = member_invitations.invite(
                    session,
                    email=f"invited.{key}@example.org",
                    rights=rights,
                    organisation=organisation,
                    now=clock.now(),
                )
                invitee = Invitee(
                    wave_id=self.objects[key]["wave_id"],
                    audience=Audience.CUSTOMER,
                    name="Kanarienmensch" if key == "b" else "Somebody",
                    language="en",
                )
                session.add(invitee)
                session.flush()
                self.objects[key] |= {
                    "member_id": member.id,
                    "invitation_id": invitation.id,
                    "invitee_id": invitee.id,
                }

    def _arrive(self, actor: str) -> None:
        """Let an actor in, and keep the cookies and a form token."""
        person = Person(self.app, actor)
        if actor == "respondent":
            respondent = Respondent(self.app)
            respondent.open(self._open_token())
            person.client = respondent.client
        elif actor != "anonymous":
            assert person.sign_in().status_code == 303
        self.tokens[actor] = person.token()
        self.cookies[actor] = list(person.client._cookies.values())

    def _open_token(self) -> str:
        with self.app.extensions["sessions"]() as session:
            wave = session.get_one(Wave, showcase.THIS)
            link = next(one for one in links.open_links(session, wave) if one.audience is Audience.CUSTOMER)
            return links.open_link_token(link, secret_key=self.app.config["SECRET_KEY"])


def members_find(session: Any, name: str) -> Any:
    from cultureassess.services import members

    return members.find_member(session, cast.address(name))


def ordered(rule: Rule) -> list[str]:
    """The names of a rule's values, from left to right."""
    return re.findall(r"<(?:[^:<>]+:)?(\w+)>", rule.rule)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    # The clock stands: no session becomes so old that reading a page notes the visit.
    with time_machine.travel(clock.now(), tick=False):
        yield Installation(tmp_path_factory.mktemp("matrix") / "instance")


def ask(installation: Installation, route: Route, actor: str, address: str, *, token: bool = True) -> Any:
    fields = {"csrf_token": installation.tokens[actor]} if token else {}
    data = fields if route.method == "POST" else None
    client = installation.client(actor)
    return client.open(address, method=route.method, data=data, buffered=True)


def outcome(answer: Any) -> str:
    """What an answer means to whoever asked."""
    if answer.status_code in (302, 303) and (answer.location or "").partition("?")[0] == "/account/sign-in":
        return "sign-in"
    if answer.status_code in (403, 404):
        return str(answer.status_code)
    return "ok" if answer.status_code < 500 else f"broken ({answer.status_code})"


def test_every_route_has_its_line_and_every_line_its_route(installation):
    there = {
        f"{rule.endpoint} {method}"
        for rule in installation.app.url_map.iter_rules()
        for method in (rule.methods or ())
        if method in METHODS
    }
    listed = {route.name for route in ROUTES}
    assert sorted(there - listed) == [], "add lines to tests/access_matrix.toml (docs/access.md)"
    assert sorted(listed - there) == [], "these routes are gone: delete their lines"


def test_every_line_is_of_a_kind_that_is_described():
    assert {route.kind for route in ROUTES} <= set(MATRIX["kinds"])
    assert all(kind["who"] for kind in MATRIX["kinds"].values())


CASES = [
    pytest.param(route, actor, id=f"{route.name} {actor}")
    for route in ROUTES
    for actor in ACTORS
    if not (route.slow and route.expected(actor) == "ok" and actor != "consultant a")
]


@pytest.mark.parametrize(("route", "actor"), CASES)
def test_the_route_answers_as_the_matrix_says(installation, route, actor):
    before = installation.version()
    answer = ask(installation, route, actor, installation.address(route))
    found, changed = outcome(answer), installation.version() != before
    if changed:
        installation.restore()
    expected = route.expected(actor)
    assert found in (("ok", "404") if expected == "open" else (expected,))
    if (found != "ok" or route.method == "GET") and not route.writes:
        assert not changed, "it wrote into the database"
    if found == "ok" and actor in ("leader a", "consultant a"):
        assert [name for name in CANARIES if name in text_of(answer)] == []


def text_of(answer: Any) -> str:
    """All that somebody can read in an answer, whether page or file."""
    if answer.mimetype != "application/pdf":
        return str(answer.get_data().decode(errors="replace"))
    words = ["pdftotext", "-", "-"]
    return subprocess.run(words, input=answer.get_data(), capture_output=True, check=True).stdout.decode()


OBJECTS = (
    "organisation_id",
    "wave_id",
    "assessment_id",
    "link_id",
    "member_id",
    "invitation_id",
    "invitee_id",
)


WITH_OBJECTS = [route for route in ROUTES if route.kind in ("runs", "reads", "administers")]


@pytest.mark.parametrize("actor", MEMBERS)
@pytest.mark.parametrize("route", WITH_OBJECTS, ids=lambda route: route.name)
def test_what_does_not_exist_is_not_found_with_the_page_of_what_is_foreign(installation, route, actor):
    rule = next(iter(installation.app.url_map.iter_rules(route.endpoint)))
    if not any(name in OBJECTS for name in ordered(rule)):
        return
    before = installation.version()
    answer = ask(installation, route, actor, installation.address(route, missing=True))
    assert answer.status_code == 404
    assert stripped(answer) == foreign_page(installation, route)
    assert installation.version() == before


@cache
def foreign_page(installation: Installation, route: Route) -> str:
    """What somebody without any right gets."""
    return stripped(ask(installation, route, "outsider", installation.address(route)))


def stripped(answer: Any) -> str:
    """A page without what belongs to whoever looks at it: the navigation, and form tokens."""
    text = re.sub(
        r'<header class="site-header">.*?</header>', "", answer.get_data(as_text=True), flags=re.DOTALL
    )
    return re.sub(r'name="csrf_token" value="[^"]+"', "", text)


@pytest.mark.parametrize("actor", ["consultant a", "consultant b", "leader a", "administrator"])
@pytest.mark.parametrize("route", WITH_OBJECTS, ids=lambda route: route.name)
def test_a_part_of_one_client_is_not_found_under_another(installation, route, actor):
    rule = next(iter(installation.app.url_map.iter_rules(route.endpoint)))
    names = [name for name in ordered(rule) if name in OBJECTS]
    if len(names) < 2 or route.kind == "administers":
        return
    before = installation.version()
    answer = ask(installation, route, actor, installation.address(route, child="b"))
    assert answer.status_code == 404
    assert installation.version() == before


@pytest.mark.parametrize("actor", ["anonymous", "consultant a", "administrator"])
@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.method == "POST"], ids=lambda route: route.name
)
def test_a_form_without_its_token_is_refused(installation, route, actor):
    if route.csrf:
        return
    before = installation.version()
    answer = ask(installation, route, actor, installation.address(route), token=False)
    assert answer.status_code in (400, 404)
    assert installation.version() == before


def test_a_form_token_of_somebody_else_is_refused(installation):
    client = installation.client("consultant a")
    address = f"/workspace/waves/{showcase.THIS}/close"
    before = installation.version()
    for other in ("consultant b", "administrator", "anonymous"):
        assert client.post(address, data={"csrf_token": installation.tokens[other]}).status_code == 400
    assert installation.version() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_not_taken(installation, method):
    client = installation.client("administrator")
    for address in ("/workspace", f"/workspace/waves/{showcase.THIS}", "/members", "/account"):
        assert client.open(address, method=method).status_code in (400, 405)


def test_there_are_more_than_a_thousand_cases():
    posts = sum(route.method == "POST" for route in ROUTES)
    assert len(CASES) + len(WITH_OBJECTS) * (len(MEMBERS) + 4) + posts * 3 > 1_000
