"""The outbox: one mail per kind and key, each state, and what its row still holds afterwards."""

import datetime as dt
import re
import threading

import pytest

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.models import MailState
from cultureassess.services import outbox
from cultureassess.services.mail.addresses import AddressRefused
from cultureassess.services.mail.message import HeaderRefused
from cultureassess.services.retention import purge

from .outgoing import SECRET_LINK, end_leases, mails, make_due, only, put, states

DAY = dt.timedelta(days=1)


def claim(engine, worker="a", **more):
    with transaction(engine) as session:
        return outbox.claim(session, **{"worker": worker, "now": clock.now(), **more})


def test_the_same_mail_asked_for_twice_is_one(engine, mailing):
    assert put(engine, mailing) == 1
    assert put(engine, mailing) == 0
    assert put(engine, mailing, key="another") == 1
    assert states(engine) == [MailState.QUEUED, MailState.QUEUED]


def test_what_is_not_committed_is_not_mailed(engine, mailing, postman, post):
    with transaction(engine) as session:
        outbox.enqueue(
            session,
            to="a@b.example",
            subject="S",
            body="B",
            kind="k",
            key="1",
            secret_key="k",
            now=clock.now(),
        )
        session.rollback()
    postman.deliver()
    assert post.taken == []


def test_text_and_link_are_never_readable_in_the_database(engine, mailing):
    put(engine, mailing)
    assert SECRET_LINK.encode() not in only(engine).sealed
    assert b"password" not in only(engine).sealed


def test_a_sent_mail_keeps_no_text_and_no_address(engine, mailing, postman, post):
    put(engine, mailing)
    assert postman.deliver() == {"sent": 1}
    mail = only(engine)
    assert (mail.state, mail.sealed, mail.address) == (MailState.SENT, None, None)
    assert SECRET_LINK in post.to("person-0@nordlicht.example").get_content()


def test_two_workers_never_claim_the_same_mail(engine, mailing):
    put(engine, mailing, 40)
    found, start = [], threading.Barrier(4)

    def work(name):
        start.wait()
        while (mail := claim(engine, name)) is not None:
            found.append(mail.id)

    threads = [threading.Thread(target=work, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [mail.id for mail in mails(engine)]


def test_a_worker_that_died_before_talking_leaves_the_mail_to_the_next(engine, mailing, postman, post):
    put(engine, mailing)
    claim(engine)
    assert postman.deliver() == {}
    end_leases(engine)
    make_due(engine)
    assert postman.deliver() == {"sent": 1}
    assert len(post.taken) == 1


def test_a_worker_that_died_while_talking_leaves_the_mail_to_a_person(engine, mailing, postman, post):
    put(engine, mailing)
    mail = claim(engine)
    with transaction(engine) as session:
        assert outbox.begin_talking(session, mail, now=clock.now())
    end_leases(engine)
    postman.deliver()
    assert states(engine) == [MailState.UNKNOWN]
    assert post.taken == []


def test_a_worker_whose_lease_has_run_out_may_not_begin(engine, mailing):
    put(engine, mailing)
    mail = claim(engine)
    end_leases(engine)
    with transaction(engine) as session:
        assert not outbox.begin_talking(session, mail, now=clock.now())


def unknown(engine, mailing):
    put(engine, mailing)
    mail = claim(engine)
    with transaction(engine) as session:
        outbox.begin_talking(session, mail, now=clock.now())
    end_leases(engine)
    return mail.id


def test_a_person_may_have_an_unknown_mail_sent_again_with_the_same_number(engine, mailing, postman, post):
    mail_id = unknown(engine, mailing)
    with transaction(engine) as session:
        outbox.send_again(session, mail_id, now=clock.now())
    assert postman.deliver() == {"sent": 1}
    assert post.taken[0][1]["Message-ID"].startswith(f"<mail-{mail_id}.")


def test_a_person_may_count_an_unknown_mail_as_sent(engine, mailing, postman, post):
    mail_id = unknown(engine, mailing)
    with transaction(engine) as session:
        outbox.count_as_sent(session, mail_id, today=clock.today())
    postman.deliver()
    assert (states(engine), post.taken) == ([MailState.SENT], [])


def test_a_mail_that_has_waited_too_long_is_not_sent_again(engine, mailing):
    mail_id = unknown(engine, mailing)
    with transaction(engine) as session, pytest.raises(outbox.MailTooOld):
        outbox.send_again(session, mail_id, now=clock.now() + DAY)
    assert states(engine) == [MailState.UNKNOWN]


def test_a_worker_takes_no_mail_that_has_waited_too_long(engine, mailing):
    put(engine, mailing, now=clock.now() - 2 * DAY)
    assert claim(engine) is None


DECISIONS = {
    "again": lambda session, mail_id: outbox.send_again(session, mail_id, now=clock.now()),
    "sent": lambda session, mail_id: outbox.count_as_sent(session, mail_id, today=clock.today()),
}


@pytest.mark.parametrize("second", DECISIONS)
def test_only_the_first_decision_counts(engine, mailing, second):
    mail_id = unknown(engine, mailing)
    with transaction(engine) as session:
        outbox.send_again(session, mail_id, now=clock.now())
    with transaction(engine) as session, pytest.raises(outbox.MailSettled):
        DECISIONS[second](session, mail_id)


def test_a_late_answer_settles_a_mail_that_somebody_has_sent_again_meanwhile(engine, mailing, postman, post):
    put(engine, mailing)
    mail = claim(engine)
    with transaction(engine) as session:
        outbox.begin_talking(session, mail, now=clock.now())
    end_leases(engine)
    with transaction(engine) as session:
        outbox.send_again(session, mail.id, now=clock.now())
    with transaction(engine) as session:
        outbox.settle_sent(session, mail, today=clock.today())
    postman.deliver()
    assert (states(engine), post.taken) == ([MailState.SENT], [])


def test_a_mail_that_waited_too_long_is_dropped_with_its_text(engine, mailing, postman, post):
    put(engine, mailing, now=clock.now() - 2 * DAY)
    postman.deliver()
    mail = only(engine)
    assert (mail.state, mail.reason, mail.sealed) == (MailState.DROPPED, "expired", None)
    assert post.taken == []


def test_settled_mails_go_after_thirty_days(engine, mailing, postman):
    put(engine, mailing)
    postman.deliver()
    for days, left in ((29, 1), (30, 0)):
        with transaction(engine) as session:
            purge(session, now=clock.now() + days * DAY)
        assert len(mails(engine)) == left


def test_what_somebody_waits_for_goes_before_a_mailing(engine, mailing, postman, post):
    put(engine, mailing, 3)
    with transaction(engine) as session:
        row = {"kind": "bulk", "key": "1", "due": 0, "expires": 2**40, "address": "bulk@nordlicht.example"}
        outbox.enqueue_rows(session, [row])
        assert outbox.claim(session, worker="a", now=clock.now()).kind == "member"
        assert outbox.claim(session, worker="a", now=clock.now(), urgent_only=True).kind == "member"


NO_ADDRESS = """
a | a@b | @b.example | a@ | a b@c.example | a@b.example, c@d.example | <a@b.example> | a@b..example
a..b@c.example | ä@b.example | a@-b.example | a@b.123 | "a b"@c.example | a@[127.0.0.1]
a@b.example;c@d.example
"""
BROKEN = ["", "a" * 65 + "@b.example", "a@" + "b" * 64 + ".example", "a@b.example\r\nBcc: x@y.example"]
BROKEN += ["a\n@b.example", "a@b.exa\rmple", "a@b.example\x00", "a@b.example\u2028"]


@pytest.mark.parametrize("address", [*re.split(r" \| |\n", NO_ADDRESS.strip()), *BROKEN])
def test_what_is_not_one_address_is_refused(engine, mailing, address):
    with pytest.raises(AddressRefused):
        put(engine, mailing, to=address)


BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\x1c"]
INJECTED = [f"Hello{mark}{rest}" for mark in BREAKS for rest in ("Bcc: x@y.example", "", "\r\n\r\nbody")]


@pytest.mark.parametrize("subject", INJECTED)
def test_a_subject_that_could_begin_another_header_is_refused(engine, mailing, subject):
    with pytest.raises(HeaderRefused):
        put(engine, mailing, subject=subject)
    assert mails(engine) == []


def test_there_are_thirty_such_subjects():
    assert len(set(INJECTED)) == 30


def test_a_domain_in_another_script_goes_out_in_ascii(engine, mailing, postman, post):
    put(engine, mailing, to="anna@bücher.example")
    postman.deliver()
    assert post.addresses() == {"anna@xn--bcher-kva.example": 1}
