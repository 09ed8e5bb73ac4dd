"""A new organisation under this one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.log.actors import Actor
from xianfeng.log.models import Entry
from xianfeng.registry import codes, tree
from xianfeng.registry.actions import Founding, found
from xianfeng.scheme import titles
from xianfeng.web.office.registry.changes.form import ChangeForm

LEVELS = [("", _("按类型和代码确定")), *((level, _(title)) for level, title in titles.ORGANISATION_LEVELS.items())]
_LEVEL_OF = {"body": "branch", "unit": "unit", "group": "group"}


class Found(ChangeForm):
    title = _("增加下级组织")
    button = _("登记这个组织")
    action = "found"
    beneath = True

    name = forms.CharField(label=_("名称"), max_length=200, help_text=_("全称，照文件写。"))
    code = forms.CharField(
        label=_("代码"),
        max_length=40,
        help_text=_("区划写 6、9 或 12 位区划代码；单位可用统一社会信用代码；其他用本系统自编的代码。"),
    )
    type = forms.ChoiceField(
        label=_("类型"), choices=[(type_, _(title)) for type_, title in titles.TYPES.items()], initial="unit"
    )
    level = forms.ChoiceField(label=_("级别"), choices=LEVELS, required=False)
    category = forms.CharField(label=_("类别"), max_length=30, required=False, help_text=_("例如：村、社区、行业。"))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        if len(code) == 18 and self.data.get("type") == "unit":
            wrong = codes.check_social_credit(code)
            if wrong:
                raise forms.ValidationError(wrong.told)
        return code

    def clean(self) -> None:
        code = self.cleaned_data.get("code", "")
        if self.cleaned_data.get("type") == "division" and code:
            wrong = codes.check_division(code)
            if wrong:
                self.add_error("code", wrong.told)

    def do(self, by: Actor) -> None:
        given = self.cleaned_data
        founding = Founding(
            code=given["code"],
            name=given["name"],
            type=given["type"],
            level=given["level"] or codes.division_level(given["code"]) or _LEVEL_OF.get(given["type"], "unit"),
            category=titles.category(given["category"]),
            parent=self.organisation.id,
            founded=self.day_,
        )
        found(founding=founding, by=by)

    def consequences(self) -> list[str]:
        said = {"day": self.day_, "name": self.cleaned_data["name"], "above": self.organisation.name}
        return [
            gettext("从 %(day)s 起，%(above)s之下有一个新组织：%(name)s。") % said,
            gettext("它从这一天起承担本级活动方案规定的任务，计入%(above)s的应报数。") % said,
            gettext("登记以后不能删除；登记错了的，更名或撤销。"),
        ]

    def done_by(self, actor: Actor) -> bool:
        there = tree.by_code(self.cleaned_data["code"])
        if there is None or there.name != self.cleaned_data["name"]:
            return False
        return Entry.objects.filter(seq=there.id, actor=actor.ref, action="found").exists()
