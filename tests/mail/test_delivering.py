"""What a mail server does wrong, and what becomes of the mail (RELIABILITY F14)."""

import datetime as dt
import socket
import time
from contextlib import closing

import pytest
import time_machine

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.models import MailState
from cultureassess.services import outbox
from cultureassess.services.mail.delivering import Postman
from cultureassess.services.mail.server import MailServer

from .outgoing import SECRET_LINK, end_leases, make_due, nobody, only, put, states
from .smtp import free_port, settings_for

PERSON = "person-0@nordlicht.example"


def test_a_final_refusal_of_the_address_is_a_bounce(engine, mailing, postman, post):
    post.to_rcpt = lambda _: "550 no such user"
    put(engine, mailing)
    assert postman.deliver() == {"bounced": 1}
    mail = only(engine)
    assert (mail.reason, mail.sealed, mail.address) == ("refused", None, PERSON)


def test_a_final_refusal_of_the_text_is_a_bounce(engine, mailing, postman, post):
    post.to_data = lambda _: "554 rejected"
    put(engine, mailing)
    assert postman.deliver() == {"bounced": 1}


@pytest.mark.parametrize("where", ["to_rcpt", "to_data"])
def test_a_temporary_refusal_is_tried_again(engine, mailing, postman, post, where):
    setattr(post, where, lambda _: "451 try later")
    put(engine, mailing)
    assert postman.deliver() == {"put off": 1}
    assert states(engine) == [MailState.RETRY]
    setattr(post, where, lambda _: "250 OK")
    make_due(engine)
    assert postman.deliver() == {"sent": 1}


def test_temporary_refusals_are_spaced_out_and_end_after_a_day(engine, mailing, postman, post):
    post.to_rcpt = lambda _: "450 greylisted"
    put(engine, mailing, lasts=dt.timedelta(days=5))
    waits = []
    with time_machine.travel(clock.now(), tick=False) as time_passes:
        while True:
            postman.deliver()
            mail = only(engine)
            if mail.state is MailState.BOUNCED:
                break
            waits.append(mail.due - int(clock.now().timestamp()))
            time_passes.shift(dt.timedelta(seconds=waits[-1]))
    assert waits == sorted(waits)
    assert (waits[0], max(waits)) == (60, 6 * 3600)
    assert 24 * 3600 <= sum(waits) <= 24 * 3600 + 6 * 3600


@pytest.mark.parametrize("how", ["hang", "drop"])
def test_after_the_text_a_broken_line_leaves_the_mail_unknown_for_ever(engine, mailing, postman, post, how):
    post.to_data = lambda _: how
    put(engine, mailing)
    assert postman.deliver() == {"unknown": 1}
    post.to_data = lambda _: "250 OK"
    end_leases(engine)
    make_due(engine)
    assert postman.deliver() == {}
    assert states(engine) == [MailState.UNKNOWN]


@pytest.mark.parametrize("how", ["hang", "drop", "421 closing"])
def test_before_the_text_a_broken_line_says_nothing_about_the_mail(engine, mailing, postman, post, how):
    post.to_rcpt = lambda _: how
    put(engine, mailing)
    assert postman.deliver() == {"put off": 1}
    assert states(engine) == [MailState.QUEUED]
    post.to_rcpt = lambda _: "250 OK"
    postman.paused_until = 0
    assert postman.deliver() == {"sent": 1}


def test_a_server_that_refuses_connections_is_left_alone_for_a_while(engine, tmp_path):
    away = settings_for(tmp_path, free_port())
    postman = Postman(engine, away, nobody, MailServer(away))
    put(engine, away, 50)
    assert postman.deliver() == {"put off": 1}
    assert postman.paused_until > time.monotonic()
    assert set(states(engine)) == {MailState.QUEUED}


def test_a_server_that_never_greets_is_cut_off(engine, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = settings_for(tmp_path, silent.getsockname()[1])
        postman = Postman(engine, found, nobody, MailServer(found, patience=0.2))
        put(engine, found)
        assert postman.deliver() == {"put off": 1}


def test_one_bad_address_holds_up_nobody(engine, mailing, postman, post):
    post.to_rcpt = lambda address: (
        "550 no" if "-3@" in address else "450 later" if "-5@" in address else "250 OK"
    )
    put(engine, mailing, 10)
    assert postman.deliver() == {"sent": 8, "bounced": 1, "put off": 1}
    assert sum(post.addresses().values()) == 8


def test_mail_leaves_no_faster_than_the_setting(engine, smtp, tmp_path, post):
    slow = settings_for(tmp_path, smtp[1], SMTP_PER_SECOND="20")
    put(engine, slow, 11)
    began = time.monotonic()
    with closing(MailServer(slow)) as server:
        Postman(engine, slow, nobody, server).deliver()
    assert sum(post.addresses().values()) == 11
    assert time.monotonic() - began >= 10 / 20


def test_a_full_day_lets_only_urgent_mail_out(engine, smtp, tmp_path, post):
    few = settings_for(tmp_path, smtp[1], SMTP_PER_DAY="3")
    put(engine, few, 4)
    with transaction(engine) as session:
        row = {"kind": "bulk", "key": "1", "due": 0, "expires": 2**40, "address": "bulk@nordlicht.example"}
        outbox.enqueue_rows(session, [{**row, "sealed": only_sealed(few)}])
    with closing(MailServer(few)) as server:
        postman = Postman(engine, few, nobody, server)
        assert postman.deliver() == {"sent": 4}
        assert states(engine).count(MailState.QUEUED) == 1
        with time_machine.travel(clock.now() + dt.timedelta(days=1)):
            assert postman.deliver() == {"sent": 1}


def only_sealed(settings):
    from cultureassess.services.mail.sealing import Text, seal

    return seal(Text("S", "B"), secret_key=settings.secret_key)


def test_a_text_sealed_with_another_key_is_dropped(engine, mailing, postman, post):
    put(engine, mailing, secret_key="another installation's key")
    assert postman.deliver() == {"dropped": 1}
    assert (only(engine).reason, post.taken) == ("unreadable", [])


def test_what_a_mail_says_of_itself(engine, mailing, postman, post):
    put(engine, mailing, subject="Grüße", body="Line\n.dot\n..two\nFrom here\n" + SECRET_LINK + "\n")
    postman.deliver()
    message = post.to(PERSON)
    assert message["From"] == "Nordlicht survey <survey@nordlicht.example>"
    assert (message["Subject"], message["Auto-Submitted"]) == ("Grüße", "auto-generated")
    assert message.get_content_type() == "text/plain"
    assert message.get_content().splitlines() == ["Line", ".dot", "..two", "From here", SECRET_LINK]


def test_nothing_is_logged(engine, mailing, postman, post, caplog):
    caplog.set_level("DEBUG")
    post.to_rcpt = lambda address: "550 no" if "-1@" in address else "250 OK"
    put(engine, mailing, 3)
    postman.deliver()
    logged = [record for record in caplog.records if not record.name.startswith(("mail.log", "asyncio"))]
    assert [record.getMessage() for record in logged if "person-" in record.getMessage()] == []
