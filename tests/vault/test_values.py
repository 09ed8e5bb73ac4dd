"""Personal values are kept outside the log, read only by somebody, and belong to one person or record."""

from __future__ import annotations

import stat

import pytest
from django.db import transaction

from tests.databases import Database
from xianfeng import paths
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.vault import keyring
from xianfeng.vault.models import PersonalRead, PersonalValue
from xianfeng.vault.values import Personal, keep, keep_many, latest, read, read_many

CLERK = Actor(kind=ActorKind.APPOINTMENT, id=5, organisation=2, person=50)


@pytest.mark.django_db
def test_what_was_kept_is_read() -> None:
    commitment = keep(person=12, field="phone", value="13800000000")
    assert commitment.startswith("vault:")
    assert "13800000000" not in commitment
    assert read(commitment, by=CLERK) == "13800000000"


@pytest.mark.django_db
def test_two_commitments_to_one_value_differ() -> None:
    assert keep(person=12, field="phone", value="1") != keep(person=12, field="phone", value="1")


@pytest.mark.django_db
def test_the_latest_value_of_a_field() -> None:
    keep(person=12, field="name", value="王先锋")
    keep(record=12, field="name", value="另一回事")
    changed = keep(person=12, field="name", value="王锋")
    assert latest(person=12, field="name") == changed
    assert latest(person=13, field="name") is None


@pytest.mark.django_db
def test_many_are_kept_in_order_under_a_key_each() -> None:
    commitments = keep_many([Personal(person=n, field="name", value=f"某{n}") for n in (3, 1, 2, 1)])
    values = read_many(commitments, by=CLERK)
    assert [values[commitment] for commitment in commitments] == ["某3", "某1", "某2", "某1"]
    assert PersonalValue.objects.values("key").distinct().count() == 3


@pytest.mark.django_db
def test_every_reading_is_counted() -> None:
    commitment = keep(person=12, field="phone", value="13800000000")
    for _ in range(3):
        read(commitment, by=CLERK)
    reading = PersonalRead.objects.get()
    assert (reading.actor, reading.owner, reading.field, reading.times) == ("appointment:5", "person:12", "phone", 3)


@pytest.mark.django_db
def test_an_unknown_commitment_is_told() -> None:
    with pytest.raises(Problem) as told:
        read("vault:00", by=CLERK)
    assert told.value.code == "vault.unknown"


@pytest.mark.django_db
@pytest.mark.parametrize("moved", [{"field": "address"}, {"person": 13}])
def test_a_ciphertext_put_elsewhere_is_not_read(moved: dict[str, object]) -> None:
    commitment = keep(person=12, field="phone", value="13800000000")
    PersonalValue.objects.filter(commitment=commitment).update(**moved)
    with pytest.raises(Problem) as told:
        read(commitment, by=CLERK)
    assert told.value.code == "vault.unreadable"


@pytest.mark.parametrize("owner", [{}, {"person": 1, "record": 1}])
def test_a_value_belongs_to_a_person_or_a_record(owner: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a person or to a record"):
        Personal(field="name", value="x", **owner)


def test_values_are_kept_inside_a_transaction_only(transactional: Database) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        keep(person=1, field="name", value="x")


def test_the_keyring_is_for_its_owner_alone(transactional: Database) -> None:
    keyring.obtain(["person:1"])
    path = paths.room("keys") / "vault.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    with pytest.raises(Problem) as told:
        keyring.obtain(["person:1"])
    assert told.value.code == "vault.keyring_open"
