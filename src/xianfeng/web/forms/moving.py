"""A move of records on its way from a page into the books: what was sent, who was first, what is wrong with it.

Whoever answers for a record, reviews it or asked for it makes its moves here; their pages only show what came of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.ledger import actions
from xianfeng.ledger.flow import REASON
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.nodes import Kind
from xianfeng.web.forms import faults, late
from xianfeng.web.forms.faults import Fault
from xianfeng.web.forms.sheet import Sheet, Typed
from xianfeng.web.forms.weighing import as_day, not_a_day


@dataclass(frozen=True)
class Posted:
    """What stands in the form of a move."""

    day: str = field(default_factory=lambda: timezone.localdate().isoformat())
    reason: str = ""
    typed: Typed = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, sheet: Sheet | None, *, day: str | None = None) -> Posted:
        """`day`: of a form that asks for none."""
        typed = sheet.typed(request.POST, request.FILES) if sheet else {}
        return cls(request.POST.get("day", "") if day is None else day, request.POST.get(REASON, ""), typed)


@dataclass(frozen=True)
class Refused:
    """Nothing was done. `since`: by record, what others did meanwhile, which is told before anything that is wrong."""

    problems: tuple[Problem, ...] = ()
    since: Mapping[int, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return 409 if self.since else 422

    def faults(self, kind: Kind) -> tuple[Fault, ...]:
        return faults.in_order((one for problem in self.problems for one in faults.told(problem, kind)), kind)


NOTHING_WRONG = Refused()


@dataclass(frozen=True)
class Moving:
    """`sheet`: what the move of a single record asks besides a reason; None: nothing, so that many can be moved."""

    by: Actor
    move: str
    sheet: Sheet | None = None
    for_: int | None = None

    def make(self, seqs: Mapping[int, int], posted: Posted) -> Refused | None:
        """None when it was made of all of them. `seqs`: by record, the last entry that the page was made from."""
        try:
            self._make(seqs, posted)
        except Problem as problem:
            if since := late.since(seqs):
                return Refused(since=since)
            return Refused(problem.problems if isinstance(problem, Problems) else (problem,))
        return None

    def _make(self, seqs: Mapping[int, int], posted: Posted) -> None:
        if not seqs:
            raise Problem("web.nothing_chosen", gettext("没有可以办理的记录。"), hint=gettext("请回到列表另选。"))
        day = as_day(posted.day)
        answers = self.sheet.told(posted.typed) if self.sheet else None
        problems = [*(() if day else (not_a_day(posted.day),)), *(answers.problems if answers else ())]
        if day is None or problems:
            raise Problems(problems, code="web.not_understood", message=gettext("有几处没有看懂。"))
        if answers is None:
            actions.move_many(by=self.by, records=seqs, move=self.move, day=day, reason=posted.reason, seqs=seqs)
            return
        ((record, seq),) = seqs.items()
        actions.move(
            by=self.by,
            record=record,
            move=self.move,
            day=day,
            values=answers.values,
            reason=posted.reason,
            for_=self.for_,
            seq=seq,
            attachments=answers.files,
        )
