"""What is asked of whoever brings a matter, and of the clerk to whom he tells it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianfeng.matters import codes
from xianfeng.matters.intake import LONGEST, MATTER, Wish
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.nodes import Scheme


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

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("code", codes.fresh())
        super().__init__(*args, **kwargs)
        choices = scheme.kinds[MATTER].fields["sort"].choices
        self.fields["sort"].choices = [("", _("不填")), *choices.items()]  # type: ignore[attr-defined]

    def wish(self, via: str) -> Wish:
        said = self.cleaned_data
        return Wish(
            text=said["text"],
            via=said.get("via") or via,
            sort=said["sort"],
            private=not said["open"],
            name=said["name"],
            phone=said["phone"],
            hotline=said.get("hotline", ""),
        )

    def refused(self, problem: Problem) -> None:
        """What the ledger refuses, beside the field it is about."""
        for one in problem.problems if isinstance(problem, Problems) else (problem,):
            self.add_error(one.field if one.field in self.fields else None, forms.ValidationError(one.told))
