"""Search: organisations, records, bulletins and campaigns by a word, a code or the initials of a name; a record by its
number and, for those within, by who handles it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.search import index, query
from xianfeng.search.question import Question
from xianfeng.search.terms import Kind
from xianfeng.web import access, scope
from xianfeng.web.frame import asked
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.search.answers import Found, numbered, shown, sight

_A_FEW, _A_PAGE = 5, 20
GROUPS: dict[str, tuple[Kind, str | Promise]] = {
    "organisations": (Kind.ORGANISATION, _("组织")),
    "records": (Kind.RECORD, _("记录")),
    "bulletins": (Kind.BULLETIN, _("简报")),
    "schemes": (Kind.SCHEME, _("活动")),
}


@dataclass(frozen=True)
class Group:
    title: str | Promise
    found: tuple[Found, ...]
    all: str  # the address of all of this kind; '' where this is all of it


@dataclass(frozen=True)
class SearchPage:
    text: str
    asked: bool  # something that can be looked for
    kind: str
    tabs: tuple[Tab, ...]
    groups: tuple[Group, ...]
    pages: Pages


@access.reading
def search(request: HttpRequest) -> HttpResponse:
    """Without `kind` a few of each, with it page after page."""
    text, kind, after = (asked(request, key).strip() for key in ("q", "kind", "after"))
    if kind and kind not in GROUPS:
        raise Http404(gettext("没有这一类"))
    index.catch_up()
    seen = scope.of(request)
    groups: list[Group] = []
    following = ""
    for name, (one, title) in GROUPS.items():
        if kind in ("", name):
            limit = _A_PAGE if kind else _A_FEW
            hits = query.find(text, sight=sight(seen), kind=one, after=after if kind else "", limit=limit)
            more = _address(q=text, kind=name) if hits.after and not kind else ""
            following = _address(q=text, kind=name, after=hits.after) if hits.after and kind else ""
            by_number = numbered(text, seen) if one is Kind.RECORD and not after else ()
            if found := tuple(dict.fromkeys((*by_number, *shown(hits, seen)))):
                groups.append(Group(title, found, more))
    page = SearchPage(
        text=text,
        asked=bool(Question.of(text).whole),
        kind=kind,
        tabs=tuple(_tabs(text, kind)),
        groups=tuple(groups),
        pages=Pages(following, _address(q=text, kind=kind) if after else ""),
    )
    return render(request, "search/search.html", {"page": page})


def _tabs(text: str, kind: str) -> list[Tab]:
    every = Tab(_("全部"), _address(q=text), not kind)
    return [
        every,
        *(Tab(title, _address(q=text, kind=name), kind == name) for name, (_kind, title) in GROUPS.items()),
    ]


def _address(**asked: str) -> str:
    return f"{reverse('search')}?{urlencode({key: value for key, value in asked.items() if value})}"
