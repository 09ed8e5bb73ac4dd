"""What stops a composed bulletin: a number without a source, a value that its own display hides, and one that stands
without what its measure is never shown without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from xianfeng.bulletins.numbers import finer, rounds_to_zero
from xianfeng.bulletins.unsourced import unsourced
from xianfeng.bulletins.wording import value, wording
from xianfeng.figures.interface import Query
from xianfeng.papers.document import Document, Source
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.besides import besides
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
    if faults := list(_alone(document, scheme)):
        raise Problems(
            faults,
            code="bulletin.alone",
            message=say("有{count}项数据旁边缺了必须一起印的，不能成稿。", count=len(faults)),
            hint="同一个单位、同一段时间的也印出来，用 figure 取数；表格里加一列。",
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


def _alone(document: Document, scheme: Scheme) -> Iterator[Problem]:
    """A share of what was resolved says little without what was closed unresolved, of the same place and time."""
    asked = [(source, source.query) for source in document.sources if source.query is not None]
    printed = {_question(query, source) for source, query in asked}
    for source, query in asked:
        measure = scheme.measures.get(query.measure)
        for one in besides(measure, scheme) if measure is not None and source.value else ():
            if _question(replace(query, measure=one.name), source) not in printed:
                yield Problem(
                    "bulletin.alone",
                    say("印了“{name}”，没有印“{beside}”。", name=source.name, beside=one.title),
                    hint=say("写 figure('{name}')。", name=one.name),
                    place=f"{source.call}('{source.name}')" + (f" {source.at}" if source.at else ""),
                )


def _question(query: Query, source: Source) -> tuple[object, ...]:
    return query.measure, query.organisation, query.since, query.until, query.tree, source.row
