"""Matters brought in as a list: a file that is taken whole or not at all, and the codes to hand out, shown once."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.matters import listed
from xianfeng.matters.listed import Brought, Line
from xianfeng.problems import Problem, Problems
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import say
from xianfeng.web import access, errors, outward, pending
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.desk.matters.call import scheme_or_404
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.forms.wishes import kind_or_404
from xianfeng.web.frame import asked
from xianfeng.workbooks import LARGEST_FILE

_SEED = re.compile(r"[0-9a-f]{32}")


class ListForm(forms.Form):
    """`seed`: from which the codes follow; the same page sent twice is the same list."""

    file = forms.FileField(
        label=_("Excel 或 CSV 文件"),
        help_text=_("一行一件，一次最多 200 件。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )
    seed = forms.RegexField(_SEED, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("seed", secrets.token_hex(16))
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class Slip:
    """What is cut out and handed over. `code` '' where the matter has one already."""

    number: int
    hotline: str
    words: str
    code: str
    address: str


@dataclass(frozen=True)
class ListPage:
    scheme: Scheme
    kind: Kind
    own: Node
    form: ListForm
    headings: tuple[str, ...]
    faults: tuple[Problem, ...] = ()
    slips: tuple[Slip, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.FILE)
def matter_list(request: HttpRequest) -> HttpResponse:
    filer, posted = filer_of(request), request.method == "POST"
    scheme = scheme_or_404(filer.own, request.POST.get("scheme", "") if posted else asked(request, "scheme"))
    kind = kind_or_404(scheme, request.POST.get("kind", "") if posted else asked(request, "kind"))
    form = ListForm(request.POST, request.FILES) if posted else ListForm()
    headings = tuple(words[0] for words in listed.HEADINGS.values())
    if not posted:
        page = ListPage(scheme, kind, filer.own, form, headings)
        return render(request, "desk/matters/list.html", {"page": page})
    faults: tuple[Problem, ...] = ()
    if form.is_valid():
        sent: UploadedFile[bytes] = form.cleaned_data["file"]
        if (sent.size or 0) > LARGEST_FILE:
            return errors.too_large(request, LARGEST_FILE)
        try:
            brought = _brought_in(filer, scheme, kind, sent, form.cleaned_data["seed"])
        except Problem as problem:
            faults = problem.problems if isinstance(problem, Problems) else (problem,)
        else:
            slips = tuple(_slip(request, one) for one in brought)
            page = ListPage(scheme, kind, filer.own, form, headings, slips=slips)
            return render(request, "desk/matters/list.html", {"page": page})
    page = ListPage(scheme, kind, filer.own, form, headings, faults)
    return render(request, "desk/matters/list.html", {"page": page}, status=422)


def _brought_in(filer: Filer, scheme: Scheme, kind: Kind, sent: UploadedFile[bytes], seed: str) -> tuple[Brought, ...]:
    """What was sent holds names, so it is read where such files lie, and goes at once."""
    kept = pending.receive(filer.by.id, sent.name or "", sent.chunks())
    try:
        lines = listed.read(kept.file, kind)
    finally:
        kept.drop()
    organisations = _organisations(filer, lines)
    return listed.bring_in(by=filer.by, scheme=scheme.name, lines=lines, organisations=organisations, seed=seed)


def _organisations(filer: Filer, lines: tuple[Line, ...]) -> dict[str, int]:
    """Whom the rows name: the own organisation, or one below it."""
    known = filer.names.inside({line.at for line in lines if line.at})
    refused = [
        Problem(
            "matters.not_below",
            say("本单位之下没有“{at}”。", at=line.at),
            hint="请写单位全称或者代码；提给本单位的，留空。",
            place=say("第 {row} 行", row=line.number),
        )
        for line in lines
        if line.at and line.at not in known
    ]
    if refused:
        raise Problems(refused, code="matters.list", message="有的单位找不到。", hint="改好后重新导入整份表。")
    return {"": filer.own.id, **{at: node.id for at, node in known.items()}}


def _slip(request: HttpRequest, one: Brought) -> Slip:
    address = outward.address(request, reverse("followed", args=[one.code])) if one.code else ""
    return Slip(one.record.id, one.line.wish.hotline, one.line.wish.text, one.code, address)
