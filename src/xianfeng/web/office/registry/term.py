"""A term ends (换届): some leave, some come, on one day and in one entry after another; or one alone leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import abilities
from xianfeng.accounts import actions as accounts
from xianfeng.accounts.abilities import Ability
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import actions, changes, tree
from xianfeng.registry.actions.people import given_codes
from xianfeng.registry.models import Appointment, Organisation, Person
from xianfeng.registry.tree import Node
from xianfeng.web import access, parts, scope, whose
from xianfeng.web.frame import number_or_404
from xianfeng.web.office.registry import people, territory
from xianfeng.web.office.registry.appoint import latest
from xianfeng.web.office.registry.fields import DAY_INPUT
from xianfeng.web.office.registry.leaving import Leaving, leaving, left
from xianfeng.web.office.registry.tree import from_own
from xianfeng.web.parts import Confirmation
from xianfeng.web.scope import Scope

ROWS = 8  # who may come at once
_PASSED_ON = {parts.CONFIRMED, *whose.OF_THE_FORM}


@dataclass(frozen=True)
class Newcomer:
    """`known` None: somebody new, with a name."""

    known: Person | None
    name: str
    role: str


class TermForm(forms.Form):
    """`leave_<appointment>` for each that is held; `person_<n>`, `name_<n>`, `role_<n>` for each that may come."""

    day = forms.DateField(
        label=_("从哪一天起"), widget=DAY_INPUT, help_text=_("卸任的到这一天为止，新任的从这一天起。")
    )
    reason = forms.CharField(label=_("依据"), required=False, max_length=500, help_text=_("例如：换届批复文号。"))
    close = forms.BooleanField(
        label=_("停用卸任后没有其他任职的人的账号"), required=False, help_text=_("他们立即退出登录，不能再登录。")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, organisation: Organisation, scope: Scope, leave: int | None = None) -> None:
        self.organisation, self.scope = organisation, scope
        held = Appointment.objects.filter(organisation=organisation, until=None).select_related("person")
        self.held = list(held.order_by("id"))
        initial = {"seen": latest(organisation), "day": timezone.localdate(), "close": True, f"leave_{leave}": True}
        super().__init__(data, initial=initial)
        titles = abilities.titles()
        for row in self.held:
            label = f"{titles.get(row.role, row.role)} · {row.person.code}"
            self.fields[f"leave_{row.id}"] = forms.BooleanField(label=label, required=False)
        choices = [("", _("不填")), *titles.items()]
        for at in range(1, ROWS + 1):
            self.fields[f"person_{at}"] = forms.CharField(label=_("人员编号或用户名"), required=False, max_length=40)
            self.fields[f"name_{at}"] = forms.CharField(label=_("新人员姓名"), required=False, max_length=40)
            self.fields[f"role_{at}"] = forms.ChoiceField(label=_("职务"), required=False, choices=choices)

    def clean(self) -> None:
        self.coming = [come for at in range(1, ROWS + 1) if (come := self._coming(at)) is not None]
        self.going = [row for row in self.held if self.cleaned_data.get(f"leave_{row.id}")]
        if not self.coming and not self.going and not self.errors:
            self.add_error(None, gettext("没有选卸任的，也没有填新任的。"))

    def _coming(self, at: int) -> Newcomer | None:
        given, name, role = (self.cleaned_data.get(f"{part}_{at}", "").strip() for part in ("person", "name", "role"))
        if not (given or name or role):
            return None
        if bool(given) == bool(name):
            self.add_error(f"person_{at}", gettext("已登记的人员写编号，新人员写姓名，只填一样。"))
        if not role:
            self.add_error(f"role_{at}", gettext("选一个职务。"))
        known = people.found(self.scope, given) if given else None
        if given and known is None:
            self.add_error(f"person_{at}", gettext("本级范围内没有这个编号或用户名。"))
        return Newcomer(known, name, role)

    @property
    def leave_fields(self) -> list[BoundField]:
        return [self[f"leave_{row.id}"] for row in self.held]

    @property
    def rows(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        return [(self[f"person_{at}"], self[f"name_{at}"], self[f"role_{at}"]) for at in range(1, ROWS + 1)]

    @property
    def rest(self) -> list[BoundField]:
        return [self[name] for name in ("day", "reason", "close")]

    def do(self, by: Actor) -> None:
        day, reason = self.cleaned_data["day"], self.cleaned_data["reason"]
        if self.cleaned_data["close"]:
            for account in {one.idle.pk: one.idle for one in self._leaving() if one.idle}.values():
                accounts.close_account(account=account, by=by)
        for row in self.going:
            actions.end_appointment(appointment=row.id, day=day, by=by, reason=reason)
        codes = iter(given_codes(sum(one.known is None for one in self.coming)))
        for come in self.coming:
            person = come.known.id if come.known else self._enter(next(codes), come.name, by)
            actions.appoint(
                person=person, organisation=self.organisation.id, role=come.role, day=day, by=by, reason=reason
            )

    def _enter(self, code: str, name: str, by: Actor) -> int:
        return actions.enter(code=code, name=name, day=timezone.localdate(), by=by)

    def consequences(self) -> list[str]:
        titles, day = abilities.titles(), self.cleaned_data["day"]
        lines = [self._goes(one, titles) for one in self._leaving()]
        for one in self.coming:
            who = one.known.code if one.known else one.name
            lines.append(
                gettext("%(who)s从 %(day)s 起任%(role)s。") % {"who": who, "day": day, "role": titles[one.role]}
            )
        open_ = left(self.organisation)
        said = {"items": len(open_.items) + open_.more, "links": len(open_.links)}
        lines.append(
            gettext("本单位未办结的 %(items)s 项由在任的人接着办，%(links)s 个填报链接继续有效，都列入交接单。") % said
        )
        acting = self.scope.reader.appointment
        if acting and any(row.id == acting.id for row in self.going):
            lines.append(gettext("其中有您自己现在用的任职：办完以后，您不能再以它办理。"))
        return lines

    def _leaving(self) -> tuple[Leaving, ...]:
        return leaving(self.going)

    def _goes(self, one: Leaving, titles: Mapping[str, str]) -> str:
        row = one.appointment
        said = {"who": row.person.code, "role": titles.get(row.role, row.role), "day": self.cleaned_data["day"]}
        line = gettext("%(who)s到 %(day)s 为止，不再任%(role)s。") % said
        if one.drafts:
            line += gettext("他有 %(n)s 份没有提交的草稿，只有他自己看得到，请他先提交。") % {"n": one.drafts}
        if one.idle and self.cleaned_data["close"]:
            line += gettext("账号“%(username)s”随即停用。") % {"username": one.idle.username}
        elif one.idle:
            line += gettext("账号“%(username)s”没有别的任职，仍可登录，但不能办理。") % {"username": one.idle.username}
        return line


@dataclass(frozen=True)
class TermPage:
    organisation: Organisation
    path: tuple[Node, ...]
    form: TermForm


@require_http_methods(["GET", "POST"])
@access.needs(Ability.REGISTRY)
def term(request: HttpRequest, number: int) -> HttpResponse:
    seen, node = scope.of(request), territory.open_or_404(request, number)
    if request.method == "GET":
        return _page(request, TermForm(organisation=node, scope=seen, leave=number_or_404(request, "leave")))
    form = TermForm(request.POST, organisation=node, scope=seen)
    if not form.is_valid():
        return _page(request, form)
    asking = not parts.confirmed(request)
    try:
        with changes.changing():
            _refuse_stale(form)
            consequences = form.consequences() if asking else []
            with transaction.atomic():
                form.do(seen.reader.actor)
            transaction.set_rollback(asking)
    except Problem as problem:
        form.add_error(None, problem.told)
        return _page(request, form)
    if asking:
        return parts.confirm(request, _question(request, form, consequences))
    messages.success(request, gettext("已办理。下面是交接单，请打印签字。"))
    day = form.cleaned_data["day"].isoformat()
    return redirect(f"{reverse('handover', args=[node.id])}?on={day}")


def _question(request: HttpRequest, form: TermForm, consequences: list[str]) -> Confirmation:
    return Confirmation(
        title=gettext("卸任和新任：%(name)s") % {"name": form.organisation.name},
        consequences=consequences,
        button=gettext("办理"),
        back=reverse("appointments", args=[form.organisation.id]),
        values={name: str(value) for name, value in request.POST.items() if name not in _PASSED_ON and value},
    )


def _refuse_stale(form: TermForm) -> None:
    if form.cleaned_data["seen"] != latest(form.organisation):
        message = gettext("这一页打开以后，任职名单有了变动")
        raise Problem("registry.stale", message, hint=gettext("没有办理。名单已经换成现在的，看清楚以后再提交。"))


def _page(request: HttpRequest, form: TermForm) -> HttpResponse:
    if form.is_bound:
        form.data = {**request.POST.dict(), "seen": str(latest(form.organisation))}
    path = from_own(tree.path(form.organisation.id, timezone.localdate()), form.scope)
    page = TermPage(form.organisation, path, form)
    return render(request, "office/registry/term.html", {"page": page}, status=400 if form.errors else 200)
