"""Bringing a matter: whom it is about, what it is, and a counterfoil to take away. Nobody has to say who he is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import attempts
from xianfeng.ledger import binding
from xianfeng.matters import intake
from xianfeng.matters.intake import CITIZEN
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.voice import flood
from xianfeng.web import access
from xianfeng.web.forms.wishes import Asking, WishForm, kind_or_404
from xianfeng.web.frame import asked, scheme_or_404

LIMITS = flood.Limits(of_sender=20, of_sender_on_thing=10, on_thing=500)
FLOODED = ("voice.flood", "voice.too_many")
_VIA = ("web", "qr")
TEMPLATE = "public/matters/new.html"


@dataclass(frozen=True)
class NewMatterPage:
    """`about` None: the address names no organisation of the campaign, so one is asked for. `others`: the kinds that
    the campaign takes besides this one, with where they are filed."""

    scheme: Scheme
    kind: Kind
    others: tuple[tuple[str, str], ...]
    about: Node | None
    typed: str
    wrong: str
    via: str
    asking: Asking


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.public
def new(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    posted = request.POST if request.method == "POST" else None
    kind = kind_or_404(scheme, posted.get("kind", "") if posted else asked(request, "kind"))
    typed = (posted.get("for", "") if posted else asked(request, "for")).strip()
    about = _about(scheme, typed)
    page = NewMatterPage(
        scheme=scheme,
        kind=kind,
        others=tuple((one.title, _address(scheme, one, typed)) for one in intake.takes(scheme) if one is not kind),
        about=about,
        typed=typed,
        wrong="" if about or not (typed or posted) else gettext("没有找到这个单位，请写全称或者代码。"),
        via=_via(posted.get("via", "") if posted else asked(request, "via")),
        asking=Asking.of(WishForm, scheme, kind, request),
    )
    if posted is None:
        return render(request, TEMPLATE, {"page": page})
    if not page.asking.form.is_valid() or about is None:
        return render(request, TEMPLATE, {"page": page}, status=422)
    try:
        return _filed(request, page, about)
    except Problem as problem:
        page = replace(page, asking=page.asking.refused(problem))
        return render(request, TEMPLATE, {"page": page}, status=429 if problem.code in FLOODED else 422)


def _filed(request: HttpRequest, page: NewMatterPage, about: Node) -> HttpResponse:
    wish, code = page.asking.wish(page.via), page.asking.form.cleaned_data["code"]
    flood.count(LIMITS, room="matters", thing=f"{page.scheme.name}/{about.id}", address=attempts.address(request))
    intake.file(by=CITIZEN, scheme=page.scheme.name, organisation=about.id, wish=wish, code=code)
    return redirect(f"{reverse('followed', args=[code])}?new=1")


def _via(text: str) -> str:
    return text if text in _VIA else _VIA[0]


def _address(scheme: Scheme, kind: Kind, typed: str) -> str:
    return f"{reverse('new_matter', args=[scheme.name])}?{urlencode({'kind': kind.name, 'for': typed})}"


def _about(scheme: Scheme, text: str) -> Node | None:
    """The organisation of the campaign that a code or a full name means."""
    if not text or not text.isprintable() or len(text) > 100:
        return None
    known = tree.by_any_code(text) or binding.named(text, scheme.at)
    if known is None or known.closed or not binding.within(scheme.at, known):
        return None
    return tree.named([known.id], timezone.localdate())[known.id]
