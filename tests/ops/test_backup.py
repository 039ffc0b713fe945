"""Backup, wipe, restore, compare (RELIABILITY F18)."""

import gzip
import io
import json
import stat
import tarfile

import pytest
import sqlalchemy as sa

from cultureassess.db import make_engine, migrate, transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Mail, MailState, Response
from cultureassess.services import members, outbox
from cultureassess.services.operations import archive, backup, health, restore
from cultureassess.services.privacy_audit import audit
from tests import cast, scene

from .conftest import NOW, save
from .content import content

BOTH = pytest.mark.parametrize("elsewhere", ["sqlite", "postgresql"], indirect=True)


@BOTH
def test_whatever_was_backed_up_is_there_again_on_either_engine(engine, tmp_path, elsewhere, look):
    (tmp_path / "old").mkdir()
    saved = save(engine, tmp_path / "old")
    assert {name for name, rows in saved.before.items() if rows} >= {
        "response",
        "invitation",
        "member",
        "mail",
    }
    manifest = restore.restore(saved.path, elsewhere, now=NOW)
    new = look(elsewhere)
    assert content(new) == saved.before
    assert manifest == saved.manifest
    assert migrate.current(new) == migrate.head()


@BOTH
def test_links_passwords_and_triggers_work_after_a_restore(saved, elsewhere, look):
    restore.restore(saved.path, elsewhere, now=NOW)
    new = look(elsewhere)
    with transaction(new) as session:
        for token in saved.tokens.values():
            scene.answer(session, token, scene.everything(), audience=Audience.CUSTOMER)
        assert members.find_member(session, cast.address("Administrator")) is not None
    with pytest.raises(sa.exc.DBAPIError), transaction(new) as session:
        session.execute(sa.text("UPDATE wave SET k = 9"))


@BOTH
def test_a_restored_database_keeps_every_promise_to_respondents(saved, elsewhere, look):
    restore.restore(saved.path, elsewhere, now=NOW)
    with transaction(look(elsewhere)) as session:
        broken = [finding for finding in audit(session, now=NOW) if not finding.kept]
    assert broken == []


@BOTH
def test_no_number_is_given_a_second_time(sqlite, settings, tmp_path, elsewhere, look):
    with transaction(sqlite) as session:
        outbox.enqueue_rows(session, [{"kind": "member", "key": "1", "expires": 1, "due": 1}])
        last = session.scalars(sa.select(Mail.id)).one()
        session.execute(sa.delete(Mail))
    backup.back_up(sqlite, settings, tmp_path / "b", now=NOW)
    restore.restore(tmp_path / "b", elsewhere, now=NOW)
    with transaction(look(elsewhere)) as session:
        outbox.enqueue_rows(session, [{"kind": "member", "key": "2", "expires": 1, "due": 1}])
        assert session.scalars(sa.select(Mail.id)).one() > last


@BOTH
def test_an_older_schema_is_backed_up_as_it_is_and_restored_into_todays(elsewhere, look, tmp_path, settings):
    old = make_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    migrate.upgrade(old, "0004")
    with old.begin() as connection:
        connection.exec_driver_sql("INSERT INTO organisation (id, name, slug) VALUES (7, 'Nordlicht', 'n')")
    assert backup.back_up(old, settings, tmp_path / "b", now=NOW).revision == "0004"
    old.dispose()
    restore.restore(tmp_path / "b", elsewhere, now=NOW)
    new = look(elsewhere)
    assert migrate.current(new) == migrate.head()
    assert [row[:2] for row in content(new)["organisation"]] == [[7, "Nordlicht"]]


def test_only_its_owner_may_read_a_backup(saved):
    path, manifest = saved.path, saved.manifest
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".")] == []
    assert manifest.environment == ("DATABASE_URL",)


def test_a_good_backup_passes_its_check(saved):
    assert restore.check(saved.path) == saved.manifest


def test_a_file_that_is_there_is_not_replaced(sqlite, settings, tmp_path):
    (tmp_path / "b").write_text("something else")
    with pytest.raises(backup.BackupRefused, match="is there already"):
        backup.back_up(sqlite, settings, tmp_path / "b", now=NOW)
    assert (tmp_path / "b").read_text() == "something else"
    backup.back_up(sqlite, settings, tmp_path / "b", now=NOW, force=True)
    with archive.opened(tmp_path / "b") as (manifest, _):
        assert manifest.revision == migrate.head()


def test_an_empty_database_is_not_backed_up(tmp_path, settings):
    with pytest.raises(backup.BackupRefused, match="nothing to back up"):
        backup.back_up(make_engine("sqlite://"), settings, tmp_path / "b", now=NOW)
    assert not (tmp_path / "b").exists()


class TestDamage:
    """One engine is enough: the file says nothing about it."""

    @pytest.fixture
    def whole(self, saved):
        with tarfile.open(saved.path) as file:
            return {entry.name: file.extractfile(entry).read() for entry in file}

    def packed(self, tmp_path, members):
        with tarfile.open(tmp_path / "damaged", "w:gz") as file:
            for name, content in members.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                file.addfile(entry, io.BytesIO(content))
        return tmp_path / "damaged"

    def refused(self, path):
        with pytest.raises(archive.BackupUnusable) as found:
            restore.check(path)
        return str(found.value)

    @pytest.mark.parametrize("place", ["tables/response.jsonl", "secret_key"])
    def test_a_changed_byte_is_found(self, whole, tmp_path, place):
        whole[place] = whole[place][:-2] + b"x" + whole[place][-1:]
        assert self.refused(self.packed(tmp_path, whole)) == (
            f"{place} in the backup is damaged: its SHA-256 is another one."
        )

    def test_a_missing_table_is_found(self, whole, tmp_path):
        del whole["tables/response.jsonl"]
        assert "has no tables/response.jsonl" in self.refused(self.packed(tmp_path, whole))

    def test_a_table_that_the_manifest_does_not_name_is_found(self, whole, tmp_path):
        manifest = json.loads(whole["manifest.json"])
        del manifest["parts"]["tables/comment.jsonl"]
        whole["manifest.json"] = json.dumps(manifest).encode()
        assert "has other tables" in self.refused(self.packed(tmp_path, whole))

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"revision": "9999"}, "A newer version of CultureAssess made this backup (revision 9999"),
            ({"format": 2}, "The backup has format 2; this version reads format 1."),
            ({"sequences": 3}, "The manifest of the backup cannot be read."),
        ],
    )
    def test_what_this_version_cannot_read_is_said(self, whole, tmp_path, change, sentence):
        whole["manifest.json"] = json.dumps(json.loads(whole["manifest.json"]) | change).encode()
        assert sentence in self.refused(self.packed(tmp_path, whole))

    @pytest.mark.parametrize(
        "content", [b"", b"no archive at all", gzip.compress(b"x" * 2000)], ids=["empty", "text", "gzip"]
    )
    def test_another_file_is_refused(self, tmp_path, content):
        (tmp_path / "b").write_bytes(content)
        assert "cannot be read" in self.refused(tmp_path / "b") or "no backup" in self.refused(tmp_path / "b")

    def test_half_a_backup_is_refused(self, saved, tmp_path):
        content = saved.path.read_bytes()
        (tmp_path / "half").write_bytes(content[: len(content) // 2])
        self.refused(tmp_path / "half")

    def test_a_damaged_backup_leaves_what_is_there(self, whole, tmp_path, sqlite, settings):
        whole["secret_key"] = b"y" * 43
        before = content(sqlite)
        with pytest.raises(archive.BackupUnusable):
            restore.restore(self.packed(tmp_path, whole), settings, now=NOW, force=True)
        assert content(sqlite) == before


@BOTH
def test_a_database_that_is_there_is_replaced_only_by_force(saved, elsewhere, look):
    migrate.upgrade(look(elsewhere))
    with pytest.raises(restore.RestoreRefused, match="There is a database already"):
        restore.restore(saved.path, elsewhere, now=NOW)
    assert content(look(elsewhere))["response"] == []
    restore.restore(saved.path, elsewhere, now=NOW, force=True)
    assert len(content(look(elsewhere))["response"]) == 7


@BOTH
def test_a_database_in_use_is_never_replaced(saved, elsewhere, look):
    migrate.upgrade(look(elsewhere))
    with transaction(look(elsewhere)) as session:
        health.beat(session, health.WORKER, now=NOW)
    with pytest.raises(restore.RestoreRefused, match="This database is in use"):
        restore.restore(saved.path, elsewhere, now=NOW, force=True)


@BOTH
def test_half_a_restore_is_not_served(saved, elsewhere, look, monkeypatch):
    from cultureassess.services.operations import reading

    def cut(connection):
        if elsewhere.database_url.startswith(connection.dialect.name):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_refuse_broken", cut)
        with pytest.raises(KeyboardInterrupt):
            restore.restore(saved.path, elsewhere, now=NOW)
    if elsewhere.database_url.startswith("postgresql"):
        with pytest.raises(migrate.SchemaUnknown, match="only half"):
            migrate.upgrade(look(elsewhere))
    restore.restore(saved.path, elsewhere, now=NOW, force=True)
    assert len(content(look(elsewhere))["response"]) == 7


def test_waiting_mails_are_left_to_a_person(engine, filled):
    assert restore.hold_mail(engine) == 1
    with transaction(engine) as session:
        assert session.scalars(sa.select(Mail.state)).all() == [MailState.UNKNOWN]
    assert restore.hold_mail(engine) == 0


def test_answers_that_come_while_it_is_written_are_in_whole_or_not_at_all(
    engine, filled, installed, tmp_path
):
    with backup.snapshot_of(engine) as connection:
        tables = {table.name: table for table in backup.tables_of(connection)}
        before = list(backup.rows_of(connection, tables["invitation"]))
        with transaction(engine) as session:
            token = filled["customer"]
            scene.answer(session, token, scene.everything(), audience=Audience.CUSTOMER)
            session.execute(sa.delete(Response))
        assert list(backup.rows_of(connection, tables["invitation"])) == before
        assert len(list(backup.rows_of(connection, tables["response"]))) == 7
