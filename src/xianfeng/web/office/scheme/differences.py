"""Two versions of a campaign beside each other, in words: what was added, dropped, changed, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.scheme.definition import define
from xianfeng.scheme.diff import Change, changes
from xianfeng.scheme.explain.places import place, said
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Look
from xianfeng.web.figure.lines import target_text
from xianfeng.web.frame import asked, scheme_or_404
from xianfeng.web.office.scheme import weights
from xianfeng.web.office.scheme.views import Version, View, adopted, view_of, view_or_404
from xianfeng.web.tables import Column, Table, answer

_WHAT = {"added": _("增加"), "removed": _("删去"), "changed": _("修改")}


@dataclass(frozen=True)
class ChangesPage:
    old: View
    new: View
    versions: tuple[Version, ...]
    changes: Table
    definitions: Table
    burden: Table


@access.reading
def rules_changes(request: HttpRequest, name: str) -> HttpResponse:
    """Between `?from=` and `?to=`; left out, the last but one and the current version."""
    known = adopted(name)
    new = view_or_404(request, name, "to")
    old = view_or_404(request, name, "from") if asked(request, "from") else _before(request, name, known, new)
    found = [each for each in changes(old.scheme, new.scheme) if shown(each, old, new)]
    page = ChangesPage(
        old=old,
        new=new,
        versions=known,
        changes=table(old.scheme, new.scheme, found),
        definitions=definitions(old.scheme, new.scheme, old, new),
        burden=weights.beside(old.scheme, new.scheme),
    )
    return answer(request, page.changes, page.definitions, page.burden) or render(
        request, "office/scheme/differences.html", {"page": page}
    )


def table(old: Scheme, new: Scheme, found: Sequence[Change]) -> Table:
    """Every change with its place in words; what would make old records unreadable is told as such."""
    columns = (Column(_("在哪里")), Column(_("怎样")), Column(_("原来")), Column(_("现在")))
    rows = []
    for each in found:
        before, after = said(each)
        look = Look.ATTENTION if each.breaks else Look.TAG
        rows.append(
            (
                cells.text(" › ".join(place(each.path, new, old))),
                cells.text(_WHAT[each.what], look=look),
                cells.text(before),
                cells.text(after),
            )
        )
    return Table("changes", gettext("改了什么"), columns, rows, empty=gettext("含义没有变化（可能只改了注释或排版）。"))


def definitions(old: Scheme, new: Scheme, before: View | None = None, after: View | None = None) -> Table:
    """The figures that mean something else from one version to the other."""
    columns = (Column(_("统计指标")), Column(_("原来的统计口径")), Column(_("现在的统计口径")))
    rows = []
    for name in dict.fromkeys((*old.measures, *new.measures)):
        if not all(view is None or _sees(view, name) for view in (before, after)):
            continue
        was, now = _defined(old, name), _defined(new, name)
        if was != now:
            title = (new.measures.get(name) or old.measures[name]).title
            rows.append((cells.text(title), cells.text(was or "—"), cells.text(now or "—")))
    return Table("definitions", gettext("统计口径有变化的指标"), columns, rows, empty=gettext("没有。"))


def shown(change: Change, *views: View) -> bool:
    """Whether a change is about something that the reader sees in every version that has it."""
    return all(_seen(view, change.path.split(".")) for view in views)


def _seen(view: View, steps: list[str]) -> bool:
    match steps:
        case ["measures", name, *_]:
            return _sees(view, name)
        case ["kinds", name, *rest] if name in view.scheme.kinds:
            kind = view.scheme.kinds[name]
            if rest[:1] == ["fields"] and rest[1] in kind.fields:
                return (view.kind(kind) and kind.fields[rest[1]] in view.fields(kind)) or view.full
            return view.kind(kind)
    return True


def _sees(view: View, measure: str) -> bool:
    return measure not in view.scheme.measures or view.measure(view.scheme.measures[measure])


def _defined(scheme: Scheme, name: str) -> str:
    if name not in scheme.measures:
        return ""
    measure = scheme.measures[name]
    target = target_text(measure, measure.target)
    return f"{translated(define(scheme, name).told)}{target}"


def _before(request: HttpRequest, name: str, known: Sequence[Version], new: View) -> View:
    at = next(at for at, version in enumerate(known) if version.hash == new.scheme.hash)
    earlier = known[min(at + 1, len(known) - 1)].hash
    return view_of(scheme_or_404(name, earlier), scope.of(request))
