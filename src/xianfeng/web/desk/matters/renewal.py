"""Another code for a requester who lost his: he is known by what he told when he came, and the old code ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.models import Record
from xianfeng.matters import codes, counterfoils, intake
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Kind
from xianfeng.web import access, outward, scope
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.record.finding import Opened, record_or_404


class RenewalForm(forms.Form):
    """What the requester says of himself is asked only where there is something to compare it with."""

    reason = forms.CharField(
        label=_("怎么核对的"),
        max_length=200,
        help_text=_("写清核对了什么，比如“报出提诉求的日期、地点和经过”。这句话记入办理经过。"),
    )
    code = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, held: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        """`held`: the personal fields that hold something, by name, with their titles."""
        kwargs.setdefault("initial", {}).setdefault("code", codes.fresh())
        super().__init__(*args, **kwargs)
        self.held = held
        for name, title in held.items():
            label = gettext("来人报的{title}").format(title=gettext(title))
            self.fields[name] = forms.CharField(label=label, required=False, max_length=200)
        self.order_fields([*held, "reason", "code"])

    @property
    def told(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.held}


@dataclass(frozen=True)
class RenewalPage:
    """`code`: the new one, once it is given; `address`: where it leads."""

    record: Record
    kind: Kind
    form: RenewalForm
    asks: bool  # whether the matter holds anything of its requester
    code: str = ""
    address: str = ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.FILE)
def renewal(request: HttpRequest, number: int) -> HttpResponse:
    filer, opened = filer_of(request), _opened_or_404(request, number)
    record, fields = opened.record, opened.kind.fields
    held = {name: fields[name].title for name in counterfoils.known_by(record) if name in fields}
    form = RenewalForm(held, request.POST if request.method == "POST" else None)
    page = RenewalPage(record, opened.kind, form, bool(held))
    if request.method != "POST":
        return render(request, "desk/matters/renewal.html", {"page": page})
    if form.is_valid():
        said = form.cleaned_data
        try:
            counterfoils.renew(by=filer.by, record=record.id, code=said["code"], told=form.told, reason=said["reason"])
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.told)
        else:
            code = codes.read(said["code"])
            address = outward.address(request, reverse("followed", args=[code]))
            given = RenewalPage(record, opened.kind, form, page.asks, code, address)
            return render(request, "desk/matters/renewal.html", {"page": given})
    return render(request, "desk/matters/renewal.html", {"page": page}, status=422)


def _opened_or_404(request: HttpRequest, number: int) -> Opened:
    seen = scope.of(request)
    opened = record_or_404(number, lambda record: seen.within(record.holder))
    if intake.request_of(opened.record) is None:
        raise Http404(gettext("没有这件诉求"))
    return opened
