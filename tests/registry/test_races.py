"""Two who change the tree at once take turns, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from tests.databases import Database
from tests.registry.trees import DAY, chain, unit
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import head
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.registry import rebuild
from xianfeng.registry.actions import close, move
from xianfeng.registry.models import Organisation


def _both(*works: object) -> list[str]:
    def work(one: object) -> str:
        try:
            assert callable(one)
            one()
        except Problem as problem:
            return problem.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(work, works))


def test_two_moves_never_make_a_circle(transactional: Database) -> None:
    for number in range(5):
        top = unit(f"top{number}")
        left, right = unit(f"left{number}", top), unit(f"right{number}", top)
        outcome = _both(
            lambda a=left, b=right: move(organisation=a, parent=b, day=DAY, by=CLOCK),
            lambda a=left, b=right: move(organisation=b, parent=a, day=DAY, by=CLOCK),
        )
        assert outcome == ["done", "registry.under_itself"]
    assert rebuild.compare() == []


def test_nobody_is_founded_under_a_parent_that_closes(transactional: Database) -> None:
    for number in range(5):
        _, parent = chain(f"city{number}", f"parent{number}")
        outcome = _both(
            lambda n=number, p=parent: unit(f"child{n}", p),
            lambda p=parent: close(organisation=p, day=DAY, by=CLOCK),
        )
        closed = Organisation.objects.get(id=parent).closed is not None
        assert outcome == (["done", "registry.closed"] if closed else ["done", "registry.children_open"])
    assert Entry.objects.count() == head()
    assert rebuild.compare() == []
