"""A change of an organisation, in two steps: the form, then what it will do, to be confirmed.

Before anything is confirmed the change is rehearsed and rolled back, so that what the registry refuses is told beside
the form, where it can be mended. A form that is older than the organisation's last entry does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import changes as registry
from xianfeng.registry import tree
from xianfeng.registry.models import Organisation
from xianfeng.registry.tree import Node
from xianfeng.web import access, parts, scope, whose
from xianfeng.web.office.registry import territory
from xianfeng.web.office.registry.changes import CHANGES
from xianfeng.web.office.registry.changes.form import ChangeForm
from xianfeng.web.office.registry.events import events, latest
from xianfeng.web.office.registry.tree import from_own
from xianfeng.web.parts import Confirmation

_PASSED_ON = {parts.CONFIRMED, *whose.OF_THE_FORM}


@dataclass(frozen=True)
class ChangePage:
    organisation: Organisation
    title: str
    lead: str
    path: tuple[Node, ...]
    form: ChangeForm


@require_http_methods(["GET", "POST"])
@access.needs(Ability.REGISTRY)
def change(request: HttpRequest, number: int, change: str) -> HttpResponse:
    seen, node, kind = scope.of(request), territory.organisation_or_404(request, number), CHANGES.get(change)
    if kind is None or node.closed or not (kind.beneath or territory.changes(seen, node)):
        raise Http404(gettext("没有这个页面"))
    if request.method == "GET":
        return _page(request, kind(organisation=node, scope=seen))
    form = kind(request.POST, organisation=node, scope=seen)
    if not form.is_valid():
        return _page(request, form)
    by = seen.reader.actor
    return _do(request, form, by) if parts.confirmed(request) else _ask(request, form, by)


def _ask(request: HttpRequest, form: ChangeForm, by: Actor) -> HttpResponse:
    with transaction.atomic():
        consequences: list[str] = []
        try:
            _refuse_stale(form)
            consequences = form.consequences()
            form.do(by)
        except Problem as problem:
            form.add_error(None, problem.told)
        finally:
            transaction.set_rollback(True)
    if form.errors:
        return _page(request, form)
    question = Confirmation(
        title=gettext("%(title)s：%(name)s") % {"title": form.title, "name": form.organisation.name},
        consequences=consequences,
        button=str(form.button),
        back=reverse("registry_organisation", args=[form.organisation.id]),
        values=_posted(request),
    )
    return parts.confirm(request, question)


def _do(request: HttpRequest, form: ChangeForm, by: Actor) -> HttpResponse:
    home = redirect("registry_organisation", form.organisation.id)
    with registry.changing():
        if form.done_by(by):
            messages.success(request, gettext("刚才已经办好了，没有重复办理。"))
            return home
        try:
            _refuse_stale(form)
            with transaction.atomic():
                form.do(by)
        except Problem as problem:
            form.add_error(None, problem.told)
            return _page(request, form)
    messages.success(request, gettext("已办理：%(title)s。") % {"title": form.title})
    return home


def _refuse_stale(form: ChangeForm) -> None:
    if form.stale:
        last = events(form.organisation.id)[-1]
        message = gettext("这一页打开以后，%(name)s有了新的变动：%(title)s（%(day)s，顺序号 %(seq)s）") % {
            "name": form.organisation.name,
            "title": last.title,
            "day": last.day,
            "seq": last.seq,
        }
        raise Problem("registry.stale", message, hint=gettext("没有办理。看清楚以后再提交。"))


def _page(request: HttpRequest, form: ChangeForm) -> HttpResponse:
    """Faults are told once: who sends it again does so knowing what happened in between."""
    if form.is_bound and form.errors:
        form.data = {**request.POST.dict(), "seen": str(latest(form.organisation.id))}
    path = from_own(tree.path(form.organisation.id, timezone.localdate()), form.scope)
    page = ChangePage(form.organisation, str(form.title), str(form.lead), path, form)
    return render(request, "office/registry/change.html", {"page": page}, status=400 if form.errors else 200)


def _posted(request: HttpRequest) -> Mapping[str, str]:
    return {name: str(value) for name, value in request.POST.items() if name not in _PASSED_ON}
