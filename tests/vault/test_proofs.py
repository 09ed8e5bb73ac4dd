"""Verification tells an erased value from a lost one, and finds what was changed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from tests.databases import Database
from tests.log.drafts import draft
from xianfeng import paths
from xianfeng.log.actors import CLOCK, Actor, ActorKind
from xianfeng.log.append import append
from xianfeng.log.copies import open_copy
from xianfeng.log.verify import verify
from xianfeng.vault import keyring
from xianfeng.vault.erasure import erase, replay_erasures
from xianfeng.vault.models import PersonalValue
from xianfeng.vault.values import keep

BOTH = (
    Actor(kind=ActorKind.APPOINTMENT, id=5, organisation=2, person=50),
    Actor(kind=ActorKind.APPOINTMENT, id=6, organisation=2, person=60),
)


@pytest.fixture
def kept(transactional: Database) -> None:
    """Entries 1 and 2 each hold a commitment."""
    with transaction.atomic():
        for person in (12, 13):
            append([draft(body={"name": keep(person=person, field="name", value="某某")})], by=CLOCK)


def codes() -> list[tuple[str, str, int | None]]:
    told = (found for found in verify().findings if found.code.startswith("vault."))
    return [(found.weight, found.code, found.seq) for found in told]


def test_what_was_kept_is_what_was_filed(kept: None) -> None:
    assert codes() == []


def test_an_erased_value_is_no_fault(kept: None) -> None:
    erase(person=12, by=BOTH, reason="本人申请")
    assert codes() == [("note", "vault.erased", None)]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"field": "phone"}, ("fault", "vault.changed", None)),
        ({"person": 14}, ("fault", "vault.changed", None)),
        ({"person": None}, ("fault", "vault.changed", None)),
        ({"ciphertext": bytes(80)}, ("fault", "vault.changed", None)),
        ({"ciphertext": None}, ("fault", "vault.gone", None)),
        ({"commitment": "vault:" + "0" * 64}, ("fault", "vault.lost", 1)),
        ({"key": "another"}, ("fault", "vault.no_key", None)),
    ],
)
def test_a_changed_value_is_found(kept: None, change: dict[str, Any], found: tuple[str, str, int | None]) -> None:
    PersonalValue.objects.filter(person=12).update(**change)
    assert found in codes()


def test_a_value_removed_past_the_erasure_is_found(kept: None) -> None:
    PersonalValue.objects.filter(person=13).delete()
    assert codes() == [("fault", "vault.lost", 2)]


def test_a_key_that_came_back_is_found_and_destroyed_again(kept: None) -> None:
    path = paths.room("keys") / "vault.sqlite3"
    backup = path.read_bytes()
    seq = erase(person=12, by=BOTH, reason="本人申请")
    path.write_bytes(backup)
    assert ("fault", "vault.not_erased", seq) in codes()
    replay_erasures()
    assert codes() == [("note", "vault.erased", None)]


def test_an_installation_that_lost_its_keyring_is_told(kept: None) -> None:
    (paths.room("keys") / "vault.sqlite3").unlink()
    assert codes() == [("fault", "vault.no_keyring", None)]


def test_without_a_keyring_nothing_is_lost_once_all_is_erased(kept: None) -> None:
    for person in (12, 13):
        erase(person=person, by=BOTH, reason="本人申请")
    (paths.room("keys") / "vault.sqlite3").unlink()
    assert codes() == [("note", "vault.erased", None)]


@pytest.mark.database_file
def test_whoever_looks_at_a_copy_needs_no_keyring(transactional: Database, kept: None, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = open_copy(Path(shutil.copy(transactional.name, tmp_path / "copy.sqlite3")))
    (paths.room("keys") / "vault.sqlite3").unlink()
    told = [(found.weight, found.code) for found in verify(copy).findings]
    assert told == [("note", "log.unsealed"), ("note", "vault.no_keyring")]


def test_a_killed_erasure_is_finished_by_replaying(kept: None) -> None:
    """As after a kill between the database's commit and the keyring: the entry stands, the key too."""
    key = PersonalValue.objects.get(person=12).key
    with transaction.atomic():
        erase(person=12, by=BOTH, reason="本人申请")
        connection.run_on_commit.clear()
    assert key in keyring.find([key])
    replay_erasures()
    assert keyring.find([key]) == {}
