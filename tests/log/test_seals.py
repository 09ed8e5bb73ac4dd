"""A seal covers everything before it, is signed, follows from the one before, and proves each entry under it."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.databases import Database
from tests.log.drafts import draft, line
from xianfeng import paths
from xianfeng.log import keys, merkle, receipts
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import append, head
from xianfeng.log.models import Entry, Seal, Tile
from xianfeng.log.seals import inclusion, seal
from xianfeng.log.verify import verify
from xianfeng.problems import Problem


def write(count: int) -> None:
    with transaction.atomic():
        append([draft(body={"n": n}, lines=(line(),)) for n in range(count)], by=CLOCK)


def leaves() -> list[bytes]:
    return [bytes(leaf) for leaf in Entry.objects.order_by("seq").values_list("leaf", flat=True)]


@pytest.mark.django_db
def test_a_seal_covers_everything_and_is_noted_after_it() -> None:
    write(3)
    made = seal(by=CLOCK)
    assert (made.size, made.previous) == (3, None)
    assert bytes(made.root) == merkle.root_of(leaves()[:3])
    note = Entry.objects.get(seq=4)
    assert (note.stream, note.action) == ("seal", "seal")
    assert bytes(made.root).hex() in note.body


@pytest.mark.django_db
@pytest.mark.parametrize("sizes", [(1, 1, 1), (255, 1, 300), (256, 256), (700,), (100, 100, 100, 100)])
def test_seals_follow_from_one_another_across_tiles(sizes: tuple[int, ...]) -> None:
    for size in sizes:
        write(size)
        seal(by=CLOCK)
    whole = leaves()
    for made in Seal.objects.order_by("size"):
        assert bytes(made.root) == merkle.root_of(whole[: made.size])
    last = Seal.objects.order_by("size").last()
    assert last is not None
    for seq in {1, 2, last.size // 2 + 1, last.size - 1 or 1, last.size}:
        proof = inclusion(seq, last)
        assert proof is not None
        assert proof.leaf == whole[seq - 1]
        assert proof.holds()
        assert not replace(proof, seq=seq % last.size + 1).holds() or last.size == 1


@pytest.mark.django_db
def test_with_nothing_new_the_last_seal_holds() -> None:
    write(2)
    first = seal(by=CLOCK)
    assert seal(by=CLOCK).size == first.size
    assert head() == 3
    write(1)
    assert seal(by=CLOCK).size == 4


@pytest.mark.django_db
def test_an_empty_log_is_not_sealed() -> None:
    with pytest.raises(Problem) as told:
        seal(by=CLOCK)
    assert told.value.code == "log.empty"


@pytest.mark.django_db
def test_an_entry_after_the_seal_has_no_proof_yet() -> None:
    write(2)
    seal(by=CLOCK)
    assert inclusion(3) is None


@pytest.mark.django_db
def test_a_receipt_proves_itself_with_the_public_key_alone() -> None:
    write(5)
    assert not receipts.receipt(2).holds(keys.obtain().public_key())
    made = seal(by=CLOCK)
    key = keys.public_keys()[made.key]
    kept = receipts.parse(receipts.receipt(2).text())
    assert kept.holds(key)
    assert not replace(kept, entry=kept.entry.replace('"n":1', '"n":2')).holds(key)
    assert not replace(kept, statement=kept.statement.replace('"size":5', '"size":6')).holds(key)
    other = receipts.parse(receipts.receipt(3).text())
    assert not replace(kept, inclusion=other.inclusion).holds(key)


def test_the_signing_key_is_made_once_and_for_its_owner_alone(transactional: Database) -> None:
    write(1)
    made = seal(by=CLOCK)
    path = paths.room("keys") / "seal.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write(1)
    assert seal(by=CLOCK).key == made.key
    path.chmod(0o640)
    write(1)
    with pytest.raises(Problem) as told:
        seal(by=CLOCK)
    assert told.value.code == "log.key_open"
    assert Seal.objects.count() == 2


def test_a_new_key_leaves_the_former_seals_provable(transactional: Database) -> None:
    write(1)
    former = seal(by=CLOCK)
    latter = seal(by=CLOCK, new_key=True)  # although nothing was written since
    assert former.key != latter.key
    assert set(keys.public_keys()) == {former.key, latter.key}
    report = verify()
    assert report.holds
    assert [(found.code, found.seq) for found in report.findings] == [("seal.new_key", latter.size)]
    write(1)
    assert seal(by=CLOCK).key == latter.key


def test_a_key_that_is_gone_or_exchanged_stops_the_sealing(transactional: Database) -> None:
    write(1)
    seal(by=CLOCK)
    file = paths.room("keys") / "seal.key"
    file.unlink()
    write(1)
    assert refused() == "log.key_gone"
    assert not file.exists()
    keys.replace()
    assert refused() == "log.key_exchanged"
    assert Seal.objects.count() == 1
    assert seal(by=CLOCK, new_key=True).size == 3


def refused() -> str:
    with pytest.raises(Problem) as told:
        seal(by=CLOCK)
    return told.value.code


@pytest.mark.django_db
def test_sealing_twice_in_one_transaction_reads_no_entry_twice(django_assert_max_num_queries: Any) -> None:
    """As a closing does: once for the root that it prints, once over its own entry."""
    write(600)
    with transaction.atomic():
        first = seal(by=CLOCK)
        append([draft()], by=CLOCK)
        with django_assert_max_num_queries(16), CaptureQueriesContext(connection) as asked:
            second = seal(by=CLOCK)
    assert (first.size, second.size, second.previous) == (600, 602, 600)
    entries = [query["sql"] for query in asked if "FROM log_entry" in query["sql"]]
    assert entries
    assert all("seq > 600" in sql or "seq > 602" in sql for sql in entries)
    assert verify().faults == ()


def test_sealing_at_once_makes_one_chain(transactional: Database) -> None:
    def work(_: int) -> None:
        try:
            for _ in range(4):
                write(3)
                seal(by=CLOCK)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    whole, previous = leaves(), None
    for made in Seal.objects.order_by("size"):
        assert made.previous == previous
        assert bytes(made.root) == merkle.root_of(whole[: made.size])
        previous = made.size
    assert Tile.objects.filter(start=1).count() == Seal.objects.count()
    assert len({made.key for made in Seal.objects.all()}) == 1
