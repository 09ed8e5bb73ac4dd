"""A log cut back to an earlier seal is whole by itself; the list beside the keys, and any printed root, tell."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from django.db import transaction

from tests.databases import Database
from tests.log.children import finish, start
from tests.log.drafts import draft, line
from tests.log.tampering import run
from xianfeng import paths
from xianfeng.log import printed
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import append
from xianfeng.log.models import Seal
from xianfeng.log.seals import seal
from xianfeng.log.verify import verify


def write(count: int) -> None:
    with transaction.atomic():
        append([draft(body={"n": n}, lines=(line(),)) for n in range(count)], by=CLOCK)


@pytest.fixture
def roots(transactional: Database) -> dict[int, str]:
    """Two seals: over five entries, and over ten with the first one's note."""
    made = []
    for count in (5, 4):
        write(count)
        made.append(seal(by=CLOCK))
    return {one.size: bytes(one.root).hex() for one in made}


def cut_back() -> None:
    """To right after the first seal's note, nothing left over."""
    for statement in (
        "DELETE FROM log_entry WHERE seq > 6",
        "DELETE FROM log_posting WHERE seq > 6",
        "DELETE FROM log_seal WHERE size > 5",
        "DELETE FROM log_tile WHERE width > 5",
        "UPDATE log_head SET value = 6 WHERE name = 'entries'",
        "UPDATE log_head SET value = (SELECT max(seq) FROM log_entry WHERE '@' || stream = name) WHERE name LIKE '@%%'",
    ):
        run(statement)


def found() -> list[tuple[str, str, int | None]]:
    return [(finding.weight, finding.code, finding.seq) for finding in verify().findings]


def path() -> Path:
    return paths.room("keys") / "seals.jsonl"


def test_every_seal_is_listed_for_its_owner_alone(roots: dict[int, str]) -> None:
    said = [json.loads(text) for text in path().read_text().split("\n") if text]
    assert [(body["size"], body["root"]) for body in said] == list(roots.items())
    assert {"at", "key", "signature"} <= set(said[0])
    assert stat.S_IMODE(path().stat().st_mode) == 0o600
    assert found() == []


def test_a_seal_that_is_rolled_back_is_not_listed(transactional: Database) -> None:
    write(1)
    with transaction.atomic():
        seal(by=CLOCK)
        transaction.set_rollback(True)
    assert not path().exists()


def test_a_log_cut_back_lacks_a_listed_seal(roots: dict[int, str]) -> None:
    cut_back()
    assert found() == [("fault", "seal.cut", 10)]


def test_a_log_cut_back_and_written_on_differs_from_the_list(roots: dict[int, str]) -> None:
    cut_back()
    write(4)
    assert seal(by=CLOCK).size == 10
    assert found() == [("fault", "seal.relisted", 10)]


def test_a_list_that_was_lost_is_told_and_completed_by_the_next_seal(roots: dict[int, str]) -> None:
    path().write_text('{"size": 5, "ro')  # cut short by a full disk
    assert found() == [("note", "seal.unlisted", None)]
    write(1)
    seal(by=CLOCK)
    assert found() == []


def test_a_seal_stands_although_the_disk_has_no_room_for_its_line(transactional: Database) -> None:
    write(1)
    code = """
    import logging, pathlib
    logging.disable()
    list = pathlib.Path(os.environ["XIANFENG_DATA"], "keys", "seals.jsonl")
    list.mkdir(parents=True)
    print(seal(by=CLOCK).size)
    list.rmdir()
    """
    assert finish(start(transactional, code)) == "1\n"
    assert Seal.objects.count() == 1
    assert found() == [("note", "seal.unlisted", None)]


def test_a_printed_root_is_held_against_the_books(roots: dict[int, str]) -> None:
    def held(size: int, root: str) -> list[tuple[str, str, int | None]]:
        report = verify(paper=printed.parse(size, root))
        return [(one.weight, one.code, one.seq) for one in report.findings if one.code == "log.printed"]

    assert held(5, roots[5]) == [("note", "log.printed", 5)]
    assert held(10, roots[10]) == [("note", "log.printed", 10)]
    assert held(9, roots[10]) == [("fault", "log.printed", 9)]
    path().unlink()
    cut_back()
    assert verify().holds  # by itself nothing tells
    assert held(5, roots[5]) == [("note", "log.printed", 5)]
    assert held(10, roots[10]) == [("fault", "log.printed", 10)]
    write(4)
    assert held(10, roots[10]) == [("fault", "log.printed", 10)]
