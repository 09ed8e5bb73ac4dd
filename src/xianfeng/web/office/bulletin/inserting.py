"""The insert-figure helper: a measure, a place and a period become the call to write, with its value today."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from xianfeng.bulletins.numbers import printed
from xianfeng.figures import engine
from xianfeng.figures.interface import Query
from xianfeng.registry import tree
from xianfeng.scheme.definition import define
from xianfeng.scheme.nodes import Scheme
from xianfeng.web.frame import EARLIEST, asked, day_or_404


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


def call(request: HttpRequest, scheme: Scheme) -> Call:
    """What the helper's fields (`measure`, `at`, `since`, `until`) ask for."""
    measure = scheme.measures.get(asked(request, "measure"))
    if measure is None:
        raise Http404("没有这个统计指标")
    code = asked(request, "at").strip()
    at = tree.by_any_code(code or scheme.at)
    if at is None:
        return Call("", "", measure.title, fault=gettext("没有代码为“%(code)s”的组织。") % {"code": code})
    since = day_or_404(request, "since", EARLIEST) if asked(request, "since") else None
    until = day_or_404(request, "until", scheme.until)
    query = Query(scheme=scheme.hash, measure=measure.name, organisation=at.id, since=since, until=until)
    given = [repr(measure.name)]
    given += [f"at={code!r}"] if code else []
    given += [f"{key}='{asked(request, key)}'" for key in ("since", "until") if asked(request, key)]
    value = printed(engine().figure(query).value, measure.show)
    return Call(
        f"{{{{ figure({', '.join(given)}) }}}}",
        f"{value}{measure.unit}",
        measure.title,
        str(define(scheme, measure.name)),
    )
