"""The calls of a template, answered: each prints a mark and leaves its run and its source in the book."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from xianfeng.bulletins import rules, stories, tables
from xianfeng.bulletins.asking import measure_named, period, source_of
from xianfeng.bulletins.citing import Book, Edition, measured
from xianfeng.bulletins.normalise import normalise
from xianfeng.bulletins.numbers import chosen, printed
from xianfeng.figures.interface import Query
from xianfeng.papers.document import NoteRun, Source
from xianfeng.problems import Problem
from xianfeng.scheme import displays
from xianfeng.scheme.measuring import Display, Measure
from xianfeng.scheme.nodes import Constant
from xianfeng.sentences import say

Corrections = Callable[[], list[dict[str, Source]]]


class Desk:
    """Answers one template's calls for one edition."""

    def __init__(self, edition: Edition, *, corrections: Corrections) -> None:
        self.edition = edition
        self.book = Book()
        self.faults: list[Problem] = []
        self._corrections = corrections
        self.calls: Mapping[str, Callable[..., Any]] = {
            "figure": self.figure,
            "target": self.target,
            "constant": self.constant,
            "rule": self.rule,
            "table": self.table,
            "chart": self.chart,
            "story": self.story,
            "note": self.note,
            "corrections": self.corrections,
        }

    def answer(self, call: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """What the child gets back: a mark, and facts for conditions."""
        method = self.calls[call]
        try:
            bound = inspect.signature(method).bind(*args, **kwargs)
        except TypeError as error:
            usage = f"{call}{inspect.signature(method)}"
            raise Problem(
                "bulletin.bad_call",
                say("{call}(...) 的参数不对：{error}。", call=call, error=error),
                hint=say("写法：{usage}", usage=usage),
            ) from None
        return method(*bound.args, **bound.kwargs)

    def forgive(self, call: str, problem: Problem) -> Any:
        """What a draft gets for a call without an answer: a gap, seen as one, and nothing known."""
        self.faults.append(problem)
        gap = {"mark": self.book.put(NoteRun("〔？〕", "")), "value": None, "complete": False, "is_floor": False}
        return [] if call == "corrections" else {**gap, **dict.fromkeys(("records", "expected", "missing", "count"), 0)}

    def figure(
        self, name: str, *, at: str = "", since: str | None = None, until: str | None = None, show: str = ""
    ) -> dict[str, Any]:
        measure = measure_named(self.edition, name)
        query = replace(period(self.edition, at, since, until), measure=measure.name)
        figure = self.edition.engine.figure(query)
        display = chosen(show, measure.show, self._quantity(measure))
        source = measured(figure, measure, display, source=source_of(self.edition, query))
        return {
            "mark": self.book.print(source),
            "value": _fact(figure.value),
            "records": figure.records,
            "expected": figure.expected,
            "missing": figure.missing,
            "is_floor": figure.is_floor,
            "complete": figure.value is not None and not figure.missing,
        }

    def target(self, name: str, *, show: str = "") -> dict[str, Any]:
        measure = measure_named(self.edition, name)
        target = measure.target
        if target is None or target.value is None:
            raise Problem(
                "bulletin.no_target",
                say("统计指标“{name}”没有定目标数。", name=name),
                hint="在活动方案里写 target；目标来自台账的，另定一个统计指标用 figure(...)。",
            )
        display = chosen(show, target.show or measure.show, self._quantity(measure))
        text, value = printed(target.value, display), f"{target.value:f}"
        source = Source(call="target", name=measure.name, text=text, value=value, unit=measure.unit, show=display)
        return {"mark": self.book.print(source), "value": _fact(target.value)}

    def constant(self, name: str, *, show: str = "") -> dict[str, Any]:
        constant = self._constant(name)
        display = chosen(show, constant.show, displays.of_constant(constant))
        text, value = printed(constant.value, display), f"{constant.value:f}"
        source = Source(call="constant", name=constant.name, text=text, value=value, unit=constant.unit, show=display)
        return {"mark": self.book.print(source), "value": _fact(constant.value)}

    def rule(self, path: str, *, show: str = "") -> dict[str, Any]:
        rules.refuse_own_words(str(path))
        value = rules.at(self.edition.scheme, str(path))
        text = rules.text_of(value, path, chosen(show, Display(), rules.quantity(value)))
        source = Source(call="rule", name=str(path), text=normalise(text), value=text)
        return {"mark": self.book.print(source), "value": text}

    def table(
        self, *names: str, by: str, field: str = "", at: str = "", since: str | None = None, until: str | None = None
    ) -> dict[str, Any]:
        table = tables.table(self._breakdown(by, field, period(self.edition, at, since, until)), names)
        return {"mark": self.book.put(table), "rows": len(table.rows) - 1}

    def chart(
        self, name: str, *, by: str, field: str = "", at: str = "", since: str | None = None, until: str | None = None
    ) -> dict[str, Any]:
        table = tables.chart(self._breakdown(by, field, period(self.edition, at, since, until)), name)
        return {"mark": self.book.put(table), "rows": len(table.rows) - 1}

    def _breakdown(self, by: str, field: str, asked: Query) -> tables.Breakdown:
        axis = tables.axis_named(by)
        return tables.Breakdown(edition=self.edition, book=self.book, asked=asked, axis=axis, field=field)

    def story(
        self,
        name: str,
        *,
        field: str = "",
        most: int = 20,
        at: str = "",
        since: str | None = None,
        until: str | None = None,
    ) -> dict[str, Any]:
        asked = period(self.edition, at, since, until)
        told, more = stories.story(self.edition, name, asked, field=field, most=most)
        return {"mark": "、".join(map(self.book.print, told)) + ("等" if more else ""), "count": len(told)}

    def note(self, row: str, text: str) -> dict[str, Any]:
        note = NoteRun(normalise(str(text)), str(row))
        listed = self.edition.bulletin.notes
        if note.text not in map(normalise, listed.get(note.row, ())):
            known = "；".join(f"{name}：{'、'.join(texts)}" for name, texts in listed.items()) or say("无")
            raise Problem(
                "bulletin.unlisted_note",
                say("文稿数字“{note}”（{row}）没有列在活动方案里。", note=note.text, row=note.row),
                hint=say(
                    "在 bulletins.{bulletin}.notes 里列出。已列：{known}。",
                    bulletin=self.edition.bulletin.name,
                    known=known,
                ),
            )
        return {"mark": self.book.put(note)}

    def corrections(self) -> list[dict[str, Any]]:
        return [
            {
                "mark": self.book.print(correction["new"]),
                **{name: {"mark": self.book.print(source)} for name, source in correction.items()},
            }
            for correction in self._corrections()
        ]

    def _quantity(self, measure: Measure) -> displays.Quantity:
        return displays.of_measure(measure, self.edition.scheme.kinds)

    def _constant(self, name: str) -> Constant:
        constant = self.edition.scheme.constants.get(str(name))
        if constant is None:
            known = "、".join(self.edition.scheme.constants) or say("无")
            raise Problem(
                "bulletin.unknown_constant",
                say("活动方案里没有常数“{name}”。", name=name),
                hint=say("已有：{known}。", known=known),
            )
        return constant


def _fact(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else {"decimal": f"{value:f}"}
