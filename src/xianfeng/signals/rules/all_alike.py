"""Perfect satisfaction: everybody who was asked about a unit gave it the best answer, and elsewhere not everybody does.

Who asks gently gets good answers, so a unit is not held to a fixed share but to the others: of the same year in the
same field where citizens say how content they are, of the same question in the same round where electors judged. What
was published of a round is all that is known of it: where nearly all agreed, at least how many. Then the unit is held
to that and the others to the most that they may have, and the sentence says 'at least' and 'at most'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from xianfeng.ledger import versions
from xianfeng.scheme.evaluating import RESULTS
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say
from xianfeng.signals import chance
from xianfeng.signals.chance import Counted
from xianfeng.signals.filed import Filed, Found, Register

NAME = "all_alike"
ASKED: tuple[str, ...] = ("question", "answer")  # more answers are no other question


@dataclass
class Answers:
    """What was said of one unit; `perhaps`: how many may have given the best answer besides. `records` are its own."""

    best: int = 0
    all: int = 0
    perhaps: int = 0
    nearly: bool = False  # nearly all gave it, and no more is known
    records: list[Filed] = field(default_factory=list)

    def add(self, one: Filed, number: int, *, best: bool) -> None:
        self.all += number
        if best:
            self.best += number
            self.records.append(one)

    def add_unsaid(self, number: int) -> None:
        """Of whom it is not told what they answered."""
        self.all += number
        self.perhaps += number

    @property
    def content(self) -> bool:
        """As far as is known, everybody gave the best answer."""
        return self.best + (self.perhaps if self.nearly else 0) == self.all


Units = defaultdict[int, Answers]
Group = TypeVar("Group")


def find(register: Register) -> Iterator[Found]:
    if register.kind.source == RESULTS:
        yield from _of_rounds(register)
        return
    for asked in register.kind.fields.values():
        if asked.by and asked.type is FieldType.CHOICE and not asked.retired:
            yield from _of_requesters(register, asked)


def sentence(told: Mapping[str, Any]) -> str:
    if told.get("nearly") and told.get("others_nearly"):
        return say(
            "至少 {count} 个人说的“{question}”是“{answer}”，几乎一致；别的组织这样回答的至多占 {share}%。", **told
        )
    if told.get("nearly"):
        return say("至少 {count} 个人说的“{question}”是“{answer}”，几乎一致；别的组织这样回答的占 {share}%。", **told)
    if told.get("others_nearly"):
        return say("{count} 个人说的“{question}”全是“{answer}”；别的组织这样回答的至多占 {share}%。", **told)
    return say("{count} 个人说的“{question}”全是“{answer}”；别的组织这样回答的占 {share}%。", **told)


def _of_requesters(register: Register, asked: Field) -> Iterator[Found]:
    best, title = next(iter(asked.choices.items()))
    years: defaultdict[int, Units] = defaultdict(lambda: Units(Answers))
    handler = _handler(register.kind)
    for one, values in register.filed():
        if answer := values.get(asked.name):
            answerable = values.get(handler, one.organisation)
            years[one.day.year][answerable].add(one._replace(organisation=answerable), 1, best=answer == best)
    yield from _told(years, asked.name, dict.fromkeys(years, (asked.title, title)))


def _handler(kind: Kind) -> str:
    """The field that names the organisation which did what is judged; '' where whoever filed did it."""
    fields = kind.fields.values()
    return next((one.name for one in fields if one.acts == "handler" and one.type is FieldType.ORGANISATION), "")


def _of_rounds(register: Register) -> Iterator[Found]:
    questions: defaultdict[tuple[int, str], Units] = defaultdict(lambda: Units(Answers))
    titles: dict[tuple[int, str], tuple[str, str]] = {}
    for one, values in register.filed():
        rule = versions.scheme(one.scheme).evaluations.get(values["evaluation"])
        if rule and values["question"] in rule.questions:
            question = rule.questions[values["question"]]
            best, title = next(iter(question.choices.items()))
            asked = values["round"], question.name
            titles[asked] = question.title, title
            answers = questions[asked][one.organisation]
            if "answer" not in values:
                answers.add_unsaid(values["count"])
                continue
            answers.add(one, values["count"], best=values["answer"] == best)
            answers.nearly |= values["nearly_all"] and values["answer"] == best
    yield from _told(questions, "answer", titles)


def _told(groups: Mapping[Group, Units], name: str, titles: Mapping[Group, tuple[str, str]]) -> Iterator[Found]:
    """`titles`: of each question and of its best answer."""
    for group, units in groups.items():
        counted = {unit: Counted(one.best, one.all, one.perhaps) for unit, one in units.items()}
        unsure = sum(one.perhaps > 0 for one in units.values())
        for unit, share in chance.beyond(counted).items():
            answers = units[unit]
            if answers.content:
                question, best = titles[group]
                told = {"count": answers.best, "question": question, "answer": best, "share": round(100 * share)}
                told |= {"nearly": True} if answers.nearly else {}
                told |= {"others_nearly": True} if unsure > (answers.perhaps > 0) else {}
                first, *others = answers.records
                yield Found(first, name, told, beside=tuple(one.number for one in others))
