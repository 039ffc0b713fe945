"""``cultureassess erase`` and ``publish``: a dry run first, then for good."""

import sqlite3

import pytest

from cultureassess.db import make_engine, transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import (
    ActionCard,
    Comment,
    Invitation,
    Invitee,
    Meeting,
    Organisation,
    Response,
    Wave,
)
from cultureassess.services.actions.meetings import record_agreement
from cultureassess.services.actions.owners import ERASED

from ..actions import scenery
from ..cli.conftest import Shell
from ..scene import TODAY, rows
from .scenery import close, invited_wave, send

ADDRESS = "ben.vogt@nordlicht.example"
ACCOUNT = "Umlaufberg Stahl AG"


@pytest.fixture
def installation(tmp_path):
    """(shell, engine, wave id, tokens): an open wave; the first of six personal links is a person's."""
    shell = Shell(tmp_path)
    assert shell.run("purge", "--dry-run").exit_code == 0
    engine = make_engine(f"sqlite:///{tmp_path / 'instance/cultureassess.sqlite3'}")
    wave_id, tokens = invited_wave(engine, [{"account": ACCOUNT}] * 6, accounts=True)
    with transaction(engine) as session:
        link = session.query(Invitation).order_by(Invitation.id).first()
        session.add(
            Invitee(
                wave_id=wave_id,
                invitation_id=link.id,
                audience=Audience.STAFF,
                name="Ben Vogt",
                address=ADDRESS,
                folded=ADDRESS,
                language="de",
            )
        )
    yield shell, engine, wave_id, tokens
    engine.dispose()


def holding(shell, text):
    files = (shell.folder / "instance").glob("cultureassess.sqlite3*")
    return [file.name for file in files if text.encode() in file.read_bytes()]


def test_without_yes_nothing_is_erased(installation):
    shell, engine, wave_id, _ = installation
    for option in (("--person", ADDRESS), ("--all",), ("--client",)):
        result = shell.run("erase", wave_id, *option)
        assert result.exit_code == 0, result.output
        assert result.output.startswith("Would erase ")
        assert result.output.endswith("Add --yes to do it; it cannot be undone.\n")
    assert (len(rows(engine, Invitee)), len(rows(engine, Invitation)), len(rows(engine, Wave))) == (1, 6, 1)


def test_a_person_goes_with_address_and_unused_link(installation):
    shell, engine, wave_id, _ = installation
    assert holding(shell, ADDRESS)
    result = shell.run("erase", wave_id, "--person", ADDRESS.upper(), "--yes")
    assert "Erased the person with this address" in result.output
    assert rows(engine, Invitee) == []
    assert len(rows(engine, Invitation)) == 5
    assert holding(shell, ADDRESS) == []


def test_somebody_is_found_by_name_on_the_list_and_on_actions_without_an_address(installation):
    shell, engine, wave_id, _ = installation
    with transaction(engine) as session:
        wave = session.get_one(Wave, wave_id)
        owned = {"owner": "Ben Vogt", "owner_email": ""}
        scenery.card(session, wave, agreed=True, **owned)
        scenery.card(session, wave, title="Answer within a day", **owned)
        scenery.card(session, wave, title="Call back", owner="Ben Vogtmann", owner_email="")
        record_agreement(
            session, wave.assessment.organisation, TODAY, agreement="Call.", owner="ben vogt", outcome=""
        )
    found = "1 person invited to the wave, the name on 2 actions, the name beside 1 agreement of meetings"
    assert f"Would erase {found}. Add --yes" in shell.run("erase", wave_id, "--name", " ben  VOGT ").output
    assert [invitee.name for invitee in rows(engine, Invitee)] == ["Ben Vogt"]
    assert f"Erased {found};" in shell.run("erase", wave_id, "--name", " ben  VOGT ", "--yes").output
    assert rows(engine, Invitee) == []
    assert [card.owner for card in rows(engine, ActionCard)] == [ERASED, "", "Ben Vogtmann"]
    assert [meeting.owner for meeting in rows(engine, Meeting)] == [""]


def test_a_link_goes_and_the_answer_stays(installation):
    shell, engine, wave_id, tokens = installation
    for token in tokens:
        send(engine, token)
    close(engine, wave_id)
    result = shell.run("erase", wave_id, "--link", f"https://host/s/{tokens[2]}", "--yes")
    assert "Erased the personal link" in result.output
    assert (len(rows(engine, Invitation)), len(rows(engine, Response))) == (5, 6)


def test_an_account_goes_with_its_answers_until_the_close(installation):
    shell, engine, wave_id, tokens = installation
    for token in tokens[:5]:
        send(engine, token)
    result = shell.run("erase", wave_id, "--account", ACCOUNT, "--yes")
    assert "Erased 5 answers of this account" in result.output
    assert rows(engine, Response) == rows(engine, Invitation) == []
    assert holding(shell, ACCOUNT) == []


def test_after_the_close_nobody_can_tell_an_accounts_answers(installation):
    shell, engine, wave_id, tokens = installation
    for token in tokens:
        send(engine, token)
    close(engine, wave_id)
    result = shell.run("erase", wave_id, "--account", ACCOUNT, "--yes")
    assert result.exit_code == 2
    assert "forgotten at the close" in result.output
    assert len(rows(engine, Response)) == 6


def test_a_client_goes_with_everything(installation):
    shell, engine, wave_id, _ = installation
    reports = shell.folder / "instance/reports"
    reports.mkdir()
    (reports / "old.pdf").write_bytes(b"%PDF")
    result = shell.run("erase", wave_id, "--client", "--yes")
    assert result.output == (
        "Erased the client Nordlicht Logistics with all its waves; 1 report files as well.\n"
        "Backups that were written before still hold it, the automatic ones too. Erase them now.\n"
    )
    assert rows(engine, Organisation) == rows(engine, Wave) == []
    assert holding(shell, "Nordlicht") == list(reports.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say what to erase by one of --person, --name,"),
        (("--all", "--client"), "Say what to erase by one of --person, --name,"),
        (("--person", "nobody@nordlicht.example"), "Nobody in the wave 2026 has this address."),
        (("--name", "Nobody"), "Nobody in the wave 2026 and no owner of an action is named “Nobody”."),
        (("--name", " "), "is named “ ”."),
        (("--link", "x" * 43), "The wave 2026 has no such personal link."),
        (("--link", "short"), "The wave 2026 has no such personal link."),
        (("--comment", "a sentence nobody wrote"), "No comment of the wave 2026 holds"),
    ],
)
def test_what_is_not_there_is_refused(installation, words, said):
    shell, _, wave_id, _ = installation
    result = shell.run("erase", wave_id, *words, "--yes")
    assert result.exit_code == 2
    assert said in result.output


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    shell = Shell(tmp_path_factory.mktemp("erase"))
    assert shell.run("demo", "--no-serve", "--no-report", "--json").exit_code == 0
    return shell


def database(shell):
    return sqlite3.connect(shell.folder / "instance/demo/cultureassess.sqlite3")


def test_what_is_published_already_is_not_published_twice(demo):
    result = demo.run("publish", 1, "--demo", "--yes")
    assert result.output == "The results are the same as those published (version 1); nothing to do.\n"


def test_an_open_wave_is_not_published(demo):
    result = demo.run("publish", 2, "--demo", "--yes")
    assert result.exit_code == 2
    assert "has no results yet" in result.output


def test_an_erased_comment_leaves_the_files_and_lets_the_results_be_published(demo):
    with database(demo) as connection:
        (text,) = connection.execute("SELECT text FROM comment WHERE wave_id = 1").fetchone()
    assert "Would erase 1 comment." in demo.run("erase", 1, "--comment", text, "--demo").output
    assert "Erased 1 comment;" in demo.run("erase", 1, "--comment", text.upper(), "--demo", "--yes").output
    with database(demo) as connection:
        left = connection.execute(
            "SELECT count(*) FROM comment WHERE wave_id = 1 AND text = ?", (text,)
        ).fetchone()
        in_results = connection.execute("SELECT count(*) FROM snapshot WHERE instr(json, ?)", (text,))
        assert (left, in_results.fetchone()) == ((0,), (0,))
    assert "Version 2 may be published" in demo.run("publish", 1, "--demo").output
    assert "Published version 2" in demo.run("publish", 1, "--demo", "--yes").output
    assert demo.run("audit-privacy", 1, "--demo").exit_code == 0


def test_one_erased_answer_cannot_be_published(demo):
    with database(demo) as connection:
        connection.execute("DELETE FROM response WHERE id = (SELECT min(id) FROM response WHERE wave_id = 1)")
    result = demo.run("publish", 1, "--demo", "--yes")
    assert result.exit_code == 2
    assert (
        "The published results stand: a group that is shown would lose fewer than 5 people" in result.output
    )
    with database(demo) as connection:
        versions = connection.execute("SELECT max(version) FROM snapshot WHERE wave_id = 1").fetchone()
    assert versions[0] <= 2


def test_every_comment_stands_in_its_own_table_alone(demo):
    with database(demo) as connection:
        texts = [
            text for (text,) in connection.execute("SELECT DISTINCT text FROM comment WHERE wave_id = 1")
        ]
        results = "".join(json for (json,) in connection.execute("SELECT json FROM snapshot"))
    assert len(texts) > 50
    assert not any(text in results for text in texts)
    assert Comment.__tablename__ == "comment"
