"""The index follows the log, can be killed, repeated, made again, and tells when it is wrong."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.databases import Database
from tests.ledger import factories
from tests.search.conftest import PUBLIC, Library
from xianfeng.folding import fold
from xianfeng.ledger import actions
from xianfeng.log.append import head
from xianfeng.registry import actions as registry
from xianfeng.search import check, index
from xianfeng.search.models import SearchDocument, SearchProgress, SearchTerm


def content() -> list[tuple[object, ...]]:
    columns = ("kind", "about", "public", "full", "title", "text", "name", "keys", "paths")
    return sorted(SearchDocument.objects.values_list(*columns))


def terms() -> int:
    return SearchTerm.objects.count()


def work(library: Library) -> None:
    """Something of everything that changes the index."""
    world = library.world
    numbers = [library.file(f"学党章{number}", text="青口镇拆迁") for number in range(3)]
    actions.amend(by=world.author, record=numbers[0], values={"name": "学章程"}, reason="写错了")
    actions.withdraw(by=world.author, record=numbers[1], reason="重复登记")
    registry.rename(organisation=world.village, name="青圃村", day=dt.date(2012, 4, 1), by=world.importer)
    registry.move(organisation=world.village, parent=world.other_town, day=dt.date(2012, 5, 1), by=world.importer)


def test_extended_entry_by_entry_it_is_what_it_is_at_once(library: Library) -> None:
    work(library)
    while index.extend(most=1):
        assert index.reached() <= head()
    slowly, many = content(), terms()
    index.clear()
    index.extend()
    assert (content(), terms()) == (slowly, many)
    assert list(check.check()) == []


def test_taking_entries_twice_changes_nothing(library: Library) -> None:
    work(library)
    index.extend()
    once, many = list(SearchDocument.objects.order_by("id").values_list()), terms()
    SearchProgress.objects.update(reached=0)
    index.extend()
    assert list(SearchDocument.objects.order_by("id").values_list()) == once
    assert terms() == many


def test_a_step_that_is_taken_back_has_not_come_further(library: Library) -> None:
    index.extend()
    reached, before = index.reached(), content()
    library.file("学党章")
    with transaction.atomic():
        index.extend()
        assert content() != before
        transaction.set_rollback(True)
    assert (index.reached(), content()) == (reached, before)


def test_a_search_takes_only_some_entries(library: Library) -> None:
    index.extend()
    for _ in range(3):
        library.file("学党章")
    assert index.extend(most=2) == 2
    assert index.reached() < head()


def test_a_search_does_not_wait_for_those_who_write(transactional: Database) -> None:
    library = Library(factories.world())
    index.extend()
    library.file("学党章")
    before = index.reached()
    writing, done = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            index.extend(most=1)
            writing.set()
            done.wait(30)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait(30)
    index.catch_up()
    assert index.reached() == before
    done.set()
    writer.join()
    index.catch_up()
    assert index.reached() == head()


@pytest.mark.parametrize("spoil", ["text", "term", "document", "stranger"])
def test_the_check_finds_what_was_spoilt(library: Library, spoil: str) -> None:
    library.file("学党章")
    index.extend()
    assert list(check.check()) == []
    row = SearchDocument.objects.order_by("-seq").first()
    assert row is not None
    match spoil:
        case "text":
            SearchDocument.objects.filter(id=row.id).update(text="别的")
        case "term":
            SearchTerm.objects.filter(document=row.id).order_by("term")[:1].get().delete()
        case "document":
            row.delete()
        case "stranger":
            SearchTerm.objects.create(term=1, document=2**40)
    assert list(check.check())


def test_another_folding_asks_for_another_index(library: Library) -> None:
    index.extend()
    SearchProgress.objects.update(spelling="0-older")
    (found,) = check.check()
    assert "search rebuild" in found.message


def test_what_a_new_version_takes_back_is_found_no_longer(library: Library) -> None:
    number = library.file("曾经公开的名字")
    assert library.found("曾经公开", sight=PUBLIC) == [number]
    hidden = factories.SCHEME.replace("required: true, public: true", "required: true")
    actions.adopt(factories.package(hidden), by=library.world.importer)
    assert library.found("曾经公开", sight=PUBLIC) == []
    assert library.found("曾经公开", sight=library.at(library.world.village)) == [number]
    assert list(check.check()) == []


@settings(max_examples=15)
@given(name=st.text(alphabet="创先争優黨员乾部，服务群众 Aa1１", min_size=1, max_size=12).filter(fold))
def test_every_pair_of_a_public_text_finds_it(library: Library, name: str) -> None:
    number = library.file(name)
    folded = fold(name)
    for pair in {folded[place : place + 2] for place in range(len(folded))}:
        if len(pair) == 2 or not pair.isascii():
            assert number in library.found(pair, sight=PUBLIC, limit=1000)
