"""One screen for whoever answers the telephone: what was said, whom it is about, and a code to read out at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, outward, scope
from xianfeng.web.desk.kinds import filer_of, has_below, takes_part
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.forms.wishes import WishForm
from xianfeng.web.frame import asked

_VIA = ("phone", "visit", "hotline")


class CallForm(WishForm):
    """The same, with how it came in."""

    via = forms.ChoiceField(label=_("来源"), widget=forms.RadioSelect, initial=_VIA[0])
    hotline = forms.CharField(
        label=_("热线工单号"), required=False, max_length=40, help_text=_("12345转来的填；同一个工单号只登记一次。")
    )
    field_order = ("via", "hotline", "text", "name", "phone", "sort", "open", "code")

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(scheme, *args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 4
        titles = scheme.kinds[intake.MATTER].fields["via"].choices
        self.fields["via"].choices = [(name, titles[name]) for name in _VIA if name in titles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("via") == "hotline" and not said.get("hotline"):
            self.add_error("hotline", gettext("12345转来的，请填工单号。"))
        return said


@dataclass(frozen=True)
class CallPage:
    scheme: Scheme
    own: Node
    below: bool
    other: str
    other_name: str
    wrong: str
    form: CallForm


@dataclass(frozen=True)
class SlipPage:
    """What whoever asked takes away. Sent again it is the same: the code says that it is the same matter."""

    record: Record
    about: Node
    code: str
    address: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.FILE)
def call(request: HttpRequest) -> HttpResponse:
    filer = filer_of(request)
    scheme = scheme_or_404(filer.own, (request.POST if request.method == "POST" else request.GET).get("scheme", ""))
    posted = request.POST if request.method == "POST" else None
    typed = (posted.get("for", "") if posted else asked(request, "for")).strip()
    about = filer.names.inside([typed]).get(typed) if typed else filer.own
    form = CallForm(scheme, posted)
    wrong = "" if about else gettext("本单位之下没有这个单位。")
    page = CallPage(scheme, filer.own, has_below(filer.own), typed, about.name if about and typed else "", wrong, form)
    if posted is None:
        return render(request, "desk/matters/call.html", {"page": page})
    if about is not None and form.is_valid():
        try:
            return _filed(request, filer, page, about)
        except Problem as problem:
            form.refused(problem)
    return render(request, "desk/matters/call.html", {"page": page}, status=422)


def _filed(request: HttpRequest, filer: Filer, page: CallPage, about: Node) -> HttpResponse:
    code = page.form.cleaned_data["code"]
    wish = page.form.wish(_VIA[0])
    record = intake.file(by=filer.by, scheme=page.scheme.name, organisation=about.id, wish=wish, code=code)
    printed = codes.read(code)
    if not Counterfoil.objects.filter(record=record, digest=codes.digest(printed)).exists():
        messages.info(request, gettext("这个工单号已经登记过，就是这一件；查询码是登记时给的那个。"))
        return redirect("record", record.id) if scope.of(request).record(record) else redirect("matters")
    address = outward.address(request, reverse("followed", args=[printed]))
    return render(request, "desk/matters/slip.html", {"page": SlipPage(record, about, printed, address)})


def scheme_or_404(own: Node, name: str) -> Scheme:
    """The campaign asked for, or the newest that takes matters where the reader works."""
    today = timezone.localdate()
    known = [one for one in versions.all_current() if intake.takes(one) and takes_part(one, own)]
    chosen = [one for one in known if one.name == name] if name else sorted(known, key=lambda one: one.since)
    if not chosen or tree.named([own.id], today).get(own.id) is None:
        raise Http404(gettext("本单位参加的活动都不受理群众诉求"))
    return chosen[-1]
