"""How long it takes to find copied texts among a nation's promises, and how many are found, on texts made with care.

    python -m benchmarks.signals [TEXTS]

Texts are made clause by clause from what branches promise: what, for whom, by when, who answers, who looks. A labelled
set stands among them: copies whose names or numbers were swapped, whose clauses were turned round, that were padded,
shortened, or all of these at once; and honest look-alikes, two branches on the same duty each in words of its own,
with the same opening that everybody uses. That set chose the limit; a second one, made afterwards by other rules
(`retold`), did not. Precision and recall are of those pairs, told by kind of edit: what is told of made texts says how
the edits are borne, not how often people copy. The processor's time is told beside the wall
clock, which another's load lengthens.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks import retold
from xianfeng.likeness import Clearing
from xianfeng.signals.nearness import near
from xianfeng.signals.pieces import pieces

TEXTS = 1_000_000
GOAL, MEMORY = 300.0, 4.0  # seconds, GiB
LABELLED = 1_000  # pairs of each kind

_OPENING = "为深入开展创先争优活动，结合本支部实际，作出如下承诺"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国红梅志文海波晓东云飞"
_PLACES = "东街 西街 南门 北门 河口 上坊 下坊 桥头 柳树 青石 白马 金鸡 凤山 龙潭 大洋 小洋 新店 旧镇 梅溪 竹林".split()  # noqa: SIM905 -- as above
_FOR = "困难党员 空巢老人 留守儿童 残疾人家庭 返乡青年 种粮大户 低保户 退役军人 环卫工人 小商户 租住户 养殖户".split()  # noqa: SIM905 -- as above
_WHAT = [
    "修好通往{place}的{n}米路",
    "给{whom}送去{n}份年货",
    "办{n}期技能培训班",
    "清理{place}的{n}处垃圾点",
    "装{n}盏路灯",
    "帮{whom}联系{n}个工作岗位",
    "走访{n}户{whom}",
    "挖通{place}水渠{n}米",
    "给{whom}体检{n}人次",
    "调解{n}起邻里纠纷",
    "把办事窗口延长{n}小时",
    "在{place}植树{n}棵",
    "代办{n}件证照",
    "为{whom}减免{n}元费用",
    "修缮{place}的{n}间旧房",
    "组织{n}场露天电影",
    "更换{n}个消防栓",
    "发放{n}册防诈骗手册",
    "开设{n}个周末托管班",
    "疏通{place}下水道{n}处",
    "给{n}户{whom}检修电线",
    "引进{n}台收割机",
    "加装{n}处扶手",
    "建{n}平方米的晒谷场",
    "为{whom}办{n}笔小额贷款",
]
_WHEN = [
    "{m}月底前",
    "{m}月中旬以前",
    "赶在{m}月农忙之前",
    "从{m}月起",
    "第{q}季度内",
    "{m}月{d}日前完成",
    "最迟{m}月",
    "分两批，头一批在{m}月",
]
_WHO = [
    "由{name}负责",
    "{name}具体抓",
    "{name}、{other}两人包干",
    "请{name}带队",
    "{name}牵头，{other}配合",
    "交给{name}同志",
    "联系人是{name}",
]
_LOOK = [
    "每月在公开栏公布进度",
    "请群众代表{n}人监督",
    "完工后张榜公布账目",
    "做不到在党员大会上说明原因",
    "由{other}每周检查一次",
    "老党员小组随时查看",
    "年底请服务对象打分",
    "结果写进支部记录",
    "花费逐笔贴在门口",
    "欢迎打电话给{name}反映问题",
    "每季度向{place}居民通报",
    "请{other}记账，{name}复核",
]
_PADDING = (
    "坚持以人为本，切实转变作风",
    "进一步增强责任感和紧迫感",
    "努力做到让群众满意",
    "以实际行动迎接党的生日",
    "确保各项工作落到实处",
    "加强组织领导，明确责任分工",
)


@dataclass(frozen=True)
class Pair:
    what: str
    copied: bool
    one: list[str]  # clauses
    other: list[str]


class Maker:
    """Makes texts by lot, the same each time."""

    def __init__(self, seed: int) -> None:
        self.lot = random.Random(seed)  # noqa: S311 -- texts, no secrets

    def name(self) -> str:
        return self.lot.choice(_SURNAMES) + "".join(self.lot.choices(_GIVEN, k=2))

    def clause(self, form: str) -> str:
        pick = self.lot
        return form.format(
            place=pick.choice(_PLACES), whom=pick.choice(_FOR), n=pick.randint(2, 300), m=pick.randint(3, 12),
            q=pick.choice("二三四"), d=pick.randint(1, 28), name=self.name(), other=self.name(),
        )  # fmt: skip

    def item(self, what: str) -> str:
        forms = [what, self.lot.choice(_WHEN), self.lot.choice(_WHO)]
        if self.lot.random() < 0.5:
            forms[0], forms[1] = forms[1], forms[0]
        return "，".join(map(self.clause, forms))

    def text(self, duties: list[str] | None = None) -> list[str]:
        """An opening that half of all use, some promises, and who looks after them."""
        opening = [_OPENING] if self.lot.random() < 0.5 else []
        wanted = duties or self.lot.sample(_WHAT, self.lot.randint(3, 5))
        return [*opening, *map(self.item, wanted), *map(self.clause, self.lot.sample(_LOOK, 2))]


def _names(make: Maker, text: list[str]) -> list[str]:
    for place in _PLACES:
        if any(place in clause for clause in text):
            other = make.lot.choice(_PLACES)
            text = [clause.replace(place, other) for clause in text]
    return [_people(make, clause) for clause in text]


def _people(make: Maker, clause: str) -> str:
    for form in ("由", "请", "交给", "联系人是"):
        if (at := clause.find(form)) >= 0:
            at += len(form)
            return clause[:at] + make.name() + clause[at + 3 :]
    return clause


def _numbers(make: Maker, text: list[str]) -> list[str]:
    return ["".join(str(make.lot.randint(1, 9)) if one.isdigit() else one for one in clause) for clause in text]


def _reordered(make: Maker, text: list[str]) -> list[str]:
    return make.lot.sample(text, len(text))


def _padded(make: Maker, text: list[str]) -> list[str]:
    padding = make.lot.sample(_PADDING, 2)
    return [padding[0], *text, padding[1]]


def _shortened(make: Maker, text: list[str]) -> list[str]:
    left_out = make.lot.randrange(len(text))
    return text[:left_out] + text[left_out + 1 :]


def _all(make: Maker, text: list[str]) -> list[str]:
    for edit in (_numbers, _reordered, _padded, _names):
        text = edit(make, text)
    return text


EDITS: dict[str, Callable[[Maker, list[str]], list[str]]] = {
    "names swapped": _names,
    "numbers swapped": _numbers,
    "clauses reordered": _reordered,
    "padded": _padded,
    "a clause left out": _shortened,
    "names, numbers, order, padding": _all,
}


def labelled(make: Maker) -> Iterator[Pair]:
    for what, edit in EDITS.items():
        for _ in range(LABELLED):
            one = make.text()
            yield Pair(what, True, one, edit(make, one))
    for _ in range(LABELLED * len(EDITS)):
        duties = make.lot.sample(_WHAT, 3)
        yield Pair("honest, on the same duties", False, make.text(duties), make.text(make.lot.sample(duties, 3)))


def main(count: int) -> int:
    make = Maker(2012)
    pairs = list(labelled(make))
    texts = ["；".join(clauses) for pair in pairs for clauses in (pair.one, pair.other)]
    texts += ["；".join(make.text()) for _ in range(count - len(texts))]
    clearing = Clearing([_OPENING])
    wall, spent = time.perf_counter(), time.process_time()
    found = near(pieces(map(clearing.parts, texts)))
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    told = set(zip(found.ones.tolist(), found.others.tolist(), strict=True))
    print(f"near-duplicates over {len(texts)} texts of {sum(map(len, texts)) / len(texts):.0f} characters:")
    print(f"  {wall:.0f} s, {spent:.0f} s of the processor (asked: < {GOAL:.0f} s)")
    print(f"  {memory:.2f} GiB, texts included (asked: < {MEMORY:.0f} GiB)")
    _quality(
        "that chose the limit", [(one.what, one.copied, (2 * at, 2 * at + 1) in told) for at, one in enumerate(pairs)]
    )
    inside = {(2 * at, 2 * at + 1) for at in range(len(pairs))}
    print(f"  told besides, of texts made apart from one another: {len(told - inside)}")
    notes = list(retold.pairs())
    met = near(pieces(map(Clearing([]).parts, (text for one in notes for text in (one.one, one.other)))))
    alike = set(zip(met.ones.tolist(), met.others.tolist(), strict=True))
    _quality("made afterwards", [(one.what, one.copied, (2 * at, 2 * at + 1) in alike) for at, one in enumerate(notes)])
    inside = {(2 * at, 2 * at + 1) for at in range(len(notes))}
    print(f"  told besides, of notes made apart from one another: {len(alike - inside)}")
    return int(wall > GOAL or memory > MEMORY)


def _quality(which: str, met: list[tuple[str, bool, bool]]) -> None:
    """Of pairs: their kind, whether copied, whether told."""
    right = sum(found and copied for _, copied, found in met)
    wrong = sum(found and not copied for _, copied, found in met)
    copies = sum(copied for _, copied, _ in met)
    print(f"  labelled pairs {which}: {copies} copies, {len(met) - copies} honest look-alikes")
    print(f"  precision {right / max(right + wrong, 1):.4f}, recall {right / copies:.4f}")
    for what in dict.fromkeys(what for what, _, _ in met):
        some = [found for kind, _, found in met if kind == what]
        print(f"    {what}: {sum(some)} of {len(some)} told")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else TEXTS))
