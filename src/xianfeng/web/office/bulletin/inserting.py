"""The insert-figure helper: a measure, a place and a period become the call to write, with its value today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext

from xianfeng.bulletins.numbers import told
from xianfeng.figures import engine
from xianfeng.figures.interface import Query
from xianfeng.registry import tree
from xianfeng.scheme.definition import define
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated


@dataclass(frozen=True)
class Call:
    text: str
    value: str
    title: str
    definition: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Choice:
    name: str
    title: str
    unit: str


def choices(scheme: Scheme) -> tuple[Choice, ...]:
    return tuple(Choice(measure.name, measure.title, measure.unit) for measure in scheme.measures.values())


def call(given: Mapping[str, str], scheme: Scheme) -> Call:
    """What the helper's fields (`measure`, `at`, `since`, `until`) ask for."""
    measure = scheme.measures.get(given.get("measure", ""))
    if measure is None:
        raise Http404(gettext("没有这个统计指标"))
    code = given.get("at", "").strip()
    at = tree.by_any_code(code or scheme.at) if code.isprintable() else None
    if at is None:
        return Call("", "", measure.title, fault=gettext("没有代码为“%(code)s”的组织。") % {"code": code})
    try:
        since, until = (_day(given.get(key, "")) for key in ("since", "until"))
    except ValueError:
        return Call("", "", measure.title, fault=gettext("日期写成 2010-08-30 的样子。"))
    query = Query(
        scheme=scheme.hash, measure=measure.name, organisation=at.id, since=since, until=until or scheme.until
    )
    arguments = [f"'{measure.name}'"]
    arguments += [f"at='{at.code}'"] if code else []
    arguments += [f"{key}='{day}'" for key, day in (("since", since), ("until", until)) if day]
    value = translated(told(engine().figure(query), measure.show))
    text = f"{{{{ figure({', '.join(arguments)}) }}}}"
    return Call(text, f"{value}{measure.unit}", measure.title, translated(define(scheme, measure.name).told))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
