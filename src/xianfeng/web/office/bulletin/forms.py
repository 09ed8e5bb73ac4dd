"""The form in which an issue is written: its imprint, its text, and the numbers that are the text's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianfeng.bulletins.content import Content

_TO = ("报", "送", "发")


class ContentForm(forms.Form):
    title = forms.CharField(
        label=_("标题"),
        help_text=_("一行一行写，印出来也分行。"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
    )
    text = forms.CharField(
        label=_("正文"),
        help_text=_("空行分段。数字不直接打：在“插入一个数”里选好，插到光标处；旁边的样稿里点一个数，就选中它的写法。"),
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "false"}),
        strip=False,
    )
    notes = forms.CharField(
        label=_("文稿自身的数字"),
        help_text=_("会议届次、日期一类不由台账计算的数。一行一类：名称=数字、数字。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    series = forms.CharField(label=_("报头名称"), max_length=60)
    special = forms.CharField(label=_("专刊名"), required=False, max_length=60)
    issuer = forms.CharField(label=_("编发单位"), max_length=100)
    issued = forms.DateField(
        label=_("印发日期"),
        help_text=_("取数默认到这一天为止。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    to = forms.CharField(
        label=_("抄送"),
        help_text=_("一行一项：报：市委；送：…；发：…"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    copies = forms.IntegerField(label=_("印数"), required=False, min_value=1, max_value=99999)
    editor = forms.CharField(label=_("责任编辑"), required=False, max_length=40)
    name = forms.SlugField(label=_("网址名"), help_text=_("公开以后的地址用它，如 no12；定了不再改。"), max_length=40)

    def clean_to(self) -> dict[str, str]:
        lines = [line.strip().replace(":", "：", 1) for line in self.cleaned_data["to"].splitlines() if line.strip()]
        pairs = [line.partition("：") for line in lines]
        if any(not whom.strip() or label.strip() not in _TO for label, _sep, whom in pairs):
            raise forms.ValidationError(_("每行以报、送或发开头，后面是冒号和单位。"))
        return {label.strip(): whom.strip() for label, _sep, whom in pairs}

    def clean_notes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for line in self.cleaned_data["notes"].splitlines():
            row, equals, texts = line.replace("＝", "=", 1).partition("=")
            if line.strip() and not (row.strip() and equals and texts.strip()):
                raise forms.ValidationError(_("每行写成“名称=数字、数字”。"))
            if line.strip():
                found[row.strip()] = tuple(text.strip() for text in texts.split("、") if text.strip())
        return found

    def content(self) -> Content:
        """What was typed; only of a form without faults."""
        data: dict[str, Any] = self.cleaned_data
        return Content(
            name=data["name"],
            series=data["series"],
            issuer=data["issuer"],
            issued=data["issued"],
            title=tuple(line.strip() for line in data["title"].splitlines() if line.strip()),
            text=data["text"].replace("\r\n", "\n").strip("\n"),
            special=data["special"],
            copies=data["copies"],
            to=data["to"],
            editor=data["editor"],
            notes=data["notes"],
        )


def initial(content: Content) -> dict[str, Any]:
    return {
        "name": content.name,
        "series": content.series,
        "issuer": content.issuer,
        "issued": content.issued,
        "title": "\n".join(content.title),
        "text": content.text,
        "special": content.special,
        "copies": content.copies,
        "to": "\n".join(f"{label}：{whom}" for label, whom in content.to.items()),
        "editor": content.editor,
        "notes": "\n".join(f"{row}={'、'.join(texts)}" for row, texts in content.notes.items()),
    }


def told(form: ContentForm, problem: Any) -> ContentForm:
    """The form with what the desk refuses beside the field it is about."""
    for each in getattr(problem, "problems", (problem,)):
        form.add_error(each.field if each.field in form.fields else None, each.told)
    return form
