"""Nobody finds what he may not read: not by a question, not in an excerpt, not by what comes on the next page."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.search.conftest import PUBLIC, Library
from xianfeng.ledger import actions
from xianfeng.registry import actions as registry
from xianfeng.search import index
from xianfeng.search.models import SearchDocument


@pytest.fixture
def number(library: Library) -> int:
    """A record of the village: its name is public, its text is not."""
    return library.file("学习党章", text="拆迁补偿方案尚未公布", phone="13905910591")


def test_the_public_finds_what_is_published(library: Library, number: int) -> None:
    assert library.found("党章", sight=PUBLIC) == [number]


@pytest.mark.parametrize("asked", ["拆迁", "补偿方案", "党章 拆迁", "尚"])
def test_the_public_does_not_find_the_rest(library: Library, number: int, asked: str) -> None:
    hits = library.hits(asked, sight=PUBLIC)
    assert (hits.rows, hits.after) == ((), "")


def test_what_the_public_finds_says_nothing_else(library: Library, number: int) -> None:
    (row,) = library.hits("党章", sight=PUBLIC).rows
    assert "拆迁" not in json.dumps(row, ensure_ascii=False)


def test_those_within_find_all_of_it_once(library: Library, number: int) -> None:
    world = library.world
    for organisation in (world.village, world.town, world.county, world.province):
        sight = library.at(organisation)
        assert library.found("拆迁", sight=sight) == [number]
        (row,) = library.hits("党章", sight=sight).rows
        assert "拆迁" in row.text


def test_a_neighbour_is_the_public(library: Library, number: int) -> None:
    sight = library.at(library.world.other_town)
    assert library.found("拆迁", sight=sight) == []
    (row,) = library.hits("党章", sight=sight).rows
    assert "拆迁" not in row.text


def test_nothing_personal_is_in_the_index(library: Library, number: int) -> None:
    assert library.found("13905910591") == []
    rows = json.dumps(list(SearchDocument.objects.values_list()), ensure_ascii=False)
    assert "1390" not in rows


def test_drafts_are_found_within_and_not_in_public(library: Library) -> None:
    draft = library.world.file(state=None, values={"name": "秘密草稿"}).id
    assert library.found("草稿", sight=PUBLIC) == []
    assert library.found("草稿", sight=library.at(library.world.other_town)) == []
    assert library.found("草稿", sight=library.at(library.world.town)) == [draft]


def test_what_is_withdrawn_is_public_no_longer(library: Library, number: int) -> None:
    assert library.found("党章", sight=PUBLIC) == [number]
    actions.withdraw(by=library.world.author, record=number, reason="重复登记")
    assert library.found("党章", sight=PUBLIC) == []
    assert library.found("党章", sight=library.at(library.world.town)) == [number]


def test_amended_words_go_and_come(library: Library, number: int) -> None:
    assert library.found("党章", sight=PUBLIC) == [number]
    actions.amend(by=library.world.author, record=number, values={"name": "学习章程"}, reason="写错了")
    assert library.found("党章", sight=PUBLIC) == []
    assert library.found("章程", sight=PUBLIC) == [number]


def test_whoever_moves_is_found_by_the_new_superior(library: Library, number: int) -> None:
    """Work stays where it was done, and goes with who holds it."""
    world = library.world
    assert library.found("拆迁", sight=library.at(world.other_town)) == []
    registry.move(organisation=world.village, parent=world.other_town, day=dt.date(2012, 5, 1), by=world.importer)
    assert library.found("拆迁", sight=library.at(world.other_town)) == [number]
    assert library.found("拆迁", sight=library.at(world.town)) == [number]


def test_a_handed_over_record_is_the_successor_s_too(library: Library, number: int) -> None:
    world = library.world
    day = dt.date(2012, 5, 1)
    actions.hand_over(by=world.importer, record=number, to=world.other_village, day=day, reason="合并")
    assert library.found("拆迁", sight=library.at(world.other_town)) == [number]


def test_erasure_takes_nothing_from_the_index_because_nothing_was_in_it(library: Library, number: int) -> None:
    index.extend()
    before = list(SearchDocument.objects.order_by("id").values_list("id", "text"))
    one, other = library.world.of(library.world.village), library.world.of(library.world.town)
    from dataclasses import replace

    actions.erase(by=(one, replace(other, person=2)), record=number, reason="本人要求")
    index.extend()
    assert list(SearchDocument.objects.order_by("id").values_list("id", "text")) == before


def matter(library: Library) -> int:
    """Of 青口村; 荆溪镇 handles it."""
    world = library.world
    values = {"text": "村口路灯坏了", "via": "web", "handler": world.other_town}
    given = {"scheme": "trial-2012", "kind": "matter", "organisation": world.village, "day": dt.date(2012, 3, 5)}
    return actions.file(by=world.author, values=values, **given).id


def test_a_matter_is_found_by_whoever_handles_it_and_by_his_name(library: Library) -> None:
    world, number = library.world, matter(library)
    assert library.found("路灯", sight=library.at(world.other_town)) == [number]
    for organisation in (world.village, world.town, world.other_town):
        assert library.found("荆溪镇", sight=library.at(organisation)) == [number]
        assert library.found("路灯 荆溪镇", sight=library.at(organisation)) == [number]
    assert library.found("荆溪镇", sight=library.at(world.other_village)) == []
    assert library.found("荆溪镇", sight=PUBLIC) == []


def test_it_is_found_by_what_its_handler_is_called_now_and_by_its_next_one(library: Library) -> None:
    world, number = library.world, matter(library)
    assert library.found("荆溪镇", sight=library.at(world.village)) == [number]
    registry.rename(organisation=world.other_town, name="溪源镇", day=dt.date(2012, 4, 1), by=world.importer)
    assert library.found("溪源镇", sight=library.at(world.village)) == [number]
    assert library.found("荆溪镇", sight=library.at(world.village)) == []
    actions.amend(by=world.author, record=number, values={"handler": world.town}, reason="派错了")
    assert library.found("溪源镇", sight=library.at(world.village)) == []
    assert library.found("路灯", sight=library.at(world.other_town)) == []
