"""A second labelled set for copied texts, made after their limit was chosen and by other rules than those of the first.

Not promises made of clauses but notes of what was done, told in sentences whose words have others of the same meaning.
A copy keeps the sentences of one note and retells some words, or keeps most sentences and adds its own, or is shortened
and run together. An honest look-alike is another office's note on the very same work: the same steps, the same facts,
each in its own words. Names, numbers and places are other ones in all of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

Note = list[tuple[int, list[int]]]  # which sentences, and which word at each place that has several
EACH = 500  # pairs of a kind
_PERSON = "林 陈 黄 郑 吴 何 江 叶 翁 池".split()  # noqa: SIM905 -- as short as it can be read
_TITLE = "主任 书记 委员 大爷 阿姨 老师 医生 师傅".split()  # noqa: SIM905 -- as above
_SPOT = "三号楼 后山 老码头 小学门口 菜市场 祠堂前 河堤 文化站 公交站 晒谷坪".split()  # noqa: SIM905 -- as above
# A note tells some of these in turn; `a/b/c` are words of the same meaning, `{}` is a fact.
_SENTENCES = [
    "[这天/当天/那天][一早/清早/天刚亮]，[我们/支部的人/几个党员]到{spot}[看了/查看了/走了一遍]，[发现/看到/注意到]{n}处[有问题/不对劲/要修的地方]",
    "{who}[说/反映/告诉我们]，[入夏以后/雨季一到/这几个月]{spot}[老是积水/排水不畅/一下雨就淹]，[出门/进出/走路]很[不方便/麻烦/吃力]",
    "[当场/随即/马上][商量/讨论/议]了[一个钟头/大半个上午/好一阵]，[定下/说好/决定][先/首先][清沟/挖沟/通管]，[再/然后/接着][铺砖/铺路/补路面]",
    "[一共/总共/前后][来了/到了/参加的有]{n}人，[其中/里头]{m}人是[头一回/第一次/初次][参加/来/到场]，[大家/众人/到场的人][都发了言/轮着说了/各说了几句]",
    "[材料/砖和水泥/要用的东西]是{who}[联系来的/帮忙找的/赊来的]，[花了/用去/开销]{n}元，[账/单子/明细][贴在/公布在/挂在]{spot}",
    "[碰到/遇上/有]{m}户[不同意/有顾虑/想不通]，{who}[上门/到家里/登门][谈了/说了/解释了]{m}趟，[最后/后来/终于][都/全]签了字",
    "[干到/忙到/做到][天黑/傍晚/晚饭时分]才[收工/停手/散]，[第二天/隔天/次日][又/接着][去/来][扫尾/收拾/补齐]",
    "{who}[年纪大/腿脚不好/身体弱]，[我们/几个年轻人/志愿者][替/帮][他/老人家]把[东西/家具/杂物][搬/抬/挪]到{spot}",
    "[这件事/这个办法/这么做][群众/邻居/居民][觉得/认为/说][好/管用/实在]，[也有人/但有人/不过有人][提出/建议/希望][灯/垃圾桶/长凳][再加/多放/添]{m}个",
    "[下个月/过些天/月底][打算/准备/要][回头/再][看/检查]一遍，[没弄好/不合格/有毛病]的[返工/重做/重新来]，{who}[记着/盯着/负责]",
    "[党员/干部/骨干][每人/一人][包/认/分]{m}户，[每周/隔几天/每半月][去/跑/走]一趟，[有事/有难处][记在本子上/写下来/登记]，[能办就办/当天就办/马上办]",
    "[讲的是/内容是/说的是][防火/防骗/用药]，{who}[举了/讲了/说了]{m}个[身边的/本地的/真实的]例子，[听的人/老人们/大伙][问了/追问了/提了]{n}个问题",
]
_OWN = [
    "另外记一笔：{spot}的锁坏了，换了新的，钥匙放{who}那里",
    "路上顺便把{m}封信送到了{spot}",
    "{who}今天没能来，改天另外约时间补上",
    "照片拍了{n}张，选{m}张留底",
]


@dataclass(frozen=True)
class Retold:
    what: str
    copied: bool
    one: str
    other: str


class Teller:
    def __init__(self, seed: int) -> None:
        self.lot = random.Random(seed)  # noqa: S311 -- texts, no secrets

    def note(self) -> Note:
        return [
            (which, self._words(which)) for which in self.lot.sample(range(len(_SENTENCES)), self.lot.randint(4, 6))
        ]

    def again(self, note: Note, part: float) -> Note:
        """The same sentences, with this part of their words chosen anew."""
        return [
            (
                which,
                [new if self.lot.random() < part else old for old, new in zip(words, self._words(which), strict=True)],
            )
            for which, words in note
        ]

    def told(self, note: Note, *own: str) -> str:
        """With facts of its own."""
        return "。".join(
            [self._facts(_filled(which, words)) for which, words in note] + [self._facts(one) for one in own]
        )

    def own(self, count: int) -> list[str]:
        return self.lot.sample(_OWN, count)

    def _words(self, which: int) -> list[int]:
        return [self.lot.randrange(choice.count("/") + 1) for choice in _choices(which)]

    def _facts(self, sentence: str) -> str:
        pick = self.lot
        who = pick.choice(_PERSON) + pick.choice(_TITLE)
        return sentence.format(spot=pick.choice(_SPOT), who=who, n=pick.randint(11, 96), m=pick.randint(2, 9))


def _choices(which: int) -> list[str]:
    return [piece.partition("]")[0] for piece in _SENTENCES[which].split("[")[1:]]


def _filled(which: int, words: list[int]) -> str:
    text = _SENTENCES[which]
    for choice, word in zip(_choices(which), words, strict=True):
        text = text.replace(f"[{choice}]", choice.split("/")[word], 1)
    return text


def pairs(seed: int = 1956) -> Iterator[Retold]:
    tell = Teller(seed)
    for _ in range(EACH):
        for what, copied, note, again, own in _kinds(tell):
            yield Retold(what, copied, tell.told(note), tell.told(again, *own))


def _kinds(tell: Teller) -> Iterator[tuple[str, bool, Note, Note, list[str]]]:
    """A note of its own for each kind."""
    note = tell.note()
    yield "other facts", True, note, note, []
    for part, said in ((0.2, "a fifth"), (0.5, "half")):
        note = tell.note()
        yield f"{said} of the words retold", True, note, tell.again(note, part), []
    note = tell.note()
    yield "a sentence left out, one added", True, note, note[1:], tell.own(1)
    note = tell.note()
    yield "turned round, two added", True, note, note[::-1], tell.own(2)
    note = tell.note()
    yield "honest, on the same work", False, note, tell.again(note, 1.0), []
