"""An organisation is called otherwise, or stands at another level; what it was called before stays true for then."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.log.actors import Actor
from xianfeng.registry import actions
from xianfeng.scheme import titles
from xianfeng.web.office.registry.changes.form import ChangeForm


class _Called(ChangeForm):
    name = forms.CharField(label=_("名称"), max_length=200)
    code = forms.CharField(label=_("代码"), max_length=40, help_text=_("代码不变的不用改。"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in ("name", "code", "level", "category"):
            if name in self.fields:
                self.initial[name] = getattr(self.organisation, name)
        if "category" in self.fields:
            self.initial["category"] = titles.CATEGORIES.get(self.organisation.category, self.organisation.category)

    def clean_category(self) -> str:
        return titles.category(self.cleaned_data["category"])

    def consequences(self) -> list[str]:
        lines = [
            gettext("从 %(day)s 起，%(field)s由“%(before)s”改为“%(after)s”。")
            % {"day": self.day_, "field": self.fields[name].label, "before": before, "after": after}
            for name, before, after in self._changed()
        ]
        return [
            *lines,
            gettext("这一天以前的页面、统计和简报仍用原来的名称；按原来的代码也还找得到。"),
            gettext("隶属关系、任职、记录和任务都不变。"),
        ]

    def _changed(self) -> list[tuple[str, str, str]]:
        pairs = ((name, getattr(self.organisation, name)) for name in ("name", "code", "level", "category"))
        shown = titles.EVERY_LEVEL
        return [
            (name, shown.get(before, before), shown.get(after, after))
            for name, before in pairs
            if (after := self.cleaned_data.get(name)) is not None and after != before
        ]


class Rename(_Called):
    title = _("更名")
    button = _("更名")
    action = "rename"

    def do(self, by: Actor) -> None:
        actions.rename(
            organisation=self.organisation.id,
            name=self.cleaned_data["name"],
            code=self.cleaned_data["code"],
            day=self.day_,
            by=by,
            reason=self.cleaned_data["reason"],
        )


class Raise(_Called):
    title = _("升格")
    button = _("办理升格")
    action = "raise"
    lead = _("党支部改为党总支、乡改镇、县改市，用这一项：级别变了，还是同一个组织。")

    level = forms.ChoiceField(label=_("新的级别"))
    category = forms.CharField(label=_("类别"), max_length=30, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        now = self.organisation
        called, _type, _category = titles.organisation(now.type, now.level, now.category)
        choices = list({now.level: called, **titles.ORGANISATION_LEVELS}.items())
        self.fields["level"] = forms.ChoiceField(label=_("新的级别"), choices=choices)
        self.order_fields(["name", "code", "level", "category", "day", "reason", "seen"])

    def do(self, by: Actor) -> None:
        actions.raise_(
            organisation=self.organisation.id,
            level=self.cleaned_data["level"],
            name=self.cleaned_data["name"],
            code=self.cleaned_data["code"],
            category=self.cleaned_data["category"],
            day=self.day_,
            by=by,
            reason=self.cleaned_data["reason"],
        )
