"""A closed bulletin is numbered once, sealed, entered in the log, and never changes."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from tests.bulletins import office as offices
from tests.bulletins.office import TEMPLATE, Office
from tests.databases import Database
from tests.log.tampering import run
from xianfeng.bulletins import checks
from xianfeng.bulletins.closing import close, document_of, find, latest
from xianfeng.bulletins.models import Closing
from xianfeng.bulletins.verifying import verify
from xianfeng.log.actors import CLOCK
from xianfeng.log.models import Entry, Seal
from xianfeng.problems import Problem


@pytest.fixture
def ready(office: Office) -> Office:
    office.adopt(("first", TEMPLATE), ("second", TEMPLATE))
    office.file()
    return office


def test_a_closing_keeps_what_was_printed(ready: Office) -> None:
    composition = ready.compose()
    closing = close(composition, by=ready.actor)
    kept = document_of(Closing.objects.get(id=closing.id))
    assert kept.body == composition.document.body
    assert kept.sources == composition.document.sources
    assert closing.as_of == composition.as_of
    assert kept.sources[0].query is not None
    assert kept.sources[0].query.measure == "posts"


def test_the_root_that_it_prints_covers_everything_it_counts(ready: Office) -> None:
    closing = ready.close()
    seal = Seal.objects.get(size=closing.sealed)
    assert closing.sealed >= closing.as_of
    masthead = document_of(closing).masthead
    assert (masthead.root, masthead.sealed) == (bytes(seal.root).hex(), seal.size)


def test_the_closing_is_an_entry(ready: Office) -> None:
    closing = ready.close()
    entry = Entry.objects.get(seq=closing.id)
    assert (entry.stream, entry.action, entry.about) == ("bulletin", "close", closing.id)
    body = json.loads(entry.body)
    assert (body["number"], body["as_of"], body["root"]) == (1, closing.as_of, closing.root)


def test_a_number_is_closed_once(ready: Office) -> None:
    first = ready.close()
    with pytest.raises(Problem) as refused:
        ready.close()
    assert refused.value.code == "bulletin.already_closed"
    assert str(first.as_of) in refused.value.message
    assert Closing.objects.count() == 1


def test_closing_if_open_returns_what_is_closed(ready: Office) -> None:
    first = ready.close()
    ready.file()
    assert ready.close(if_open=True) == first


def test_another_bulletin_under_the_same_number_is_refused(ready: Office) -> None:
    ready.close()
    ready.adopt(("other", TEMPLATE))
    with pytest.raises(Problem) as refused:
        ready.close("other", if_open=True)
    assert refused.value.code == "bulletin.already_closed"


def test_numbers_follow_one_another(ready: Office) -> None:
    ready.close()
    ready.adopt(("third", TEMPLATE), number=3)
    with pytest.raises(Problem) as refused:
        ready.close("third")
    assert refused.value.code == "bulletin.number_gap"
    ready.adopt(("second", TEMPLATE), number=2)
    assert ready.close("second").number == 2


def test_another_series_is_numbered_by_itself(ready: Office) -> None:
    ready.close()
    ready.adopt(("special", TEMPLATE), series="活动简报增刊")
    assert ready.close("special").number == 1


def test_a_historical_campaign_bears_its_own_numbers(office: Office) -> None:
    office.adopt(("first", TEMPLATE), ("second", TEMPLATE), number=98, historical=True)
    office.close()
    office.adopt(("later", TEMPLATE), number=576, historical=True)
    assert office.close("later").number == 576


def test_the_clock_cannot_close(ready: Office) -> None:
    with pytest.raises(Problem) as refused:
        close(ready.compose(), by=CLOCK)
    assert refused.value.code == "bulletin.wrong_actor"


@pytest.mark.parametrize(
    "statement", ["UPDATE bulletins_closing SET number = 2", "DELETE FROM bulletins_closing"], ids=["update", "delete"]
)
def test_the_database_refuses_to_change_a_closing(ready: Office, statement: str) -> None:
    ready.close()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_verification_of_the_log_covers_closings(ready: Office) -> None:
    closing = ready.close()
    assert list(checks.check("default")) == []
    entry = Entry.objects.get(seq=closing.id)
    closing.document = closing.document.replace("posts", "members")
    assert checks.altered(closing, entry) == ("document",)
    assert "document" in checks.altered(closing, None)


def test_find_by_name_or_number(ready: Office) -> None:
    closing = ready.close()
    assert find("first") == find("1") == closing
    with pytest.raises(Problem) as refused:
        find("second")
    assert refused.value.code == "bulletin.not_closed"
    assert "first" in refused.value.hint
    with pytest.raises(Problem):
        find("9" * 5000)


def test_a_name_that_two_schemes_have_closed_must_be_told_with_its_scheme(ready: Office) -> None:
    here = ready.close()
    ready.scheme = "other-2012"
    ready.adopt(("first", TEMPLATE), series="组织年简报")
    there = ready.close()
    for name in ("first", "1"):
        with pytest.raises(Problem) as refused:
            find(name)
        assert refused.value.code == "bulletin.ambiguous"
        assert "base-2012 first" in refused.value.message
        assert "other-2012 first" in refused.value.message
        assert (find(name, scheme="base-2012"), find(name, scheme="other-2012")) == (here, there)
    assert (latest("base-2012", "first"), latest("other-2012", "first")) == (here, there)
    assert latest("other-2012", "second") is None


def test_two_offices_closing_at_once_close_once(transactional: Database) -> None:
    office = offices.founded()
    office.adopt(("first", TEMPLATE))
    office.file()
    composition = office.compose()
    codes: list[str] = []
    start = threading.Barrier(2)

    def race() -> None:
        start.wait()
        try:
            close(composition, by=office.actor)
            codes.append("closed")
        except Problem as problem:
            codes.append(problem.code)
        finally:
            connection.close()

    racers = [threading.Thread(target=race) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(codes) == ["bulletin.already_closed", "closed"]
    assert Closing.objects.count() == Entry.objects.filter(stream="bulletin").count() == 1


def test_a_name_is_closed_under_one_number_only(ready: Office) -> None:
    """Its address must go on showing what was published there."""
    ready.close()
    ready.adopt(("first", TEMPLATE), number=2)
    with pytest.raises(Problem) as refused:
        ready.close()
    assert refused.value.code == "bulletin.name_taken"
    assert latest(ready.scheme, "first") == Closing.objects.get()


def test_the_closing_itself_is_sealed(ready: Office) -> None:
    closing = ready.close()
    assert Seal.objects.order_by("-size").first().size >= closing.id


def test_a_composition_that_the_log_does_not_bear_out_is_not_closed(ready: Office) -> None:
    composition = ready.compose()
    spoilt = replace(composition, document=replace(composition.document, sources=()))
    with pytest.raises(Problem) as refused:
        close(spoilt, by=ready.actor)
    assert refused.value.code == "bulletin.lake_differs"
    assert Closing.objects.count() == 0


def test_a_closing_moved_behind_its_seal_is_told(ready: Office) -> None:
    """The closing row, its entry and leaf can be rewritten together until they are sealed; the order gives it away."""
    closing = ready.close()
    run("UPDATE bulletins_closing SET as_of = sealed + 1 WHERE id = %s", closing.id)
    moved = Closing.objects.get()
    assert not checks.in_order(moved)
    assert "bulletin.out_of_order" in {fault.code for fault in verify(moved).faults}
