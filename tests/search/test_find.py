"""What is found, by what, in which order."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.search.conftest import PUBLIC, Library
from xianfeng.ledger import actions
from xianfeng.registry import actions as registry
from xianfeng.search.sight import Sight
from xianfeng.search.terms import Kind

ORGANISATION = Kind.ORGANISATION


@pytest.mark.parametrize("asked", ["拆迁", "拆遷", "青口镇拆迁工作", "镇拆", "工作 青口", "迁"])
def test_a_record_by_a_word_of_its_text(library: Library, asked: str) -> None:
    number = library.file("学党章", text="青口镇“拆迁”工作汇报")
    library.file("学党章", text="青口村，工程作业")
    assert library.found(asked) == [number]


def test_the_pairs_of_a_word_are_not_the_word(library: Library) -> None:
    library.file("学党章", text="创先活动、先争一步、争优评比")
    assert library.found("创先争优") == []


def test_a_word_does_not_reach_from_one_field_into_the_next(library: Library) -> None:
    library.file("党员先", text="锋岗")
    assert library.found("先锋") == []


def test_over_converted_text_is_found(library: Library) -> None:
    number = library.file("機關黨員乾部入戶談心服務活動", text="提昇信息化水平，優化昇級")
    assert [library.found(word) for word in ("干部", "升级", "提升", "機關", "机关")] == [[number]] * 5


@pytest.mark.parametrize("asked", ["鼓楼", "鼓樓區", "glq", "gl", "GL", "gulou", "350102", "3501", "鼓", "楼区"])
def test_an_organisation_by_name_sound_or_code(library: Library, asked: str) -> None:
    founding = registry.Founding(
        code="350102", name="鼓楼区", type="division", level="county", parent=library.world.city
    )
    (number,) = registry.found_many(foundings=[founding], by=library.world.importer)
    assert number in library.found(asked, ORGANISATION)


def test_a_former_name_and_a_former_code_find_it(library: Library) -> None:
    day = dt.date(2017, 11, 6)
    registry.rename(organisation=library.world.county, name="闽侯区", code="350199", day=day, by=library.world.importer)
    assert [library.found(asked, ORGANISATION)[0] for asked in ("闽侯县", "350121", "mhq", "350199")] == [
        library.world.county
    ] * 4


def test_just_that_name_comes_first_then_beginnings_then_the_rest(library: Library) -> None:
    world = library.world
    names = ["大荆溪", "荆溪镇中学", "荆溪"]
    foundings = [
        registry.Founding(code=f"X{number}", name=name, type="unit", level="unit", parent=world.other_town)
        for number, name in enumerate(names)
    ]
    inner, longer, just = registry.found_many(foundings=foundings, by=world.importer)
    assert library.found("荆溪", ORGANISATION) == [just, world.other_town, longer, world.other_village, inner]


def test_the_own_subtree_comes_first_within_a_rank(library: Library) -> None:
    world = library.world
    units = [
        registry.Founding(code=f"X{parent}", name="便民服务站", type="unit", level="unit", parent=parent)
        for parent in (world.village, world.other_village)
    ]
    near, far = registry.found_many(foundings=units, by=world.importer)
    assert library.found("服务站", ORGANISATION, library.at(world.town)) == [near, far]
    assert library.found("服务站", ORGANISATION, library.at(world.other_town)) == [far, near]
    assert library.found("服务站", ORGANISATION, library.at(world.town), own_only=True) == [near]


def test_what_is_closed_comes_last_and_says_so(library: Library) -> None:
    world = library.world
    registry.close(
        organisation=world.village, successor=world.other_village, day=dt.date(2013, 1, 1), by=world.importer
    )
    rows = library.hits("村", ORGANISATION).rows
    assert [(row.about, row.closed) for row in rows] == [(world.other_village, False), (world.village, True)]


def test_newer_records_come_first(library: Library) -> None:
    first, second = library.file("学党章甲"), library.file("学党章乙")
    assert library.found("党章") == [second, first]


def test_pages_follow_one_another_without_gap_or_repetition(library: Library) -> None:
    filed = [library.file(f"学党章{number}") for number in range(7)] + [library.file("党章")]
    for sight in (library.everything, PUBLIC, library.at(library.world.town), library.at(library.world.other_town)):
        seen: list[int] = []
        after = ""
        while True:
            hits = library.hits("党章", sight=sight, after=after, limit=3)
            seen += [row.about for row in hits.rows]
            after = hits.after
            if not after:
                break
        assert seen == [filed[-1], *reversed(filed[:-1])]


@pytest.mark.parametrize(
    "asked", ["", "  ", "，。", "\x00", "没有这样的词", "'; DROP TABLE", "%", "a" * 5000, "村 " * 500]
)
def test_any_question_has_an_answer(library: Library, asked: str) -> None:
    for kind in Kind:
        for sight in (PUBLIC, library.everything):
            library.hits(asked, kind, sight)


@pytest.mark.parametrize("after", ["x", "1", "1.x", "-3.5", "9.9", f"0.{10**30}"])
def test_a_made_up_mark_is_no_fault(library: Library, after: str) -> None:
    library.file("学党章")
    library.hits("党章", after=after)


def test_a_scheme_by_its_title_and_its_parts(library: Library) -> None:
    (number,) = library.found("试点", Kind.SCHEME, Sight())
    assert library.found("学习", Kind.SCHEME, Sight()) == [number]


def test_withdrawn_work_is_marked(library: Library) -> None:
    number, other = library.file("学党章"), library.file("学党章")
    actions.withdraw(by=library.world.author, record=other, reason="重复登记")
    assert [(row.about, row.closed) for row in library.hits("党章").rows] == [(number, False), (other, True)]
