"""What a page asks of the registry another page of the same process need not ask again, and nobody reads what was."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.databases import Database
from tests.registry.trees import DAY, LATER, chain, unit
from xianfeng.accounts.reach import Reach, holding
from xianfeng.log.actors import CLOCK
from xianfeng.registry import chains, desks, tree
from xianfeng.registry.actions import close, move, rename
from xianfeng.registry.known import Known
from xianfeng.registry.models import Organisation
from xianfeng.remembered import one_page

NONE = 2**63  # of no organisation


def told(top: int, one: int, other: int, *, codes: tuple[str, ...] = ("one", "uno", "none")) -> Any:
    """What pages ask, of which any may have been asked before."""
    return (
        tree.path(one, LATER),
        tree.path(one, DAY),
        tree.named([top, one, other, NONE], LATER),
        tree.is_above(other, one, LATER),
        [(found and found.id, found and found.name) for found in map(tree.by_any_code, codes)],
        chains.upwards(one),
        chains.upwards(NONE),
        desks.sharing([top, one, other]),
        desks.at(one),
        [holding(each) for each in (top, one, other)],
        Reach(holding(other)).organisations([top, one, other]),
    )


def page(*asked: int) -> Any:
    with one_page():
        return told(*asked)


def elsewhere(work: Callable[[], object]) -> None:
    """By another process, or a thread that is no page's."""

    def done() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(done).result()


def test_after_each_change_a_page_reads_what_is(transactional: Database) -> None:
    top, one = chain("top", "one")
    other = unit("other", top)
    asked = (top, one, other)
    before = page(*asked)
    assert before == told(*asked)
    changes: list[Callable[[], object]] = [
        lambda: rename(organisation=one, name="新名", code="uno", day=DAY, by=CLOCK),
        lambda: move(organisation=one, parent=other, day=LATER, by=CLOCK),
        lambda: unit("body", one, type_="body"),
        lambda: close(organisation=unit("last", other), day=LATER, by=CLOCK),
    ]
    for change in changes:
        elsewhere(change)
        now = page(*asked)
        assert now == told(*asked)
        assert now != before or change is changes[-1]
        before = now


def test_the_next_page_asks_only_whether_anything_changed(transactional: Database) -> None:
    asked = (*chain("top", "one"), unit("other"))
    page(*asked)
    with one_page(), CaptureQueriesContext(connection) as queries:
        told(*asked, codes=("one",))
    assert [query["sql"] for query in queries if "registry_" in query["sql"]] == []
    assert len(queries) == 1


def test_codes_that_nobody_bears_fill_no_memory(transactional: Database) -> None:
    """Any visitor may ask for them, of any length."""
    chain("top", "one")
    found: list[Collection[str]] = []

    def find(codes: Collection[str]) -> dict[str, Organisation | None]:
        found.append(codes)
        return {code: Organisation.objects.filter(code=code).first() for code in codes}

    known, long = Known(find), "x" * 8000
    for _ in range(2):
        with one_page():
            answers = known.each(["one", long])
        assert (answers["one"] is None, answers[long]) == (False, None)
    assert [[*codes] for codes in found] == [["one", long], [long]], "what is there is kept, what is not is not"


def test_what_never_came_to_be_nobody_reads(transactional: Database) -> None:
    top, one = chain("top", "one")
    other = unit("other", top)
    before = page(top, one, other)
    with transaction.atomic(), one_page():
        move(organisation=one, parent=other, day=LATER, by=CLOCK)
        assert tree.is_above(other, one, LATER)
        transaction.set_rollback(True)
    assert page(top, one, other) == before


def test_what_is_written_sees_what_was_written_just_before(transactional: Database) -> None:
    top, one = chain("top", "one")
    other = unit("other", top)
    page(top, one, other)
    with transaction.atomic():
        move(organisation=one, parent=other, day=LATER, by=CLOCK)
        assert tree.path(one, LATER)[-2].id == other
