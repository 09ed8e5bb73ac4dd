"""What is written in the log stays: every way to change it is refused by the database itself."""

from __future__ import annotations

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from tests.databases import POSTGRES, Database
from tests.log.drafts import draft, line
from xianfeng.log import triggers
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import append
from xianfeng.log.models import Entry, Posting, Seal, Tile

ROW = (
    "(seq, stream, about, action, day, at, actor, scheme, body, postings, leaf) VALUES "
    "(1, 'record', 1, 'forged', '2010-08-30', '2010-08-30', 'clock', '', '{}', '', '')"
)
ATTACKS = [
    "UPDATE log_entry SET action = 'forged'",
    "DELETE FROM log_entry",
    "DELETE FROM log_posting",
    "UPDATE log_posting SET sign = 2",
    "UPDATE log_seal SET size = 9",
    "DELETE FROM log_tile",
    f"INSERT INTO log_entry {ROW} ON CONFLICT (seq) DO UPDATE SET action = 'forged'",
]


@pytest.fixture
def written(db: None) -> None:
    append([draft(lines=(line(),))], by=CLOCK)
    Seal.objects.create(size=1, at="2010-08-30T00:00Z", algorithm="sha256", root=b"", previous_root=b"", proof="[]")
    Tile.objects.create(start=1, width=1, root=b"", leaves=b"")


def refuse(statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Entry.objects.values_list("seq", "action")) == [(1, "file")]
    assert list(Posting.objects.values_list("seq", "sign")) == [(1, 1)]


@pytest.mark.parametrize("statement", ATTACKS)
def test_a_change_is_refused(written: None, statement: str) -> None:
    refuse(statement)


@pytest.mark.database_file
def test_replacing_is_refused(written: None) -> None:
    refuse(f"INSERT OR REPLACE INTO log_entry {ROW}")
    refuse(f"REPLACE INTO log_entry {ROW}")
    refuse("UPDATE OR REPLACE log_entry SET seq = 1")


@pytest.mark.database_server
@pytest.mark.parametrize("table", ["log_entry", "log_posting", "log_seal", "log_tile"])
def test_truncating_is_refused(written: None, table: str) -> None:
    refuse(f"TRUNCATE {table}")


@pytest.mark.django_db
def test_nothing_is_added_below_a_seal(written: None) -> None:
    refuse("INSERT INTO log_posting (seq, sign, record, scheme, register, organisation, place, day, state, level,"
           " entered, fields) VALUES (1, 1, 1, '', '', 1, 1, '2010-08-30', '', 1, '{}', '{}')")  # fmt: skip


def test_a_migration_that_rebuilds_the_table_does_not_lose_them(transactional: Database) -> None:
    with transaction.atomic():
        append([draft(lines=(line(),))], by=CLOCK)
    state = ProjectState.from_apps(Entry._meta.apps)
    widened = state.clone()
    operation = migrations.AlterField("entry", "action", models.CharField(max_length=65, null=True))
    operation.state_forwards("log", widened)
    with connection.schema_editor() as editor:
        operation.database_forwards("log", editor, state, widened)
    if not POSTGRES:  # the trap that this test is about
        assert triggers.missing() != []
    call_command("migrate", verbosity=0, skip_checks=True)
    assert triggers.missing() == []
    refuse("UPDATE log_entry SET action = 'forged'")


DROP = "DROP TRIGGER log_entry_append_only ON log_entry" if POSTGRES else "DROP TRIGGER log_entry_no_update"


def test_a_missing_trigger_is_an_error_with_a_hint(transactional: Database) -> None:
    assert checks.run_checks(databases=["default"], tags=[checks.Tags.database]) == []
    with connection.cursor() as cursor:
        cursor.execute(DROP)
    (error,) = checks.run_checks(databases=["default"], tags=[checks.Tags.database])
    assert (error.id, error.level) == ("log.E001", checks.ERROR)
    assert "xianfeng log protect" in str(error.hint)
    triggers.install()
    assert triggers.missing() == []


@pytest.mark.database_server
def test_a_trigger_switched_off_or_hollowed_out_is_missing(transactional: Database) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE log_entry DISABLE TRIGGER log_entry_append_only")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION log_posting_append_only() RETURNS trigger LANGUAGE plpgsql "
            "AS $$BEGIN RETURN NULL; END$$"
        )
    assert triggers.missing() == ["log_entry_append_only", "log_posting_append_only"]


@pytest.mark.database_file
def test_a_trigger_hollowed_out_is_missing(transactional: Database) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        cursor.execute("CREATE TRIGGER log_entry_no_update BEFORE UPDATE ON log_entry BEGIN SELECT 1; END")
        assert triggers.missing() == ["log_entry_no_update"]
        cursor.execute("PRAGMA recursive_triggers = OFF")
    errors = checks.run_checks(databases=["default"], tags=[checks.Tags.database])
    assert [error.id for error in errors] == ["log.E001", "log.E002"]
