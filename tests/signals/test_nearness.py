"""Copies are found among many texts, whatever was changed in them to hide it, and a text of one's own is not."""

from __future__ import annotations

import random

import pytest
from benchmarks import retold

from xianfeng.likeness import Clearing
from xianfeng.signals.nearness import near
from xianfeng.signals.pieces import pieces

TEXT = (
    "六月底前修好村口到小学的一公里路，铺水泥，装十二盏路灯；由支部书记负责，村民代表每半月看一次进度，"
    "完工后账目贴在村委会门口"
)
COPIES = {
    "as it is": TEXT,
    "other marks": TEXT.replace("，", "、").replace("；", "。"),
    "traditional": TEXT.replace("书记负责", "書記負責").replace("贴", "貼"),
    "another person": TEXT.replace("支部书记", "村委会主任"),
    "clauses turned round": "；".join(reversed(TEXT.split("；"))),
    "padded": f"为深入贯彻会议精神，{TEXT}",
}
OTHERS = {
    "another promise": "八月底前给全村老人体检一次，乡卫生院派两名医生来，结果当面告诉本人，有病的联系县医院",
    "the same duty in one's own words": "路的事今年办完：先硬化学校门前那一段，再把路灯接上，材料钱由村集体出，"
    "请老党员管质量，花了多少张榜公布",
}


def found(*texts: str, said: tuple[str, ...] = (), least: int = 20) -> list[tuple[int, int]]:
    clearing = Clearing(said)
    pairs = near(pieces(map(clearing.parts, texts)), least=least)
    return list(zip(pairs.ones.tolist(), pairs.others.tolist(), strict=True))


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copy_is_found(copy: str) -> None:
    assert found(OTHERS["another promise"], TEXT, copy) == [(1, 2)]


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_text_of_ones_own_is_not(other: str) -> None:
    assert found(TEXT, other) == []


def test_only_numbers_that_differ_make_no_other_text() -> None:
    one = "今年慰问困难党员和群众35户，发放慰问金12000元，由组织委员逐户登门，名单公示7天，接受大家监督"
    assert found(one, one.replace("35", "48").replace("12000", "16500").replace("7", "5")) == [(0, 1)]


def test_words_that_everybody_is_given_do_not_count() -> None:
    given = "我们承诺按照上级党组织的统一部署认真抓好落实，按时公开，自觉接受党员和群众监督"
    own = ("六月修好水渠三百米", "七月办暑期托管班")
    texts = [f"{one}。{given}" for one in own]
    assert found(*texts, least=5) == [(0, 1)]
    assert found(*texts, said=(given,), least=5) == []


def test_what_says_too_little_is_no_copy() -> None:
    assert found("按时完成", "按时完成") == []


def test_the_share_is_that_of_the_pieces_themselves() -> None:
    one, other = "abcdefghij", "abcdefghiz"  # seven pieces of three letters are both's, of nine
    pairs = near(pieces([[one], [other]]), limit=0.1, least=1)
    assert pairs.shares.tolist() == [7 / 9]


def test_a_text_copied_by_very_many_is_told_of_each_with_the_first() -> None:
    lot = random.Random(7)  # noqa: S311 -- texts, no secrets
    alone = ["".join(lot.choices("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏", k=60)) for _ in range(50)]
    pairs = found(*alone, *[TEXT] * 500)
    assert pairs == [(50, at) for at in range(51, 550)]


def test_every_near_pair_of_many_is_found_that_comparing_all_finds() -> None:
    lot = random.Random(3)  # noqa: S311 -- texts, no secrets
    letters = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
    first = ["".join(lot.choices(letters, k=70)) for _ in range(60)]
    edited = [text[:20] + "".join(lot.choices(letters, k=4)) + text[24:] for text in first]
    sets = [{text[at : at + 3] for at in range(len(text) - 2)} for text in first + edited]
    wanted = [
        (one, other)
        for one in range(len(sets))
        for other in range(one + 1, len(sets))
        if len(sets[one] & sets[other]) >= 0.5 * len(sets[one] | sets[other])
    ]
    assert len(wanted) == len(first)
    assert found(*first, *edited) == wanted


def test_nothing_is_near_nothing() -> None:
    assert found() == []
    assert found("", "。") == []


def test_a_text_half_of_whose_words_were_retold_is_found_among_many_on_the_same_work() -> None:
    made = list(retold.pairs())
    pairs = set(found(*(text for one in made for text in (one.one, one.other))))
    told = dict.fromkeys(dict.fromkeys(one.what for one in made), 0)
    for at, one in enumerate(made):
        told[one.what] += (2 * at, 2 * at + 1) in pairs
    assert told["honest, on the same work"] <= retold.EACH // 100
    assert told["half of the words retold"] > retold.EACH // 4
    assert sum(told.values()) > 0.8 * 5 * retold.EACH
