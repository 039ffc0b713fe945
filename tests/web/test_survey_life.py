"""Respondents' lives in any order, beside a model of what must be stored (RELIABILITY T.3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as counts
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from cultureassess import clock
from cultureassess.app import create_app
from cultureassess.db import transaction
from cultureassess.models import Wave
from cultureassess.services import erasure, field_period, fielding, setting_up
from cultureassess.services.closing import close_wave
from cultureassess.services.intake import mix_intake
from cultureassess.web.survey import limits
from tests import scene
from tests.web.life import OPEN, PERSONAL, ROLES, WHO, WRONG, Browser, Model, Person, drawn
from tests.web.respondent import Respondent

DEEDS = ("stop", "go on", "go on", "more time", "more time", "mix", "close", "erase a link", "erase the wave")

SMALL, LARGE = (10, 15), (200, 50)
"""Lives, and steps in each."""


class Life(Model):
    """What may happen while a wave runs. Every rule says what must come of it."""

    @initialize(whos=st.lists(st.sampled_from(WHO), min_size=2, max_size=4))
    def begin_a_life(self, whos: list[str]) -> None:
        self.open_a_wave()
        for place, who in enumerate(whos):
            self.come_by_a_link(who, fresh=True, at=0)
            self.begin(place, ROLES[place % 2])

    # What people do.

    @rule(who=st.sampled_from(WHO), fresh=st.booleans(), at=st.integers(0, 9))
    def come_by_a_link(self, who: str, fresh: bool, at: int) -> None:
        if fresh:
            self.browsers.append(Browser(Respondent(self.app)))
        browser = self.browsers[-1 if fresh else at % len(self.browsers)]
        person = self.whoever_comes(browser, who)
        answer = browser.respondent.open(self.tokens[who])
        if not self.known(person):
            assert answer.status_code == 404
        elif person.sent and who in PERSONAL and not self.closed:
            assert (answer.status_code, browser.respondent.place) == (200, "/survey/thanks")
        elif not self.may_enter(person):
            assert answer.status_code == 410
        else:
            assert (answer.status_code, browser.respondent.place) == (200, "/survey")
            self.let_in(browser, person)

    def whoever_comes(self, browser: Browser, who: str) -> Person:
        """Whose answers a link leads to: a personal one's always the same, an open one's this browser's."""
        if who in PERSONAL:
            return next((one for one in self.people if one.who == who), Person(who, self.tokens[who]))
        own = browser.person
        return own if own is not None and own.who == who and not own.sent else Person(who)

    def let_in(self, browser: Browser, person: Person) -> None:
        browser.person, browser.last = person, None
        browser.csrf = browser.respondent.csrf
        if person not in self.people:
            self.people.append(person)
        if person.who in OPEN:
            cookie = browser.respondent.client.get_cookie("respondent")
            assert cookie is not None
            person.secret = cookie.value.partition(".")[2]

    def some(self, at: int) -> tuple[Browser, Person]:
        """One of the browsers in which somebody came in."""
        there = [(one, one.person) for one in self.browsers if one.person is not None]
        return there[at % len(there)]

    @rule(at=st.integers(0, 9), role=st.sampled_from(("", *ROLES, "queen")))
    def begin(self, at: int, role: str) -> None:
        browser, person = self.some(at)
        answer = browser.respondent.client.post("/survey", data={"csrf_token": browser.csrf, "role": role})
        if not self.known(person):
            assert answer.status_code == 404
        elif self.thanked(person):
            assert (answer.status_code, answer.location) == (303, "/survey/thanks")
        elif not self.may_enter(person):
            assert answer.status_code == 410
        elif person.who == "inside" and role not in ROLES and (role or person.role is None):
            assert answer.status_code == 422
        else:
            assert answer.status_code == 303
            person.begun = True
            if person.who == "inside" and role:
                person.role = role

    @rule(
        data=st.data(),
        at=st.integers(0, 9),
        part=st.integers(0, 7),
        go=st.sampled_from(("stay", "next", "back", "next", "lang-de")),
        wrong=st.sampled_from((False, False, False, True)),
    )
    def answer_a_part(self, data: st.DataObject, at: int, part: int, go: str, wrong: bool) -> None:
        browser, person = self.some(at)
        plan = self.plan(person)
        self.send(browser, person, part % len(plan), go, drawn(data, plan[part % len(plan)], wrong=wrong))

    @rule(data=st.data(), at=st.integers(0, 9))
    def answer_everything(self, data: st.DataObject, at: int) -> None:
        browser, person = self.some(at)
        for part, page in enumerate(self.plan(person)):
            self.send(browser, person, part, "next", drawn(data, page, wrong=False))

    @rule(at=st.integers(0, 9))
    def send_all(self, at: int) -> None:
        browser, person = self.some(at)
        last = len(self.plan(person)) - 1
        kept = {name: person.given[name] for name, _ in self.plan(person)[last] if name in person.given}
        self.send(browser, person, last, "next", kept)

    @rule(at=st.integers(0, 9))
    def send_the_same_again(self, at: int) -> None:
        browser, person = self.some(at)
        if browser.last is not None:
            self.send(browser, person, *browser.last)

    def send(self, browser: Browser, person: Person, part: int, go: str, form: dict[str, str]) -> None:
        browser.last = (part, go, form)
        answer = browser.respondent.client.post(
            f"/survey/{part + 1}", data={"csrf_token": browser.csrf, "go": go, **form}
        )
        fields = self.plan(person)[part]
        if not self.known(person):
            assert answer.status_code == 404
        elif self.thanked(person):
            assert (answer.status_code, answer.location) == (303, "/survey/thanks")
        elif not self.taking:
            assert answer.status_code == 410
        elif not person.begun:
            assert (answer.status_code, answer.location) == (303, "/survey")
        elif any(form.get(name) == WRONG[kind] for name, kind in fields):
            assert answer.status_code == 422
        else:
            for name, _ in fields:
                person.given.pop(name, None)
            person.given.update({name: value for name, value in form.items() if value})
            if go == "next" and part + 1 == len(self.plan(person)):
                assert (answer.status_code, answer.location) == (303, "/survey/thanks")
                self.keep(person)
            else:
                assert answer.status_code == (204 if go == "stay" else 303)

    def keep(self, person: Person) -> None:
        person.sent, person.begun = True, False
        self.stored[self.expected(person)] += 1
        for name, text in person.given.items():
            if name.startswith("OPEN_"):
                self.said[(person.audience.value, name, text)] += 1

    @rule(at=st.integers(0, 9), part=st.none() | st.integers(0, 7))
    def look_at_a_part(self, at: int, part: int | None) -> None:
        """The part that was sent last, or any other, shows what was given."""
        browser, person = self.some(at)
        plan = self.plan(person)
        if part is None:
            part = browser.last[0] if browser.last is not None else 0
        answer = browser.respondent.client.get(f"/survey/{part % len(plan) + 1}")
        if not self.known(person):
            assert answer.status_code == 404
        elif self.thanked(person):
            assert (answer.status_code, answer.location) == (303, "/survey/thanks")
        elif not self.taking:
            assert answer.status_code == 410
        elif not person.begun:
            assert (answer.status_code, answer.location) == (303, "/survey")
        else:
            browser.respondent.shown = answer
            names = {name for name, kind in plan[part % len(plan)] if kind != "comments" and name != "OV2"}
            kept = {name: value for name, value in person.given.items() if name in names}
            assert browser.respondent.chosen() == kept
            browser.csrf = browser.respondent.csrf

    @rule(at=st.integers(0, 9))
    def go_on_elsewhere(self, at: int) -> None:
        person = self.some(at)[1]
        if person.who in PERSONAL:
            return
        other = Browser(Respondent(self.app))
        answer = other.respondent.go(f"/r/{person.secret}")
        if self.gone:
            assert answer.status_code == 404
        elif person.sent and not self.closed:
            assert other.respondent.place == "/survey/thanks"
        elif not person.begun:
            assert answer.status_code == 404
        elif not self.taking:
            assert answer.status_code == 410
        else:
            assert (answer.status_code, other.respondent.place) == (200, "/survey")
            self.browsers.append(other)
            self.let_in(other, person)

    @rule(at=st.integers(0, 9))
    def start_afresh(self, at: int) -> None:
        browser, person = self.some(at)
        answer = browser.respondent.client.post("/survey/afresh", data={"csrf_token": browser.csrf})
        if not self.known(person) or person.who in PERSONAL:
            assert answer.status_code == 404
            return
        assert answer.status_code == 303
        person.begun = False
        if not person.sent:
            person.role, person.given = None, {}
        cookie = browser.respondent.client.get_cookie("respondent")
        assert cookie is not None
        browser.person = Person(person.who, cookie.value.partition(".")[2])
        browser.last = None
        self.people.append(browser.person)

    # What the consultant does, and time.

    @rule(seconds=st.sampled_from((-1, 0, 1, 3599, 3600, 3601)))
    def the_last_day_ends(self, seconds: int) -> None:
        """Come to about the end of the last day, or of the hour after it."""
        end = dt.datetime.combine(self.closes_on, dt.time(), dt.UTC) + dt.timedelta(days=1)
        self.time.move_to(max(clock.now(), end + dt.timedelta(seconds=seconds)))

    @precondition(lambda self: not self.gone)
    @rule(deed=st.sampled_from(DEEDS), days=st.integers(0, 3), who=st.sampled_from(sorted(PERSONAL)))
    def the_consultant_acts(self, deed: str, days: int, who: str) -> None:
        if self.closed and deed in ("stop", "go on", "more time", "close"):
            return
        with transaction(self.engine) as session:
            wave = session.get_one(Wave, self.wave_id)
            if deed == "stop":
                field_period.stop_wave(session, wave)
                self.stopped = True
            elif deed == "go on":
                field_period.resume_wave(session, wave)
                self.stopped = False
            elif deed == "more time":
                self.closes_on = clock.today() + dt.timedelta(days=days)
                plan = replace(fielding.plan_of(wave), closes_on=self.closes_on)
                setting_up.change_wave(session, wave, plan, today=clock.today())
            elif deed == "mix":
                mix_intake(session, wave)
            elif deed == "close" and days == 0:
                close_wave(session, wave, today=clock.today(), secret_key=scene.SECRET_KEY)
                self.closed = True
            elif deed == "erase a link" and who not in self.erased:
                erasure.erase_link(session, wave, self.tokens[who])
                self.erased.add(who)
                self.erased_used += any(one.sent for one in self.people if one.who == who)
            elif deed == "erase the wave" and days == 0:
                erasure.erase_wave(session, wave)
                self.forget()

    def forget(self) -> None:
        self.gone = True
        self.stored.clear()
        self.said.clear()
        for person in self.people:
            person.begun = False


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.torture)])
def test_whatever_people_do_each_questionnaire_is_stored_once_and_whole(settings, engine, monkeypatch, size):
    monkeypatch.setattr(limits, "DELAY", 0)
    app = create_app(settings, engine=engine)
    app.config["RESPONDENT_VIEWS"] = (10**9, 10**9)
    setting = type("Setting", (Life,), {"app": app, "engine": engine})
    limited = counts(
        max_examples=size[0],
        stateful_step_count=size[1],
        derandomize=size == SMALL,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(setting, settings=limited)
