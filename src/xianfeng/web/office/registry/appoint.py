"""A person takes a role: somebody known by key or username, or somebody new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import actions, changes, tree
from xianfeng.registry.actions.people import given_codes
from xianfeng.registry.models import Appointment, Organisation, Person
from xianfeng.registry.tree import Node
from xianfeng.web import access, scope
from xianfeng.web.office.registry import people, territory
from xianfeng.web.office.registry.fields import DAY_INPUT
from xianfeng.web.office.registry.tree import from_own
from xianfeng.web.scope import Scope


def latest(organisation: Organisation) -> int:
    """The last entry about appointments at an organisation: what a form was opened on."""
    held = Appointment.objects.filter(organisation=organisation)
    found = held.aggregate(made=Max("id"), ended=Max("ended_seq"))
    return max(found["made"] or 0, found["ended"] or 0)


class AppointForm(forms.Form):
    person = forms.CharField(
        label=_("已登记的人员"),
        required=False,
        max_length=40,
        help_text=_("写人员编号或用户名。新人员空着，填下面两项。"),
    )
    name = forms.CharField(label=_("新人员的姓名"), required=False, max_length=40)
    phone = forms.CharField(label=_("新人员的电话"), required=False, max_length=20, help_text=_("可以不填。"))
    role = forms.ChoiceField(label=_("职务"))
    day = forms.DateField(label=_("从哪一天起"), widget=DAY_INPUT)
    reason = forms.CharField(label=_("依据"), required=False, max_length=500, help_text=_("例如：任职文件文号。"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, organisation: Organisation, scope: Scope) -> None:
        self.organisation, self.scope = organisation, scope
        self.known: Person | None = None
        super().__init__(data, initial={"seen": latest(organisation), "day": timezone.localdate(), "role": "clerk"})
        self.fields["role"] = forms.ChoiceField(label=_("职务"), choices=list(abilities.titles().items()))

    def clean(self) -> None:
        given, name = self.cleaned_data.get("person", "").strip(), self.cleaned_data.get("name", "").strip()
        if bool(given) == bool(name):
            self.add_error("person", gettext("已登记的人员写编号，新人员写姓名，只填一样。"))
        elif given:
            self.known = people.found(self.scope, given)
            if self.known is None:
                self.add_error("person", gettext("本级范围内没有这个编号或用户名；有别处任职的人，请共同的上级登记。"))

    @property
    def stale(self) -> bool:
        return bool(self.cleaned_data["seen"] != latest(self.organisation))

    def do(self, by: Actor) -> str:
        """The key of the person who was appointed."""
        given = self.cleaned_data
        if self.known is not None:
            person, code = self.known.id, self.known.code
        else:
            (code,) = given_codes(1)
            entered = timezone.localdate()
            person = actions.enter(code=code, name=given["name"], phone=given["phone"], day=entered, by=by)
        actions.appoint(
            person=person,
            organisation=self.organisation.id,
            role=given["role"],
            day=given["day"],
            by=by,
            reason=given["reason"],
        )
        return code


@dataclass(frozen=True)
class AppointPage:
    organisation: Organisation
    path: tuple[Node, ...]
    form: AppointForm


@require_http_methods(["GET", "POST"])
@access.needs(Ability.REGISTRY)
def appoint(request: HttpRequest, number: int) -> HttpResponse:
    seen, node = scope.of(request), territory.open_or_404(request, number)
    form = AppointForm(request.POST or None, organisation=node, scope=seen)
    if request.method == "POST" and form.is_valid() and (code := _appointed(request, form)):
        messages.success(request, gettext("已登记任职，人员编号 %(code)s。要登录的，接着开账号。") % {"code": code})
        return redirect("appointments", node.id)
    path = from_own(tree.path(node.id, timezone.localdate()), seen)
    page = AppointPage(node, path, form)
    return render(request, "office/registry/appoint.html", {"page": page}, status=400 if form.errors else 200)


def _appointed(request: HttpRequest, form: AppointForm) -> str:
    """The key of whoever was appointed; '' with faults on the form. One form sent twice appoints once."""
    try:
        with changes.changing():
            if form.stale:
                form.data = {**request.POST.dict(), "seen": str(latest(form.organisation))}
                hint = gettext("没有登记。先看现任名单，如果还要登记，再提交一次。")
                raise Problem("registry.stale", gettext("这一页打开以后，任职名单有了变动"), hint=hint)
            return form.do(form.scope.reader.actor)
    except Problem as problem:
        form.add_error(None, problem.told)
        return ""
