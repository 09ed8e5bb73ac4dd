"""What stops a composed bulletin: a number without a source, and a value that its own display hides."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xianfeng.bulletins.document import Document
from xianfeng.bulletins.numbers import finer, rounds_to_zero
from xianfeng.bulletins.unsourced import unsourced
from xianfeng.bulletins.wording import value, wording
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say


def refuse_unprintable(document: Document, scheme: Scheme) -> None:
    """Raises `Problems` with every fault of one sort at once."""
    if faults := list(_unsourced(document)):
        raise Problems(
            faults,
            code="bulletin.unsourced",
            message=say("有{count}处数字没有出处，不能成稿。", count=len(faults)),
            hint="用 figure、target、constant、rule 取数；文稿自身的数字列入 notes，用 note(…)；"
            "不是数的词换一种说法，决不会是数的成语加入 idioms.txt。",
        )
    if faults := list(_lost(document, scheme)):
        raise Problems(
            faults,
            code="bulletin.rounded_to_zero",
            message=say("有{count}项数据不是零，印出来却是零，不能成稿。", count=len(faults)),
            hint="改用更细的 show；真正的零照印0。",
        )


def _unsourced(document: Document) -> Iterator[Problem]:
    for fault in unsourced(document):
        told = say("“{fault}”没有出处：{excerpt}", fault=fault.text, excerpt=fault.excerpt)
        yield Problem("bulletin.unsourced", told, place=fault.place, hint=fault.instead)


def _lost(document: Document, scheme: Scheme) -> Iterator[Problem]:
    """383 is not 0万: a value that is there may be rounded, not lost."""
    for source in document.sources:
        if source.call not in ("figure", "target", "constant") or not source.value:
            continue
        exact = Decimal(source.value)
        if rounds_to_zero(exact, source.show):
            yield Problem(
                "bulletin.rounded_to_zero",
                say(
                    "“{wording}”是{source}，印成了{printed}。",
                    wording=wording(source, scheme).title,
                    source=value(source),
                    printed=source.text,
                ),
                hint=say("写 show='{finer}'；表格里的在统计指标里改 show。", finer=finer(exact, source.show)),
                place=f"{source.call}('{source.name}')" + (f" {source.at}" if source.at else ""),
            )
