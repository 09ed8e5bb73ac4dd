"""What is asked of whoever brings a matter, and of the clerk to whom he tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.matters import codes, intake
from xianfeng.matters.intake import LONGEST, Wish
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.web import scope
from xianfeng.web.forms import faults
from xianfeng.web.forms.faults import Fault
from xianfeng.web.forms.names import Names
from xianfeng.web.forms.sheet import Question, Sheet, Typed

_ROLES: Mapping[str, str] = {  # of what is asked here
    "text": "text",
    "sort": "sort",
    "name": "name",
    "phone": "phone",
    "via": "via",
    "hotline": "hotline",
    "open": "private",
}


class WishForm(forms.Form):
    """`code` stands in the form before it is sent: the same form sent twice is one matter."""

    text = forms.CharField(
        label=_("诉求内容"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("什么事、在哪里、希望怎么办。别人的姓名、电话和证件号请不要写。"),
    )
    sort = forms.ChoiceField(label=_("类型"), required=False)
    name = forms.CharField(
        label=_("联系人"), required=False, max_length=40, help_text=_("可以不填。加密保存，每次查看都有登记。")
    )
    phone = forms.CharField(
        label=_("联系电话"), required=False, max_length=30, help_text=_("可以不填；不填就请凭查询码来看结果。")
    )
    open = forms.BooleanField(
        label=_("可以公开"), required=False, help_text=_("勾选以后，办理单位可以去掉个人信息，把诉求和答复公布出来。")
    )
    code = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        """`kind`: of which it is; what that does not keep is not asked."""
        kwargs.setdefault("initial", {}).setdefault("code", codes.fresh())
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in self.fields.keys() & _ROLES.keys():
            if _ROLES[name] not in kind.roles:
                del self.fields[name]
            elif name != "open":  # which asks the contrary of what is kept
                self.fields[name].label = gettext(self._field(_ROLES[name]).title)
        self.fields["text"].help_text = self._field("text").help or self.fields["text"].help_text
        if "sort" in self.fields:
            self.fields["sort"].choices = [("", _("不填")), *self._field("sort").choices.items()]  # type: ignore[attr-defined]

    def _field(self, role: str) -> Field:
        return self.kind.fields[self.kind.roles[role]]

    def wish(self, via: str, more: Mapping[str, object]) -> Wish:
        said = self.cleaned_data
        return Wish(
            text=said["text"],
            via=said.get("via") or via,
            sort=said.get("sort", ""),
            private=not said.get("open"),
            name=said.get("name", ""),
            phone=said.get("phone", ""),
            hotline=said.get("hotline", ""),
            kind=self.kind.name,
            more=more,
        )

    def refused(self, problem: Problem) -> None:
        """One thing that the ledger refuses, beside the question it is about."""
        asked = {self.kind.roles[role]: name for name, role in _ROLES.items() if name in self.fields}
        self.add_error(asked.get(problem.field), forms.ValidationError(problem.told))


@dataclass(frozen=True)
class Asking:
    """What whoever brings something of a kind is asked: what every such kind keeps, and what this one asks besides."""

    form: WishForm
    sheet: Sheet
    typed: Typed = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @classmethod
    def of(cls, form: type[WishForm], scheme: Scheme, kind: Kind, request: HttpRequest) -> Asking:
        besides = tuple(one for one in kind.asked if one.name not in kind.roles.values())
        sheet = Sheet(scheme, kind, besides, Names(scope.of(request)))
        if request.method != "POST":
            return cls(form(kind), sheet)
        return cls(form(kind, request.POST), sheet, sheet.typed(request.POST, request.FILES))

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.sheet.questions(self.typed, faults=self.faults)

    def wish(self, via: str) -> Wish:
        """What was asked; a Problem with what was not understood of it."""
        answers = self.sheet.read(self.typed)
        if answers.problems:
            raise Problems([*answers.problems], code="web.not_understood", message=gettext("有几处没有看懂。"))
        return self.form.wish(via, answers.values)

    def refused(self, problem: Problem) -> Asking:
        """With what the ledger refuses, beside what it is about."""
        besides = {one.name for one in self.sheet.fields}
        found: list[Fault] = []
        for one in problem.problems if isinstance(problem, Problems) else (problem,):
            if one.field in besides:
                found.extend(faults.told(one, self.form.kind))
            else:
                self.form.refused(one)
        return replace(self, faults=tuple(found))


def kind_or_404(scheme: Scheme, name: str) -> Kind:
    """The kind asked for, of those that the campaign takes from anybody; its first where none is asked for."""
    try:
        return intake.taken(scheme, name)
    except Problem as problem:
        raise Http404(problem.told) from None
