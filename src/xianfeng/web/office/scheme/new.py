"""Beginning a campaign from an office's task-decomposition table (任务分解表): read, look at what becomes of it, adopt.

Nobody writes YAML: the table becomes a scheme file that passes the same loader, and can be changed on its page at once.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import actions, versions
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.start import Heading, Tasks, leads, span, tasks_in, text_of
from xianfeng.scheme.surface.files import MAIN
from xianfeng.scheme.surface.grammar import SCHEME_NAME
from xianfeng.scheme.titles import listed
from xianfeng.web import errors, parts
from xianfeng.web.access import needs
from xianfeng.web.bound import unbound
from xianfeng.web.office.scheme import binding, drafts, made
from xianfeng.web.office.scheme.binding import Choice
from xianfeng.web.office.scheme.carried import Carried, carried
from xianfeng.web.office.scheme.drafts import Draft
from xianfeng.web.office.scheme.file import download
from xianfeng.web.office.scheme.made import Made
from xianfeng.web.parts import Confirmation

LARGEST = 10 * 2**20  # bytes of a workbook
_PATH = re.compile(r"[\x00-\x1f/\\:]")


class TableForm(forms.Form):
    title = forms.CharField(label=_("活动名称"), max_length=100)
    name = forms.RegexField(
        rf"\A(?:{SCHEME_NAME.form})\Z",
        label=_("活动代号"),
        help_text=_("网址里用，定了不再改。小写字母、数字和连字符，如 minhou-2026。"),
        max_length=60,
        error_messages={"invalid": _("只用小写字母、数字和连字符，如 minhou-2026。")},
    )
    since = forms.DateField(
        label=_("开始日期"),
        help_text=_("不填，按任务的时限取整年。"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("结束日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    file = forms.FileField(
        label=_("任务分解表（Excel）"),
        help_text=_("表头里要有任务和责任单位；目标、指标、时限、频次有就读。不超过 10 MB、500 行。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if versions.newest(name):
            raise forms.ValidationError(gettext("已经有代号为“%(name)s”的活动，请换一个。") % {"name": name})
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", gettext("结束日期要在开始日期以后。"))
        return data


@dataclass(frozen=True)
class NewPage:
    form: TableForm
    at: str


@dataclass(frozen=True)
class MadePage:
    """`choices`: for each unit in charge, which organisations it is; `unbound`: for how many nobody knows."""

    made: Made
    table: Carried
    choices: Sequence[Choice]
    options: Sequence[tuple[str, str]]
    unbound: int


@require_http_methods(["GET", "POST"])
@needs(Ability.BEGIN)
def new_scheme(request: HttpRequest) -> HttpResponse:
    do = request.POST.get("do", "")
    if "table" in request.POST:
        return _answered(request, do)
    if do == "adopt":
        return _adopt(request, drafts.posted(request))
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent: UploadedFile[bytes] = form.cleaned_data["file"]
        if (sent.size or 0) > LARGEST:
            return errors.too_large(request, LARGEST)
        try:
            return _made(request, form, sent)
        except Problem as problem:
            form.add_error("file", problem.told)
    page = NewPage(form, _root(request).name)
    return render(request, "office/scheme/new.html", {"page": page}, status=422 if form.errors else 200)


def _root(request: HttpRequest) -> Any:
    """Whose campaign it is: the organisation whose office begins it."""
    organisation = reader.of(request).organisation
    if organisation is None:
        raise Problem("accounts.no_appointment", "没有现任的任职，不能办理。")
    return organisation


def _made(request: HttpRequest, form: TableForm, sent: UploadedFile[bytes]) -> HttpResponse:
    name = _PATH.sub("_", sent.name or "")[-100:] or "table.xlsx"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(sent.read())
        tasks = tasks_in(path)
    table = Carried(_heading(request, form, tasks), tasks, name)
    return _shown(request, table, binding.first(leads(tasks.tasks), table.heading.at))


def _heading(request: HttpRequest, form: TableForm, tasks: Tasks) -> Heading:
    data = form.cleaned_data
    since, until = span(tasks.tasks, timezone.localdate().year)
    return Heading(
        name=data["name"],
        title=data["title"],
        at=_root(request).code,
        since=data["since"] or since,
        until=data["until"] or until,
    )


def _answered(request: HttpRequest, do: str) -> HttpResponse:
    """What was answered about the units in charge: looked at, kept as a file, or made a campaign."""
    table = carried(request.POST["table"])
    choices = binding.answered(leads(table.tasks.tasks), request.POST, table.heading.at)
    draft = _draft(table, choices)
    if do == "download":
        return download(MAIN, draft.text, table.heading.name)
    if do == "adopt" and not any(choice.fault for choice in choices):
        return _adopt(request, draft)
    return _shown(request, table, choices)


def _draft(table: Carried, choices: Sequence[Choice]) -> Draft:
    whoms = {choice.label: whom for choice in choices if (whom := choice.whom(table.heading.at))}
    return Draft("", {MAIN: text_of(table.heading, table.tasks.tasks, whoms)})


def _shown(request: HttpRequest, table: Carried, choices: Sequence[Choice]) -> HttpResponse:
    draft = _draft(table, choices)
    page = MadePage(
        made=made.made(table.tasks, draft.loaded, draft),
        table=table,
        choices=choices,
        options=binding.options(_root(request).name),
        unbound=sum(not choice.known for choice in choices),
    )
    wrong = page.made.faults or any(choice.fault for choice in choices)
    return render(request, "office/scheme/made.html", {"page": page}, status=422 if wrong else 200)


def _adopt(request: HttpRequest, draft: Draft) -> HttpResponse:
    scheme = draft.loaded
    if not isinstance(scheme, Scheme):
        messages.warning(request, gettext("方案有错，没有载入。请从任务分解表重新开始。"))
        return redirect("new_scheme")
    if versions.newest(scheme.name) == scheme.hash:  # sent twice
        return redirect("rules", scheme.name)
    if not parts.confirmed(request):
        return parts.confirm(request, _question(scheme, draft))
    try:
        actions.adopt(draft.files, by=reader.of(request).actor, after="")
    except Problem as problem:
        messages.warning(request, problem.told)
        return redirect("new_scheme")
    messages.success(request, gettext("活动“%(title)s”已经建立，现在就可以填报。") % {"title": scheme.title})
    return redirect("rules", scheme.name)


def _question(scheme: Scheme, draft: Draft) -> Confirmation:
    consequences = [
        gettext("建立活动“%(title)s”，代号 %(name)s，第 1 版（%(version)s）。")
        % {"title": scheme.title, "name": scheme.name, "version": scheme.hash[:12]},
        _binds(scheme),
        gettext("活动和代号建立以后不能删去。"),
    ]
    return Confirmation(
        title=gettext("建立活动“%(title)s”") % {"title": scheme.title},
        consequences=consequences,
        button=gettext("建立这个活动"),
        back=reverse("new_scheme"),
        values={"do": "adopt", "base": "", "changed": draft.hidden},
    )


def _binds(scheme: Scheme) -> str:
    waiting = unbound(scheme)
    if not waiting:
        return gettext("各责任单位的工作要求从此生效；工作要求、目标和项目以后可以在“修改方案”里改。")
    told = ngettext(
        "{n} 个责任单位还没有对应到组织：{names}。", "{n} 个责任单位还没有对应到组织：{names}。", len(waiting)
    )
    rest = gettext("它们的要求暂时不落到任何单位，以后可以在“修改方案”里定；其他要求从此生效。")
    return told.format(n=len(waiting), names=listed(waiting)) + rest
