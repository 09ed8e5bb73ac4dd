"""这个要求太重了: says of a form or a requirement that it asks too much. Whoever fills it in may, without a name."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xianfeng import tokens
from xianfeng.accounts import attempts
from xianfeng.accounts import reader as readers
from xianfeng.problems import Problem
from xianfeng.scheme.burden import Burden, burdens
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.voice import complaints
from xianfeng.voice.citizens import CITIZEN
from xianfeng.voice.reasons import BURDENS
from xianfeng.web import access
from xianfeng.web.frame import asked, scheme_or_404
from xianfeng.web.public.comments import FLOODED, told
from xianfeng.web.said import Told, told_of

_SHOWN = 20
_TALL = {"rows": 3, "maxlength": complaints.LONGEST}


class BurdenForm(forms.Form):
    sort = forms.ChoiceField(label=_("哪里太重"), widget=forms.RadioSelect, choices=list(BURDENS.items()))
    minutes = forms.IntegerField(
        label=_("填一份大约用几分钟"),
        required=False,
        min_value=1,
        max_value=complaints.MOST_MINUTES,
        help_text=_("连找材料的时间也算；说不清可以不填。"),
    )
    twice = forms.CharField(
        label=_("哪些内容重复了"),
        required=False,
        widget=forms.Textarea(attrs=_TALL),
        help_text=_("同样的内容还报给谁、在哪张表里填过。"),
    )
    words = forms.CharField(
        label=_("还想说的"),
        required=False,
        widget=forms.Textarea(attrs=_TALL),
        help_text=_("说事情，不要写人名和电话。"),
    )
    named = forms.BooleanField(
        label=_("注明是本单位提的"),
        required=False,
        help_text=_("勾选以后，办公室看到单位名称，看不到您的姓名；不勾选，什么也看不到。"),
    )
    receipt = forms.CharField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class BurdenPage:
    scheme: Scheme
    kind: Kind
    burdens: tuple[Burden, ...]  # what the scheme asks of it in a year
    form: BurdenForm
    answered: tuple[Told, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@access.public
def burden(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    found = scheme.kinds.get(kind)
    if found is None:
        raise Http404(gettext("没有这个台账"))
    if request.method != "POST":
        return _shown(request, scheme, found, BurdenForm(initial={"receipt": tokens.fresh()}))
    form = BurdenForm(request.POST)
    given = request.POST.get("receipt", "")
    receipt = given if tokens.is_token(given) else tokens.fresh()
    if form.is_valid():
        try:
            _complain(request, scheme, found, form, receipt)
            return redirect("receipt", receipt)
        except Problem as problem:
            form.add_error(problem.field or None, told(problem))
            if problem.code in FLOODED:
                return _shown(request, scheme, found, form, status=429)
    return _shown(request, scheme, found, form, status=422)


def _complain(request: HttpRequest, scheme: Scheme, kind: Kind, form: BurdenForm, receipt: str) -> None:
    reader, given = readers.of(request), form.cleaned_data
    named = bool(given["named"]) and reader.organisation is not None
    complaints.complain(
        scheme=scheme.name,
        kind=kind.name,
        obligation=asked(request, "obligation"),
        said=complaints.Said(sort=given["sort"], minutes=given["minutes"], twice=given["twice"], words=given["words"]),
        receipt=receipt,
        address=attempts.address(request),
        by=reader.actor if named else CITIZEN,
        named=named,
    )


def _shown(request: HttpRequest, scheme: Scheme, kind: Kind, form: BurdenForm, *, status: int = 200) -> HttpResponse:
    if readers.of(request).organisation is None:
        del form.fields["named"]
    page = BurdenPage(
        scheme=scheme,
        kind=kind,
        burdens=tuple(one for one in burdens(scheme) if one.kind == kind.name),
        form=form,
        answered=tuple(told_of(row) for row in complaints.answered(scheme.name, kind.name)[:_SHOWN]),
    )
    return render(request, "public/burden.html", {"page": page}, status=status)
