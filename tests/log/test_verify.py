"""Whatever is changed in the log is found, and the entry is named."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import typer
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.databases import POSTGRES, Database
from tests.log.drafts import draft, line
from tests.log.tampering import recompute_leaf, run, unguarded
from xianfeng import paths
from xianfeng.cli import log
from xianfeng.log import tiles
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import Draft, append
from xianfeng.log.copies import open_copy
from xianfeng.log.findings import Report
from xianfeng.log.merkle import root_of
from xianfeng.log.models import Entry, Seal, Tile
from xianfeng.log.seals import seal
from xianfeng.log.verify import verify
from xianfeng.problems import Problem
from xianfeng.registry.models import Person

COLUMNS: list[tuple[str, Any]] = [
    ("stream", "person"),
    ("about", 99),
    ("action", "filf"),
    ("day", "2010-08-31"),
    ("at", "2010-08-30 08:00:00.000000+00:00" if POSTGRES else "2010-08-30 08:00:00.000000"),
    ("actor", "clocl"),
    ("on_behalf", 1),
    ("scheme", "a" * 64),
    ("body", '{"n":6}'),
]


@pytest.fixture
def sealed(db: None, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Ten entries under a first seal (its note the eleventh), five more under a second, then three unsealed."""
    monkeypatch.setenv("XIANFENG_DATA", str(tmp_path))
    with django_capture_on_commit_callbacks(execute=True):
        append([draft(body={"n": n}, lines=(line(),)) for n in range(1, 11)], by=CLOCK)
        seal(by=CLOCK)
        append([draft(body={"n": n}, lines=(line(),)) for n in range(12, 17)], by=CLOCK)
        seal(by=CLOCK)
        append([draft(body={"n": n}) for n in range(18, 21)], by=CLOCK)


def faults(report: Report) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.seq) for fault in report.faults]


def test_an_untouched_log_holds(sealed: None) -> None:
    report = verify()
    assert (report.entries, report.sealed, report.faults) == (20, 16, ())
    (note,) = report.findings
    assert (note.weight, note.code) == ("note", "log.unsealed")
    assert re.match(r"第16条以后的4条（自\d{4}-\d\d-\d\d \d\d:\d\d起）尚未封存", note.message)
    assert "xianfeng seal" in note.hint


@pytest.mark.django_db
def test_a_log_that_was_never_sealed_says_so() -> None:
    append([draft(), draft()], by=CLOCK)
    (note,) = verify().findings
    assert note.message.startswith("全部2条（自")
    seal(by=CLOCK)
    assert "log.unsealed" not in [finding.code for finding in verify().findings]


@pytest.mark.django_db
def test_an_empty_log_holds() -> None:
    assert verify() == Report(entries=0, sealed=0, findings=())


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
bodies = st.dictionaries(
    text, st.none() | st.booleans() | text | st.lists(text, max_size=2) | st.decimals(-9, 9), max_size=3
)
lines = st.builds(line, sign=st.sampled_from([-1, 1]), subject=st.none() | st.integers(1, 9), fields=bodies)
drafts = st.builds(
    draft, body=bodies, on_behalf=st.none() | st.integers(1, 9), lines=st.lists(lines, max_size=3).map(tuple)
)


@settings(max_examples=40)
@given(st.lists(drafts, min_size=1, max_size=4), st.booleans())
def test_whatever_is_written_verifies(db: None, written: list[Draft], sealing: bool) -> None:
    """The examples add up to one log: each is appended to what the ones before left, and some are sealed."""
    with suppress(ValueError):  # two keys that are one in NFC
        with transaction.atomic():
            append(written, by=CLOCK)
        if sealing:
            seal(by=CLOCK)
    assert verify().faults == ()


@pytest.mark.parametrize("seq", [1, 7, 13, 19])
@pytest.mark.parametrize(("column", "value"), COLUMNS)
def test_a_changed_column_names_its_entry(sealed: None, column: str, value: Any, seq: int) -> None:
    run(f"UPDATE log_entry SET {column} = %s WHERE seq = %s", value, seq)  # noqa: S608
    assert faults(verify()) == [("log.changed", seq)]


@pytest.mark.parametrize("seq", [1, 7, 13])
@pytest.mark.parametrize(("column", "value"), COLUMNS)
def test_a_changed_entry_with_a_new_hash_is_named_still(sealed: None, column: str, value: Any, seq: int) -> None:
    run(f"UPDATE log_entry SET {column} = %s WHERE seq = %s", value, seq)  # noqa: S608
    recompute_leaf(seq)
    assert faults(verify()) == [("log.changed", seq)]


def test_rewriting_entry_hash_and_tiles_breaks_the_signed_root(sealed: None) -> None:
    rewrite(13)
    assert faults(verify()) == [("log.root", 16)]


def test_rewriting_the_seal_too_breaks_its_signature(sealed: None) -> None:
    rewrite(13)
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("seq").values_list("leaf", flat=True)]
    with unguarded():
        Seal.objects.filter(size=16).update(root=root_of(leaves[:16]))
    assert set(faults(verify())) == {
        ("seal.signature", 16),
        ("seal.note", 16),
        ("seal.consistency", 16),
        ("seal.relisted", 16),
    }


def rewrite(seq: int) -> None:
    run("UPDATE log_entry SET body = %s WHERE seq = %s", '{"n":0}', seq)
    leaf = recompute_leaf(seq)
    with unguarded():
        for tile in Tile.objects.filter(start__lte=seq, start__gt=seq - tiles.WIDTH):
            place = (seq - tile.start) * 32
            if place < len(bytes(tile.leaves)):
                tile.leaves = bytes(tile.leaves)[:place] + leaf + bytes(tile.leaves)[place + 32 :]
                tile.save()


def test_a_changed_hash_alone_is_told_apart(sealed: None) -> None:
    run("UPDATE log_entry SET leaf = %s WHERE seq = 7", bytes(32))
    assert faults(verify()) == [("log.leaf", 7)]


def test_a_changed_tile_alone_is_told_apart(sealed: None) -> None:
    with unguarded():
        tile = Tile.objects.order_by("width").last()
        assert tile is not None
        tile.leaves = bytes(tile.leaves)[:-32] + bytes(32)
        tile.save()
    assert faults(verify()) == [("log.tile", 16)]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM log_entry WHERE seq = 7", [("log.missing", 7), ("log.stray", 7)]),
        ("DELETE FROM log_entry WHERE seq > 18", [("log.missing", 19)]),
        ("UPDATE log_entry SET seq = -7 WHERE seq = 20", [("log.forged", -7), ("log.missing", 20)]),
        ("UPDATE log_entry SET seq = 25 WHERE seq = 20", [("log.forged", 25), ("log.missing", 20)]),
        ("UPDATE log_head SET value = 19 WHERE name = 'entries'", [("log.head", None)]),
        (f"UPDATE log_head SET value = {2**62} WHERE name = 'entries'", [("log.missing", 21)]),  # noqa: S608
        ("UPDATE log_posting SET sign = 2 WHERE seq = 7", [("log.postings", 7)]),
        ("UPDATE log_posting SET fields = '{\"n\":1}' WHERE seq = 7", [("log.postings", 7)]),
        ("UPDATE log_posting SET seq = 8 WHERE seq = 7", [("log.postings", 7), ("log.postings", 8)]),
        ("DELETE FROM log_posting WHERE seq = 7", [("log.postings", 7)]),
        ("UPDATE log_posting SET seq = 99 WHERE seq = 7", [("log.postings", 7), ("log.stray", 99)]),
        ("UPDATE log_seal SET size = 15 WHERE size = 16", None),
        ("DELETE FROM log_seal WHERE size = 16", [("seal.missing", 16), ("seal.cut", 16)]),
        ("DELETE FROM log_seal WHERE size = 10", [("seal.chain", 16), ("seal.missing", 10), ("seal.cut", 10)]),
        ("UPDATE log_seal SET proof = '[]' WHERE size = 16", [("seal.consistency", 16)]),
        ("UPDATE log_seal SET proof = 'x' WHERE size = 16", [("seal.consistency", 16)]),
        ("UPDATE log_seal SET algorithm = 'md5' WHERE size = 10", [("seal.signature", 10), ("seal.relisted", 10)]),
        ("UPDATE log_seal SET key = 'x' WHERE size = 10", [("seal.unknown_key", 10), ("seal.relisted", 10)]),
    ],
)
def test_what_is_missing_added_or_moved_is_named(
    sealed: None, statement: str, found: list[tuple[str, int | None]] | None
) -> None:
    run(statement)
    assert faults(verify()) if found is None else faults(verify()) == found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_head SET value = 1 WHERE name = %s",
        "UPDATE log_head SET value = 10000 WHERE name = %s",
        "DELETE FROM log_head WHERE name = %s",
    ],
)
def test_a_stream_whose_last_entry_is_told_wrongly_is_found(sealed: None, statement: str) -> None:
    """Pages that ask whether anything changed would show what was."""
    last = Entry.objects.filter(stream="seal").latest("seq").seq
    run(statement, "@seal")
    assert faults(verify()) == [("log.stream_head", last)]


@pytest.mark.django_db
def test_a_seal_signed_by_somebody_else_is_found(sealed: None) -> None:
    stranger = Ed25519PrivateKey.generate().public_key()
    file = paths.data() / "stranger.pub"
    pem = serialization.PublicFormat.SubjectPublicKeyInfo
    file.write_bytes(stranger.public_bytes(serialization.Encoding.PEM, pem))
    report = verify(public_key=file)
    assert faults(report) == [("seal.unknown_key", 10), ("seal.unknown_key", 16)]


def test_what_was_changed_before_its_sealing_is_not_sealed(sealed: None) -> None:
    run("UPDATE log_entry SET action = 'forged' WHERE seq = 19")
    with pytest.raises(Problem) as told:
        seal(by=CLOCK)
    assert (told.value.code, told.value.place) == ("log.tampered", "第19条")


@pytest.mark.django_db
def test_missing_triggers_are_told(sealed: None) -> None:
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER log_seal_append_only ON log_seal" if POSTGRES else "DROP TRIGGER log_seal_no_update"
        cursor.execute(drop)
    assert faults(verify()) == [("log.triggers", None)]


@pytest.mark.database_file
def test_a_copy_needs_no_triggers(transactional: Database, tmp_path: Path) -> None:
    with transaction.atomic():
        append([draft()], by=CLOCK)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER log_seal_no_update")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    report = verify(open_copy(Path(shutil.copy(transactional.name, tmp_path / "copy.sqlite3"))))
    assert [(finding.weight, finding.code) for finding in report.findings] == [
        ("note", "log.unsealed"),
        ("note", "log.triggers"),
    ]


@pytest.mark.database_file
@pytest.mark.parametrize(
    "value",
    ["'2010-08-30'", "x'66696c65'", "5", "NULL", "CAST(x'ff' AS TEXT)"],
    ids=["text", "blob", "int", "null", "utf8"],
)
@pytest.mark.parametrize("column", ["action", "body", "about", "at", "leaf"])
def test_a_value_of_another_type_is_found(sealed: None, column: str, value: str) -> None:
    """SQLite's columns take any type; the server's counterpart of this test is its own typing."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'log_entry'")
        cursor.execute("PRAGMA writable_schema = RESET")
        cursor.execute(f"UPDATE log_entry SET {column} = {value} WHERE seq = 7")  # noqa: S608
    assert [seq for _, seq in faults(verify())] == [7]


@pytest.mark.database_server
@pytest.mark.parametrize(("column", "value"), [("day", "infinity"), ("at", "-infinity"), ("leaf", b""), ("body", "")])
def test_a_value_that_only_the_server_takes_is_found(sealed: None, column: str, value: Any) -> None:
    run(f"UPDATE log_entry SET {column} = %s WHERE seq = 7", value)  # noqa: S608
    assert [seq for _, seq in faults(verify())] == [7]


@pytest.mark.database_file
def test_any_byte_of_an_entry_in_a_copied_file(transactional: Database, tmp_path: Path) -> None:
    """Each byte of the entry's row that holds a hashed column, flipped in the file itself."""
    with transaction.atomic():
        append([draft(body={"n": n, "mark": f"<entry-{n}>"}) for n in range(1, 6)], by=CLOCK)
    seal(by=CLOCK)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = Path(transactional.name).read_bytes()
    row = re.search(rb"record\x03file2010-08-30.{26}clock\{\"mark\":\"<entry-3>\",\"n\":3\}", content, re.DOTALL)
    assert row is not None
    copy = tmp_path / "copy.sqlite3"
    for place in range(row.start(), row.end()):
        copy.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert ("log.changed", 3) in faults(verify(open_copy(copy))), content[place]


@pytest.mark.database_file
def test_a_copy_is_verified_without_touching_it(transactional: Database, tmp_path: Path) -> None:
    with transaction.atomic():
        append([draft()], by=CLOCK)
    for name in ("", "-wal", "-shm"):
        shutil.copy(f"{transactional.name}{name}", tmp_path / f"copy.sqlite3{name}")
    assert verify(open_copy(tmp_path / "copy.sqlite3")).entries == 1  # still in the write-ahead log
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = tmp_path / "alone"
    folder.mkdir()
    copy = Path(shutil.copy(transactional.name, folder / "copy.sqlite3"))
    before = copy.read_bytes()
    assert verify(open_copy(copy)).holds
    assert copy.read_bytes() == before
    assert list(folder.iterdir()) == [copy]


def test_a_file_that_is_no_log_is_refused(transactional: Database, tmp_path: Path) -> None:
    for content, code in [(b"not a database, but long enough to be one" * 100, "log.no_database"), (b"", "log.no_log")]:
        (tmp_path / "file").write_bytes(content)
        with pytest.raises(Problem) as told:
            verify(open_copy(tmp_path / "file"))
        assert told.value.code == code
    with pytest.raises(Problem) as told:
        open_copy(tmp_path / "absent")
    assert told.value.code == "log.no_file"


def command(*words: str) -> Any:
    app = typer.Typer()
    log.register(app)
    return CliRunner().invoke(app, list(words))


def test_the_command_says_so_and_exits_with_1(sealed: None) -> None:
    done = command("verify")
    assert done.exit_code == 0
    assert "核对办理记录20条，其中已封存16条：全部相符。\n没有核对由办理记录得出的数据：台账" in done.stdout
    run("UPDATE log_entry SET action = 'forged' WHERE seq = 7")
    done = command("verify")
    assert done.exit_code == 1
    assert "✗ 第7条　内容已被改动" in done.stderr
    assert "核对办理记录20条，其中已封存16条：有1处不符。" in done.stdout


def test_the_command_holds_a_printed_root_against_the_books(sealed: None) -> None:
    root = bytes(Seal.objects.get(size=10).root).hex()
    done = command("verify", "--size", "10", "--root", root.upper())
    assert done.exit_code == 0
    assert "第1—10条现在算出的校验码与印出的相同。" in done.stdout
    assert command("verify", "--size", "11", "--root", root).exit_code == 1
    for words in (["--size", "10"], ["--root", root], ["--size", "10", "--root", root[:-1]]):
        told = command("verify", *words).exception
        assert isinstance(told, Problem)
        assert told.code == "log.printed_root"


def test_the_command_runs_every_room_s_check_when_asked(transactional: Database) -> None:
    done = command("verify", "--all")
    assert done.exit_code == 0
    assert "全部记录和统计明细与办理记录一致。\n组织库与办理记录一致。\n数据湖与办理记录一致" in done.stdout
    Person.objects.create(id=7, code="7")  # past the log
    assert command("verify").exit_code == 0
    done = command("verify", "--all")
    assert done.exit_code == 1
    assert "共 1 处不一致" in done.stderr
    assert "数据湖与办理记录一致" in done.stdout


def test_the_other_commands(sealed: None) -> None:
    assert '"n": 7' in command("log", "show", "7").stdout
    assert command("seal").stdout.startswith("已封存第1至20条\n校验码 ")
    assert '"seal":{' in command("log", "receipt", "7").stdout
    assert command("log", "protect").stdout == "触发器齐全。\n"
