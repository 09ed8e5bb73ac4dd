"""The tree as it was on a day, from the reader's own organisation downwards; its levels open one by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.search import index, query
from xianfeng.search.terms import Kind
from xianfeng.sentences import translated
from xianfeng.web import access, scope
from xianfeng.web.frame import asked, number_or_404
from xianfeng.web.office.registry import territory
from xianfeng.web.office.registry.branches import Branch, branch
from xianfeng.web.scope import Scope
from xianfeng.web.search.answers import Suggestion, sight, suggestions

FOUND = 30


@dataclass(frozen=True)
class TreePage:
    """`path`: from the reader's own organisation down. `stood`: whether it was there that day."""

    at: Node
    kind: str
    day: dt.date
    path: tuple[Node, ...]
    stood: bool
    branch: Branch
    asked: str
    found: tuple[Suggestion, ...]
    manages: bool
    continued: bool


@require_safe
@access.needs(Ability.READ)
def registry(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    number = number_or_404(request, "at")
    at = territory.organisation_or_404(request, number) if number else territory.organisation_of(request)
    day, after, text = territory.day(request), asked(request, "after"), asked(request, "q").strip()
    below = branch(at.id, day, seen, after=after)
    if request.headers.get("HX-Request"):
        response = render(request, "office/registry/branch.html", {"branch": below})
    else:
        path = tree.path(at.id, day)
        node = tree.named([at.id], day)[at.id]
        page = TreePage(
            at=node,
            kind=translated(titles.kind_of(node)),
            day=day,
            path=from_own(path, seen),
            stood=bool(path),
            branch=below,
            asked=text,
            found=_found(text, seen) if text else (),
            manages=seen.reader.can(Ability.REGISTRY) and at.closed is None,
            continued=bool(after),
        )
        response = render(request, "office/registry/tree.html", {"page": page})
    patch_vary_headers(response, ["HX-Request"])
    return response


def from_own(path: tuple[Node, ...], seen: Scope) -> tuple[Node, ...]:
    """What stands above the reader is not his to open from here."""
    within = seen.all_within([node.id for node in path])
    return tuple(node for node in path if node.id in within)


def _found(text: str, seen: Scope) -> tuple[Suggestion, ...]:
    index.catch_up()
    hits = query.find(text, sight=sight(seen), kind=Kind.ORGANISATION, limit=FOUND, own_only=True)
    return suggestions(hits.rows)
