"""Evaluations: whom the people served judge, who of them is asked, and what, as a scheme says it.

Only organisations are judged, never persons. A rule says what a round of it is made of; the rounds themselves, their
electorates and their slips are kept elsewhere. Like all nodes frozen and whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.types import FieldType

LEAST_ELECTORS, LEAST_CAST, LEAST_BATCH = 20, 10, 20  # below these an answer could be guessed: no scheme goes lower
ANNULLED_ABOVE = 10  # percent: of as many ballots as are shown at all, one elector alone annuls none
GIVEN: Mapping[str, Mapping[str, str]] = MappingProxyType(  # sorts of question whose answers need not be said
    {
        "yes_no": MappingProxyType({"yes": "是", "no": "否"}),
        "stars": MappingProxyType({"5": "五星", "4": "四星", "3": "三星", "2": "二星", "1": "一星"}),
    }
)
TEXT = "text"
RESULT: Mapping[str, FieldType] = MappingProxyType(  # the fields by which a kind holds results
    {
        "evaluation": FieldType.CHOICE,
        "question": FieldType.CHOICE,
        "answer": FieldType.CHOICE,
        "round": FieldType.INTEGER,
        "count": FieldType.INTEGER,
        "nearly_all": FieldType.BOOLEAN,
    }
)
RESULTS, NOTICES = "evaluations", "evaluation_notices"  # what a kind says by `source`: it holds results, or notices
NOTICE: Mapping[str, FieldType] = MappingProxyType(  # the fields by which a kind tells each organisation judged
    {
        "judged": FieldType.ORGANISATION,
        "evaluation": FieldType.CHOICE,
        "round": FieldType.INTEGER,
        "told": FieldType.LONG_TEXT,
        "grounds": FieldType.LONG_TEXT,
    }
)
CHOSEN = frozenset(name for name, type_ in RESULT.items() if type_ is FieldType.CHOICE)


@dataclass(frozen=True, kw_only=True)
class Question:
    name: str
    title: str
    ask: Literal["scale", "choice", "stars", "yes_no", "text"]
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # value -> title, best first

    @property
    def counted(self) -> bool:
        """Whether its answers are counted; a text is read before anybody else reads it."""
        return self.ask != TEXT


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    name: str
    title: str
    electorate: Literal["members", "list", "visitors"]
    questions: Mapping[str, Question]
    where: Expression | None = None  # which organisations are judged; None: all of the campaign
    sample: int = 0  # so many of those on each list are drawn by lot; 0: all of them are asked
    merged: Literal["", "superior"] = ""  # with whom those of too few electors are asked together
    every: Literal["once", "month", "quarter", "half_year", "year"] = "year"
    least_electors: int = LEAST_ELECTORS
    least_cast: int = LEAST_CAST
    batch: int = LEAST_BATCH  # so many slips at least are counted together
    annulled_above: int = ANNULLED_ABOVE  # percent of used codes that their electors say somebody else used
    calls: int = 0  # so many of each electorate are called whose code was used, and as many whose was not
    local: str = ""

    def asked_of(self, listed: int) -> int:
        """How many answer where so many stand on a list."""
        return min(listed, self.sample) if self.sample else listed

    @property
    def online(self) -> bool:
        """Whether its electorates can vote online: where there is no list, nobody can."""
        return self.electorate != "visitors"

    @property
    def counted(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions.values() if question.counted)
