"""Deleting for good: the rows, and then the bytes they leave in the database's files (RELIABILITY R10)."""

from __future__ import annotations

from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import (
    AccountNumber,
    ActionCard,
    Base,
    Comment,
    CommentScreening,
    Draft,
    Intake,
    IntakeComment,
    Invitation,
    Invitee,
    Mail,
    Meeting,
    Organisation,
    PendingList,
    Response,
    Submission,
    Wave,
)
from cultureassess.services.actions.owners import ERASED, Owned, forget_name, forget_owner, is_name
from cultureassess.services.closing import NoSnapshot
from cultureassess.services.comment_screening import forget_decisions
from cultureassess.services.comments import read_with_comments
from cultureassess.services.errors import DomainError
from cultureassess.services.links import clean_token, token_hash
from cultureassess.services.mail.addresses import fold
from cultureassess.services.people.accepting import remove_person

PERSONAL: tuple[type[Base], ...] = (
    AccountNumber,
    ActionCard,
    Comment,
    CommentScreening,
    Draft,
    Intake,
    IntakeComment,
    Invitation,
    Invitee,
    Mail,
    Meeting,
    PendingList,
    Response,
    Submission,
)
"""Tables whose deleted rows must not stay readable in a file."""


def erase_organisation(session: Session, organisation: Organisation) -> None:
    """Delete an organisation and everything below it. Followed by :func:`reclaim` after the commit."""
    session.execute(sa.delete(Organisation).where(Organisation.id == organisation.id))
    session.expire_all()


def erase_wave(session: Session, wave: Wave) -> None:
    """Delete a wave: links, answers, comments, drafts, snapshots. Followed by :func:`reclaim`."""
    session.execute(sa.delete(Wave).where(Wave.id == wave.id))
    session.expire_all()


def erase_invitation(session: Session, invitation: Invitation) -> None:
    """Delete a personal link, what was known of its holder and the mails of it. Followed by :func:`reclaim`.

    An answer that was sent through it stays: nobody can tell any more which one it is.
    """
    invited = sa.select(Invitee.id).where(Invitee.invitation_id == invitation.id)
    session.execute(sa.delete(Mail).where(Mail.invitee_id.in_(invited)))
    session.execute(sa.delete(Invitation).where(Invitation.id == invitation.id))
    session.expire_all()


class NothingToErase(DomainError):
    """What should be erased is not there, or nobody can tell any more which it is."""


def erase_person(session: Session, wave: Wave, address: str) -> int:
    """Delete whoever was invited under an e-mail address, their mails, and their link if it is unused.

    An answer that they sent stays: nobody can tell which one it is. If they own actions of the organisation,
    of whichever wave, their name and address go from these too; where no address stands beside the name,
    see :func:`erase_name`. Followed by :func:`reclaim`.

    Returns:
        the people deleted; an owner whom the wave did not invite is one.

    Raises:
        NothingToErase: nobody of the wave and no owner of an action has this address.
    """
    found = session.scalars(sa.select(Invitee).filter_by(wave_id=wave.id, folded=fold(address))).all()
    owned = forget_owner(session, wave.assessment.organisation, address)
    if not found and not owned:
        raise NothingToErase(f"Nobody in the wave {wave.label} has this address.")
    for invitee in found:
        remove_person(session, invitee)
    return len(found) or 1


def erase_name(session: Session, wave: Wave, name: str) -> tuple[int, Owned]:
    """Delete whoever was invited to the wave under a name, as :func:`erase_person`, and take the name off
    the actions and agreements of the organisation, of whichever wave. Capitals and blanks make no difference.

    Two people of one name are both deleted: whoever asks looks at the numbers first.

    Returns:
        the people deleted, and where else the name stood.

    Raises:
        NothingToErase: the name is nowhere, or is what stands where one was erased.
    """
    if is_name(ERASED, name):
        raise NothingToErase(f"“{ERASED}” is no name: it stands where one was erased.")
    invited = session.scalars(sa.select(Invitee).where(Invitee.wave_id == wave.id))
    found = [invitee for invitee in invited if is_name(invitee.name, name)]
    owned = forget_name(session, wave.assessment.organisation, name)
    if not found and not owned.cards and not owned.agreements:
        raise NothingToErase(f"Nobody in the wave {wave.label} and no owner of an action is named “{name}”.")
    for invitee in found:
        remove_person(session, invitee)
    return len(found), owned


def erase_link(session: Session, wave: Wave, link: str) -> int:
    """Delete a personal link, given as its address or token. As :func:`erase_invitation`.

    Raises:
        NothingToErase: the wave has no such personal link.
    """
    token = clean_token(link.strip().rsplit("/", 1)[-1])
    wanted = sa.select(Invitation).filter_by(wave_id=wave.id, token_hash=token_hash(token or ""))
    invitation = session.scalar(wanted)
    if invitation is None:
        raise NothingToErase(f"The wave {wave.label} has no such personal link.")
    erase_invitation(session, invitation)
    return 1


def erase_comments(session: Session, wave: Wave, words: str, *, secret_key: str) -> int:
    """Delete every comment that holds these words, however they are capitalised. Followed by :func:`reclaim`.

    They are gone from every page and file that is made from now on, and with them what was decided about
    them at the screening.

    Raises:
        NothingToErase: no comment of the wave holds them.
    """
    number = 0
    for table in (Comment, IntakeComment):
        rows = session.execute(sa.select(table.id, table.text).where(table.wave_id == wave.id))
        keys = [key for key, text in rows if words.casefold() in text.casefold()]
        session.execute(sa.delete(table).where(table.wave_id == wave.id, table.id.in_(keys)))
        number += len(keys)
    if not number:
        raise NothingToErase(f"No comment of the wave {wave.label} holds “{words}”.")
    session.expire_all()
    with suppress(NoSnapshot):
        forget_decisions(session, wave, read_with_comments(session, wave), secret_key=secret_key)
    return number


def erase_account(session: Session, wave: Wave, name: str) -> int:
    """Delete the answers that were given for a business account, with its links. Followed by :func:`reclaim`.

    Comments stay: nothing tells whose they are.

    Returns:
        the answers deleted.

    Raises:
        NothingToErase: the wave is closed, so that nobody can tell any more which answers these are; or
            it has neither answers nor links of this account.
    """
    number = session.scalar(sa.select(AccountNumber.number).filter_by(wave_id=wave.id, name=name))
    erased = 0
    for table in (Response, Intake):
        gone = sa.delete(table).where(table.wave_id == wave.id, table.account == str(number))
        erased += len(session.scalars(gone.returning(table.id)).all()) if number is not None else 0
    links = sa.delete(Invitation).where(Invitation.wave_id == wave.id, Invitation.account == name)
    found = session.scalars(links.returning(Invitation.id)).all()
    if number is None and not found:
        raise NothingToErase(
            f"The wave {wave.label} knows no account “{name}”. "
            "The names of accounts are forgotten at the close."
        )
    session.execute(
        sa.delete(AccountNumber).where(AccountNumber.wave_id == wave.id, AccountNumber.name == name)
    )
    session.expire_all()
    return erased


def reclaim(engine: sa.Engine) -> None:
    """Rewrite the files, so that they hold no byte of deleted rows and no order of insertion.

    To be called after the commit, outside any transaction; it waits for other writers. SQLite has zeroed
    deleted rows already (``secure_delete``); what is left is in the write-ahead log and in the order of
    pages. PostgreSQL writes the personal tables anew. Its own write-ahead log, its replicas and all
    backups keep what they have until they are recycled: see docs/privacy.md.
    """
    if engine.dialect.name == "sqlite":
        _rewrite_file(engine)
    else:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for model in PERSONAL:
                connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {model.__tablename__}")


def _rewrite_file(engine: sa.Engine) -> None:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(statement)
            cursor.fetchall()
        cursor.close()
    finally:
        connection.close()
