"""Matters that may be about the same: suggested where the words are much alike, not where only the place is."""

from __future__ import annotations

import copy

import pytest

from tests.ledger.factories import World
from xianfeng.ledger.models import Record
from xianfeng.matters import codes, duplicates, intake
from xianfeng.matters.duplicates import Pairs
from xianfeng.matters.intake import CITIZEN, Wish

PLACES = ("凤凰池社区", "洪山镇", "鼓楼区")
LIKE = (
    ("凤凰池社区垃圾屋气味重，请处理", "凤凰池社区的垃圾屋气味重，请处理一下"),
    ("路灯坏了", "凤凰池社区3号楼前面的路灯坏了三盏，晚上老人出门看不见路，摔过一次"),
    ("小区门口路灯不亮", "凤凰池小区大门口的路灯不亮了，请尽快修理"),
    ("楼上装修太吵，晚上十点还在敲墙", "楼上装修晚上十点还敲墙，太吵了，没法休息"),
    ("自来水管漏水两天了没人修", "水管漏水已经两天，还是没人来修"),
    ("井盖缺失，有人差点掉下去", "路口井盖缺失，希望尽快补上"),
    ("电梯经常停在半层", "3号楼的电梯经常停，昨天又把人关在半层"),
    ("老年證怎麼辦理", "老年证怎么办理，要带什么材料"),
    ("低保申请交了三个月没有回音", "三个月前交了低保申请，到现在没有回音"),
    ("占道经营，早上堵得走不动", "菜市场门口占道经营，早上堵车"),
    ("学校门口放学时车太多，孩子过马路危险", "放学时学校门口车多，过马路很危险"),
    ("公交站牌倒了", "西洪路口的公交站牌倒了一个星期"),
)
UNLIKE = (
    ("凤凰池社区路灯坏了，请处理", "凤凰池社区垃圾屋气味重，请处理"),
    ("希望有关部门尽快解决停车难的问题", "希望有关部门尽快解决噪音扰民的问题"),
    ("水管坏了没人修", "路灯坏了没人修"),
    ("老年证怎么办理", "残疾证怎么办理"),
    ("楼上装修太吵", "楼上漏水到我家"),
    ("3号楼的电梯坏了", "3号楼的门禁打不开"),
    ("低保申请交了三个月没有回音", "公租房申请交了三个月，现在想换地方"),
    ("小区门口路灯不亮", "小区门口乱停车，消防车进不来"),
    ("漏水", "天台漏水，太阳能也坏了，物业一直说没有钱修，已经一年"),
    ("施工围挡占了人行道", "人行道的砖坏了，老人容易摔倒"),
    ("医保卡刷不出来", "医保报销比例是多少"),
    ("希望在小区加装电梯", "希望在小区加装充电桩"),
)


def share(one: str, other: str) -> int:
    pairs = Pairs(PLACES)
    return duplicates.alike_by(pairs.of(one), pairs.of(other))


@pytest.mark.parametrize(("one", "other"), LIKE)
def test_the_same_thing_in_other_words_is_suggested(one: str, other: str) -> None:
    assert share(one, other) == share(other, one) >= 50


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_another_thing_at_the_same_place_is_not(one: str, other: str) -> None:
    assert share(one, other) == share(other, one) == 0


def test_what_is_asked_alike_of_two_things_is_suggested_all_the_same() -> None:
    """Words are compared, not meanings; who handles it sees at a glance."""
    assert share("请问社区医院几点开门", "请问社区食堂几点开门") == 60


def test_a_text_of_nothing_but_courtesy_is_like_none() -> None:
    assert share("请尽快处理！", "请尽快处理！") == share("", "") == 0


def brought(world: World, words: str, at: int) -> Record:
    wish = Wish(text=words, via="web", private=False)
    return intake.file(by=CITIZEN, scheme="trial-2012", organisation=at, wish=wish, code=codes.fresh())


def suggested(record: Record) -> list[str]:
    return [one.text for one in duplicates.alike(record, duplicates.near(record))]


def test_open_ones_of_the_area_are_suggested_the_likest_first(world: World) -> None:
    brought(world, "青口村水管漏水，请处理", world.village)
    brought(world, "垃圾屋味重，楼下有蚊子", world.village)
    brought(world, "青口村的垃圾屋气味重，请处理一下", world.village)
    brought(world, "青口村垃圾屋气味重，请处理", world.other_village)
    asked = brought(world, "青口村垃圾屋气味重，请处理", world.village)
    assert suggested(asked) == ["青口村的垃圾屋气味重，请处理一下", "垃圾屋味重，楼下有蚊子"]


def test_of_however_many_the_latest_are_compared(world: World) -> None:
    brought(world, "路灯坏了一盏", world.village)
    last = brought(world, "路灯坏了两盏", world.village)
    others = [copy.copy(last) for _ in range(duplicates.MOST_COMPARED - 1)]
    for number, one in enumerate(others, start=last.id + 1):
        one.pk, one.reference, one.values = number, f"{number}", one.values.replace("路灯坏了两盏", "水管漏水")
    Record.objects.bulk_create(others)
    asked = copy.copy(last)
    asked.pk = others[-1].id + 1
    assert suggested(asked) == ["路灯坏了两盏"]
