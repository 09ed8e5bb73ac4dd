"""One screen for whoever answers the telephone: what was said, whom it is about, and a code to read out at the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.matters import codes, intake
from xianfeng.matters.models import Counterfoil
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web import access, outward, scope
from xianfeng.web.desk.kinds import filer_of, has_below, takes_part
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.forms.wishes import Asking, WishForm, kind_or_404
from xianfeng.web.frame import asked

TEMPLATE = "desk/matters/call.html"
_VIA = ("phone", "visit", "hotline")


class CallForm(WishForm):
    """The same, with how it came in."""

    via = forms.ChoiceField(label=_("来源"), widget=forms.RadioSelect, initial=_VIA[0])
    hotline = forms.CharField(
        label=_("热线工单号"), required=False, max_length=40, help_text=_("12345转来的填；同一个工单号只登记一次。")
    )
    field_order = ("via", "hotline", "text", "name", "phone", "sort", "open", "code")

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(kind, *args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 4
        if "via" in self.fields:
            titles = self._field("via").choices
            self.fields["via"].choices = [(name, titles[name]) for name in _VIA]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("via") == "hotline" and not said.get("hotline"):
            self.add_error("hotline", gettext("12345转来的，请填工单号。"))
        return said


@dataclass(frozen=True)
class CallPage:
    """`others`: the kinds that the campaign takes besides this one, with where they are taken down."""

    scheme: Scheme
    kind: Kind
    others: tuple[tuple[str, str], ...]
    own: Node
    below: bool
    other: str
    other_name: str
    wrong: str
    asking: Asking


@dataclass(frozen=True)
class SlipPage:
    """What whoever asked takes away. Sent again it is the same: the code says that it is the same matter."""

    record: Record
    kind: Kind
    about: Node
    code: str
    address: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.FILE)
def call(request: HttpRequest) -> HttpResponse:
    filer = filer_of(request)
    posted = request.POST if request.method == "POST" else None
    scheme = scheme_or_404(filer.own, (posted or request.GET).get("scheme", ""))
    kind = kind_or_404(scheme, posted.get("kind", "") if posted else asked(request, "kind"))
    typed = (posted.get("for", "") if posted else asked(request, "for")).strip()
    about = filer.names.inside([typed]).get(typed) if typed else filer.own
    page = CallPage(
        scheme=scheme,
        kind=kind,
        others=tuple((one.title, _address(scheme, one)) for one in intake.takes(scheme) if one is not kind),
        own=filer.own,
        below=has_below(filer.own),
        other=typed,
        other_name=about.name if about and typed else "",
        wrong="" if about else gettext("本单位之下没有这个单位。"),
        asking=Asking.of(CallForm, scheme, kind, request),
    )
    if posted is None:
        return render(request, TEMPLATE, {"page": page})
    if about is not None and page.asking.form.is_valid():
        try:
            return _filed(request, filer, page, about)
        except Problem as problem:
            page = replace(page, asking=page.asking.refused(problem))
    return render(request, TEMPLATE, {"page": page}, status=422)


def _filed(request: HttpRequest, filer: Filer, page: CallPage, about: Node) -> HttpResponse:
    wish, code = page.asking.wish(_VIA[0]), page.asking.form.cleaned_data["code"]
    record = intake.file(by=filer.by, scheme=page.scheme.name, organisation=about.id, wish=wish, code=code)
    printed = codes.read(code)
    if not Counterfoil.objects.filter(record=record, digest=codes.digest(printed)).exists():
        messages.info(request, gettext("这个工单号已经登记过，就是这一件；查询码是登记时给的那个。"))
        return redirect("record", record.id) if scope.of(request).record(record) else redirect("matters")
    address = outward.address(request, reverse("followed", args=[printed]))
    slip = SlipPage(record, page.kind, about, printed, address)
    return render(request, "desk/matters/slip.html", {"page": slip})


def _address(scheme: Scheme, kind: Kind) -> str:
    return f"{reverse('matter_call')}?{urlencode({'scheme': scheme.name, 'kind': kind.name})}"


def scheme_or_404(own: Node, name: str) -> Scheme:
    """The campaign asked for, or the newest that takes matters where the reader works."""
    today = timezone.localdate()
    known = [one for one in versions.all_current() if intake.takes(one) and takes_part(one, own)]
    chosen = [one for one in known if one.name == name] if name else sorted(known, key=lambda one: one.since)
    if not chosen or tree.named([own.id], today).get(own.id) is None:
        raise Http404(gettext("本单位参加的活动都不受理群众诉求"))
    return chosen[-1]
