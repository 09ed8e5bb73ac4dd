"""After an erasure nothing is left that could be read, and the log says who decided it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.databases import Database
from tests.log.drafts import draft
from xianfeng import paths
from xianfeng.log.actors import CLOCK, Actor, ActorKind
from xianfeng.log.append import append
from xianfeng.log.models import Entry
from xianfeng.log.verify import verify
from xianfeng.problems import Problem
from xianfeng.vault import journal, keyring
from xianfeng.vault.erasure import erase, replay_erasures
from xianfeng.vault.models import PersonalValue
from xianfeng.vault.values import Commitment, keep, latest, read

FIRST = Actor(kind=ActorKind.APPOINTMENT, id=5, organisation=2, person=50)
SECOND = Actor(kind=ActorKind.APPOINTMENT, id=6, organisation=2, person=60)
BOTH = (FIRST, SECOND)


def kept(person: int = 12, value: str = "13800000000") -> Commitment:
    with transaction.atomic():
        return keep(person=person, field="phone", value=value)


def keyring_path() -> Path:
    return paths.room("keys") / "vault.sqlite3"


def test_an_erased_value_is_said_to_be_erased(transactional: Database) -> None:
    commitment, other = kept(), kept(person=13)
    seq = erase(person=12, by=BOTH, reason="本人申请")
    with pytest.raises(Problem) as told:
        read(commitment, by=FIRST)
    assert told.value.code == "vault.erased"
    assert read(other, by=FIRST) == "13800000000"
    entry = Entry.objects.get(seq=seq)
    assert (entry.stream, entry.actor) == ("erasure", "appointment:5")
    body = json.loads(entry.body)
    assert (body["owner"], body["second"], body["reason"]) == ("person:12", "appointment:6", "本人申请")
    assert body["commitments"] == [commitment]


def test_values_of_a_record_are_erased_alone(transactional: Database) -> None:
    with transaction.atomic():
        text = keep(record=12, field="story", value="某某某的事")
    other = kept()
    erase(record=12, by=BOTH, reason="本人申请")
    assert read(other, by=FIRST) == "13800000000"
    assert PersonalValue.objects.get(commitment=text).ciphertext is None


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ((FIRST, FIRST), "vault.same_person"),
        ((FIRST, Actor(kind=ActorKind.APPOINTMENT, id=9, person=50)), "vault.same_person"),
        ((FIRST, CLOCK), "vault.not_a_person"),
        ((FIRST, Actor(kind=ActorKind.APPOINTMENT, id=9)), "vault.not_a_person"),
    ],
)
def test_two_people_decide(transactional: Database, by: tuple[Actor, Actor], code: str) -> None:
    commitment = kept()
    with pytest.raises(Problem) as told:
        erase(person=12, by=by, reason="本人申请")
    assert told.value.code == code
    assert read(commitment, by=FIRST) == "13800000000"


def test_an_erasure_has_a_reason_and_something_to_erase(transactional: Database) -> None:
    kept()
    with pytest.raises(Problem) as told:
        erase(person=12, by=BOTH, reason=" ")
    assert told.value.code == "vault.no_reason"
    with pytest.raises(Problem) as told:
        erase(person=99, by=BOTH, reason="本人申请")
    assert told.value.code == "vault.nothing"


def test_an_erasure_that_is_rolled_back_destroys_nothing(transactional: Database) -> None:
    commitment = kept()
    with transaction.atomic():
        erase(person=12, by=BOTH, reason="本人申请")
        transaction.set_rollback(True)
    assert read(commitment, by=FIRST) == "13800000000"


def test_whoever_comes_back_gets_a_new_key(transactional: Database) -> None:
    kept()
    erase(person=12, by=BOTH, reason="本人申请")
    again = kept(value="13900000000")
    assert latest(person=12, field="phone") == again
    assert replay_erasures() == 0
    assert read(again, by=FIRST) == "13900000000"


def test_a_restored_backup_is_erased_again(transactional: Database) -> None:
    commitment = kept()
    row = PersonalValue.objects.get(commitment=commitment)
    backup = shutil.copy(keyring_path(), keyring_path().with_suffix(".backup"))
    erase(person=12, by=BOTH, reason="本人申请")
    shutil.copy(backup, keyring_path())
    row.save()
    assert read(commitment, by=FIRST) == "13800000000"  # what a careless restore would bring back

    assert replay_erasures() == 1
    assert keyring.find([row.key]) == {}
    with pytest.raises(Problem) as told:
        read(commitment, by=FIRST)
    assert told.value.code == "vault.erased"


def test_a_database_set_back_to_before_the_erasure_is_erased_again(transactional: Database) -> None:
    """Database and keyring restored, the log without the erasure's entry: the journal beside them still knows."""
    with transaction.atomic():
        append([draft(body={"phone": kept()})], by=CLOCK)
    row = PersonalValue.objects.get()
    backup = keyring_path().read_bytes()
    with transaction.atomic():
        erase(person=12, by=BOTH, reason="本人申请")
        finish = connection.run_on_commit[:]
        transaction.set_rollback(True)
    for _, function, *_ in finish:
        function()
    keyring_path().write_bytes(backup)
    assert read(Commitment(row.commitment), by=FIRST) == "13800000000"

    assert replay_erasures() == 1
    assert replay_erasures() == 0
    entry = Entry.objects.get(stream="erasure")
    assert (entry.seq, entry.action, entry.actor) == (2, "replay", "clock")
    assert json.loads(entry.body)["reason"] == "本人申请"
    assert keyring.find([row.key]) == {}
    assert verify().faults == ()


def test_a_journal_line_cut_short_hides_no_other(transactional: Database) -> None:
    journal.note({"keys": ["a"]})
    with (paths.room("keys") / "erasures.jsonl").open("a") as file:
        file.write('{"keys": ["b"')
    journal.note({"keys": ["c"]})
    assert journal.noted() == [{"keys": ["a"]}, {"keys": ["c"]}]


@pytest.mark.database_file
def test_no_byte_of_value_ciphertext_or_key_is_left_in_any_file(transactional: Database) -> None:
    secret = "身份证号三五〇一〇二" * 20
    commitment = kept(value=secret)
    for person in range(100, 160):  # neighbours, so that pages split and cells move
        kept(person=person, value="x" * 200)
    row = PersonalValue.objects.get(commitment=commitment)
    assert row.ciphertext is not None
    key = keyring.find([row.key])[row.key].secret
    traces = [secret.encode(), bytes(row.ciphertext)[:64], bytes(row.ciphertext)[-64:], key]
    assert any(trace in content(transactional) for trace in traces)

    erase(person=12, by=BOTH, reason="本人申请")
    left = content(transactional)
    assert [trace for trace in traces if trace in left] == []


@pytest.mark.database_server
def test_no_value_ciphertext_or_key_is_left_in_row_or_keyring(transactional: Database) -> None:
    """The server's dead rows and its log keep ciphertext for a while; its key, and the salt inside it, are gone."""
    commitment = kept()
    row = PersonalValue.objects.get(commitment=commitment)
    key = keyring.find([row.key])[row.key].secret
    erase(person=12, by=BOTH, reason="本人申请")
    with connection.cursor() as cursor:
        cursor.execute("SELECT ciphertext FROM vault_personalvalue WHERE commitment = %s", [commitment])
        assert cursor.fetchall() == [(None,)]
    assert key not in content(transactional)


def content(database: Database) -> bytes:
    """Every byte of the installation's files: database, its write-ahead log, keyring."""
    return b"".join(path.read_bytes() for path in sorted(database.data.rglob("*")) if path.is_file())
