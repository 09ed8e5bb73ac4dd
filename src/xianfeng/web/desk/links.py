"""Filing links: made for units below, handed out as a text for the chat group, revoked when they have served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xianfeng.accounts import links as actions
from xianfeng.accounts.abilities import Ability
from xianfeng.duties import owed
from xianfeng.ledger import versions
from xianfeng.problems import Problem
from xianfeng.registry import desks, tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import say, translated
from xianfeng.web import access, outward
from xianfeng.web.desk.kinds import filer_of, kind_or_404, takes_part
from xianfeng.web.desk.sent import Sending, sendings
from xianfeng.web.forms import filing
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.frame import asked, campaigns, number_or_404
from xianfeng.web.tables import answer

_USUAL = dt.timedelta(days=14)


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class UnitGroup:
    """Units of one sort, to be chosen together."""

    sort: str
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class KindChoice:
    value: str  # scheme/kind
    title: str
    chosen: bool


@dataclass(frozen=True)
class KindGroup:
    title: str
    kinds: tuple[KindChoice, ...]


@dataclass(frozen=True, kw_only=True)
class LinksPage:
    """`message`: the text to hand out, once; the addresses in it are not kept."""

    own: Node
    groups: tuple[KindGroup, ...]
    sorts: tuple[UnitGroup, ...]
    others: str
    until: str
    many: bool
    sendings: tuple[Sending, ...]
    reference: str
    message: str = ""
    made: int = 0
    fault: str = ""
    fault_field: str = ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.FILE)
def links(request: HttpRequest) -> HttpResponse:
    filer = filer_of(request)
    if request.method != "POST":
        page = _begun(request, filer)
        tables = (sending.table for sending in page.sendings)
        return answer(request, *tables) or render(request, "desk/links.html", {"page": page})
    try:
        page = _made(request, filer)
    except Problem as problem:
        page = _again(request, filer, problem)
    return render(request, "desk/links.html", {"page": page}, status=422 if page.fault else 200)


def _begun(request: HttpRequest, filer: Filer) -> LinksPage:
    """An empty form, or one for the units that have not filed yet: named by the address, or the overdue of a round."""
    units = frozenset(text for text in request.GET.getlist("unit") if text.isascii() and text.isprintable())
    units |= _lacking(request, filer)
    further = units - {node.code for node in _below(filer)}
    return _page(
        request,
        filer,
        chosen=asked(request, "kind"),
        until=(timezone.localdate() + _USUAL).isoformat(),
        units=units,
        others="\n".join(sorted(further)),
        many=asked(request, "many") != "0",
    )


def _lacking(request: HttpRequest, filer: Filer) -> frozenset[str]:
    """The codes of the organisations below that are overdue in the round that the address names, as many as get
    links."""
    number = number_or_404(request, "lacking")
    desk = desks.at(filer.own.id) if number else None
    if not number or desk is None:
        return frozenset()
    lacking = owed.lacking(number, desk.place, now=timezone.now())[: actions.MOST]
    return frozenset(node.code for node in tree.named(lacking, timezone.localdate()).values())


@require_POST
@access.needs(Ability.FILE)
def revoke(request: HttpRequest, link: int) -> HttpResponse:
    try:
        found = actions.revoke_link(link=link, by=filer_of(request).by)
    except Problem as problem:
        raise Http404(problem.message) from problem
    messages.success(request, gettext("{name}的链接已收回，已经填报的不受影响。").format(name=found.organisation.name))
    return redirect("links")


def _made(request: HttpRequest, filer: Filer) -> LinksPage:
    name, _, kind = request.POST.get("kind", "").partition("/")
    if not kind:
        raise Problem("web.no_kind", gettext("没有选台账。"), hint=gettext("请选要填报的台账。"), field="kind")
    scheme, found = kind_or_404(name, kind, filer.own)
    made = actions.make_links(
        organisations=_wanted(request, filer),
        scheme=scheme.name,
        kind=found.name,
        many=request.POST.get("many") == "1",
        expires=_end_of(request.POST.get("until", "")),
        by=filer.by,
        reference=filing.reference_of(request),
    )
    message = _message(request, scheme, found, made)
    return _page(request, filer, until=request.POST.get("until", ""), message=message, made=len(made))


def _again(request: HttpRequest, filer: Filer, problem: Problem) -> LinksPage:
    return _page(
        request,
        filer,
        chosen=request.POST.get("kind", ""),
        until=request.POST.get("until", ""),
        units=frozenset(request.POST.getlist("unit")),
        others=request.POST.get("others", ""),
        many=request.POST.get("many") == "1",
        fault=problem.told,
        fault_field=problem.field,
        reference=filing.reference_of(request),
    )


def _wanted(request: HttpRequest, filer: Filer) -> list[int]:
    """The units ticked, and those written below them by code or name."""
    texts = [*request.POST.getlist("unit"), *request.POST.get("others", "").replace("，", "\n").splitlines()]
    texts = [text.strip() for text in texts if text.strip()]
    wanted = set(request.POST.getlist("all"))
    texts += [node.code for node in _below(filer) if _sort_of(node) in wanted]
    if not texts:
        raise Problem("web.no_units", gettext("没有选单位。"), hint=gettext("请勾选，或写出代码。"), field="units")
    found = filer.names.inside(texts)
    strange = [text[:40] for text in texts if text not in found]
    if strange:
        said = gettext("本组织之下没有：{names}。").format(names=gettext("、").join(strange[:10]))
        raise Problem("web.not_below", said, hint=gettext("写组织代码或全称，一行一个。"), field="units")
    return [found[text].id for text in texts]


def _end_of(text: str) -> dt.datetime:
    """The end of a day; a day that is none is refused with the others that will not do."""
    try:
        day = dt.date.fromisoformat(text)
        return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)))
    except (ValueError, OverflowError):
        return timezone.now() - dt.timedelta(days=1)


def _message(request: HttpRequest, scheme: Scheme, kind: Kind, made: Sequence[actions.Made]) -> str:
    until = timezone.localtime(made[0].link.expires)
    head = gettext(
        "【{scheme}】请在 {month} 月 {day} 日前填报“{kind}”。点本单位的链接直接填写，不用登录；请不要替别的单位填。"
    )
    nodes = tree.named({one.link.organisation_id for one in made}, timezone.localdate())
    lines = [
        gettext("{name}：{address}").format(
            name=nodes[one.link.organisation_id].name,
            address=outward.address(request, reverse("by_link", args=[one.token])),
        )
        for one in made
    ]
    said = head.format(scheme=scheme.title, kind=kind.title, month=until.month, day=until.day)
    return "\n".join([said, *lines])


def _page(
    request: HttpRequest,
    filer: Filer,
    *,
    chosen: str = "",
    until: str = "",
    units: frozenset[str] = frozenset(),
    others: str = "",
    many: bool = True,
    reference: str = "",
    **also: object,
) -> LinksPage:
    return LinksPage(
        own=filer.own,
        groups=tuple(_groups(filer.own, chosen)),
        sorts=tuple(_sorted(_below(filer), units)),
        others=others,
        until=until,
        many=many,
        sendings=sendings(filer.own),
        reference=reference or filing.fresh_reference(),
        **also,  # type: ignore[arg-type]
    )


def _groups(own: Node, chosen: str) -> Iterable[KindGroup]:
    for link in campaigns():
        scheme = versions.current(link.name)
        if takes_part(scheme, own):
            named = [
                (f"{scheme.name}/{kind.name}", kind.title) for kind in scheme.kinds.values() if scheme.by_form(kind)
            ]
            yield KindGroup(scheme.title, tuple(KindChoice(value, title, value == chosen) for value, title in named))


def _sorted(nodes: Iterable[Node], chosen: frozenset[str]) -> Iterable[UnitGroup]:
    sorts: dict[str, list[Unit]] = {}
    for node in nodes:
        sorts.setdefault(_sort_of(node), []).append(Unit(node.code, node.name, node.code in chosen))
    return (UnitGroup(sort, tuple(units)) for sort, units in sorts.items())


def _sort_of(node: Node) -> str:
    """What an organisation is, in words: those of one sort usually owe the same."""
    level, type_, _ = titles.organisation(node.type, node.level, node.category)
    return translated(level if node.type == "unit" else say("{level}{type}", level=level, type=type_))


def _below(filer: Filer) -> tuple[Node, ...]:
    return tree.children(filer.own.id, timezone.localdate())
