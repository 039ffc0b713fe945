"""Mails to staff and to owners of actions that a restore held: shown to whoever may decide, and decided."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.models import AuditEntry, Mail, MemberInvitation
from cultureassess.services import member_invitations, member_mail, outbox
from cultureassess.services.member_invitations import Rights
from cultureassess.services.member_mail import Post
from cultureassess.services.operations.restore import hold_mail
from tests import cast

from .conftest import mails

CLIENT = "/workspace/organisations/1/mails"
INSTALLATION = "/members/mails"
LINK = "https://culture.example.org/a-link-that-nobody-may-see"


def post_of(app) -> Post:
    return Post("http://localhost:8000", app.config["SECRET_KEY"])


@pytest.fixture
def held(mailing):
    """A reset link, and two mails of the first client and one of the second, as a restore leaves them."""
    engine, post, now = mailing.extensions["engine"], post_of(mailing), clock.now()
    with transaction(engine) as session:
        member_mail.send_reset_link(session, post, "leader.a@example.org", LINK, now=now)
    for number, place, owner in ((1, 1, "ada"), (2, 1, "bob"), (3, 2, "eve")):
        put(mailing, number=number, place=place, owner=owner)
    assert hold_mail(engine) == 4
    return mailing


def put(app, *, number: int, place: int, owner: str) -> None:
    """Put a mail to an owner of a client's action into the outbox."""
    with transaction(app.extensions["engine"]) as session:
        outbox.enqueue(
            session,
            to=f"{owner}@firm.example",
            subject=f"Your action: review due on day {number}",
            body="Bring the figure.",
            kind="action",
            key=str(number),
            secret_key=app.config["SECRET_KEY"],
            now=clock.now(),
            organisation_id=place,
            lasts=dt.timedelta(days=7),
        )


def shown(page: str) -> str:
    """What the button for all mails of a page sends: their numbers."""
    return re.search(r'name="mail" value="([0-9 ]+)"', page).group(1)


def told(app) -> list[str]:
    """What the audit log of the first client says about decisions."""
    wanted = sa.select(AuditEntry.detail).filter_by(action="decided about mails", organisation_id=1)
    with app.extensions["sessions"]() as session:
        return list(session.scalars(wanted.order_by(AuditEntry.id)))


def states(app) -> list[str]:
    with app.extensions["sessions"]() as session:
        return [state.value for state in session.scalars(sa.select(Mail.state).order_by(Mail.id))]


def test_the_administrator_sees_the_installations_mails_and_where_others_wait(held):
    administrator = cast.signed_in(held, "Administrator")
    assert "4 mails may or may not have been sent" in administrator.get("/members").text
    page = administrator.get(INSTALLATION).text
    assert "leader.a@example.org" in page
    assert "Choose a new password" in page
    assert LINK not in page
    assert "firm.example" not in page
    assert f'href="{CLIENT}"' in page


def test_a_consultant_sees_the_mails_of_the_own_client_alone(held):
    consultant = cast.signed_in(held, "consultant a")
    assert "2 mails to leaders or to owners" in consultant.get("/workspace/organisations/1").text
    page = consultant.get(CLIENT).text
    assert [name in page for name in ("ada@", "bob@", "eve@", "leader.a@")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("decision", "state"), [("again", "queued"), ("be", "sent"), ("", "unknown"), ("else", "unknown")]
)
def test_one_press_decides_about_all_mails_of_a_client(held, decision, state):
    consultant = cast.signed_in(held, "consultant a")
    consultant.post(CLIENT, decision=decision, mail=shown(consultant.get(CLIENT).text))
    assert states(held) == ["unknown", state, state, "unknown"]


def test_nothing_is_decided_about_a_mail_that_the_page_did_not_show(held):
    consultant = cast.signed_in(held, "consultant a")
    before = shown(consultant.get(CLIENT).text)
    put(held, number=4, place=1, owner="new")
    hold_mail(held.extensions["engine"])
    consultant.post(CLIENT, decision="be", mail=before)
    assert states(held) == ["unknown", "sent", "sent", "unknown", "unknown"]
    assert "There is no mail" not in consultant.get(CLIENT).text


def test_pressed_twice_the_second_time_is_told_so_and_not_in_the_audit_log(held):
    consultant = cast.signed_in(held, "consultant a")
    for _ in range(2):
        consultant.post(CLIENT, decision="again", mail="2 3")
    assert "This has been decided already." in consultant.get(CLIENT).text
    assert told(held) == ["Sent once more: 2 mails."]


def test_a_mail_that_cannot_be_read_is_left_out_and_the_page_says_so(held):
    with transaction(held.extensions["engine"]) as session:
        session.execute(sa.update(Mail).where(Mail.id == 2).values(sealed=b"x" * 60))
    consultant = cast.signed_in(held, "consultant a")
    assert "cannot be read any more" in consultant.get(CLIENT).text
    consultant.post(CLIENT, decision="again", mail="2 3")
    assert "Sent once more: 1 mail. Too old, or cannot be read: 1." in consultant.get(CLIENT).text
    consultant.post(CLIENT, decision="again", mail="2")
    assert "it is too old, or it cannot be read" in consultant.get(CLIENT).text
    assert states(held) == ["unknown", "unknown", "queued", "unknown"]
    assert len(told(held)) == 1


def test_without_a_mail_server_nothing_is_said_to_be_sent(staff):
    put(staff, number=1, place=1, owner="ada")
    hold_mail(staff.extensions["engine"])
    consultant = cast.signed_in(staff, "consultant a")
    consultant.post(CLIENT, decision="again", mail="1")
    assert "so nothing can be mailed" in consultant.get(CLIENT).text
    assert (states(staff), told(staff)) == (["unknown"], [])


def test_one_mail_is_decided_about_alone_and_the_audit_log_knows(held):
    consultant = cast.signed_in(held, "consultant a")
    consultant.post(CLIENT, decision="be", mail="3")
    assert states(held) == ["unknown", "unknown", "sent", "unknown"]
    assert told(held) == ["Let be: 1 mail."]


@pytest.mark.parametrize("mail", ["1", "4", "99", "x", "", "2147483648", "9" * 5000, "2  3", "2 x", "٢"])
def test_a_mail_of_somebody_else_is_not_decided_about(held, mail):
    consultant = cast.signed_in(held, "consultant a")
    assert consultant.post(CLIENT, decision="again", mail=mail).status_code == 303
    assert set(states(held)) == {"unknown"}


def test_a_mail_whose_link_is_too_old_is_not_sent(held):
    administrator = cast.signed_in(held, "Administrator")
    with time_machine.travel(clock.now() + dt.timedelta(hours=1, minutes=1)):
        page = administrator.get(INSTALLATION).text
        assert "Too old to be sent" in page
        assert "Send" not in page.partition('<ul class="rows">')[2].partition("</ul>")[0]
        administrator.post(INSTALLATION, decision="again", mail="1")
        assert states(held)[0] == "unknown"
        administrator.post(INSTALLATION, decision="be", mail="1")
        assert states(held)[0] == "sent"


@pytest.mark.parametrize("end", ["withdraw", "accept", "invite anew"])
@pytest.mark.parametrize(("waits", "left"), [(True, []), (False, ["dropped"])])
def test_an_invitation_that_has_ended_takes_its_mail_along(mailing, end, waits, left):
    engine, now = mailing.extensions["engine"], clock.now()
    who = {"email": "new@example.org", "rights": Rights(consultant=True), "now": now}
    with transaction(engine) as session:
        invitation, _ = member_invitations.invite(session, **who)
        member_mail.send_invitation(session, post_of(mailing), invitation, LINK, by="Kim", now=now)
        number = invitation.id
    if not waits:
        hold_mail(engine)
    if end == "withdraw":
        cast.signed_in(mailing, "Administrator").post(f"/members/invitations/{number}/withdraw")
    with transaction(engine) as session:
        invitation = session.get_one(MemberInvitation, number)
        if end == "accept":
            member_invitations.accept(session, invitation, name="New", password="x", now=now)
        if end == "invite anew":
            member_invitations.invite(session, **who)
    assert states(mailing) == left
    assert mails(mailing) == []


def test_a_mail_waits_no_longer_than_its_link_works(mailing):
    """A reset link and a new address: an hour; an invitation: three days, and its mail one."""
    now, post = clock.now(), post_of(mailing)
    with transaction(mailing.extensions["engine"]) as session:
        invitation, _ = member_invitations.invite(
            session, email="new@example.org", rights=Rights(consultant=True), now=now
        )
        member_mail.send_invitation(session, post, invitation, LINK, by="Kim", now=now)
        member_mail.send_reset_link(session, post, "a@example.org", LINK, now=now)
        member_mail.send_address_link(session, post, "b@example.org", LINK, now=now)
        ends = session.scalars(sa.select(Mail.expires).order_by(Mail.id)).all()
    hour = int((now + mailing.config["SECURITY_RESET_PASSWORD_WITHIN"]).timestamp())
    assert ends[0] <= invitation.expires
    assert ends[1:] == [hour, hour]
    assert len(mails(mailing)) == 3
