"""Matters in public: whom one can bring to, how one is followed, and what was answered for everybody to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xianfeng.ledger import versions
from xianfeng.matters import intake
from xianfeng.registry import tree
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Look
from xianfeng.web.frame import number_or_404
from xianfeng.web.parts import Pages
from xianfeng.web.public.replies import Reply, replies
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN, IN_A_FILE = 20, 2_000
_COLUMNS = (
    Column(_("诉求")),
    Column(_("答复")),
    Column(_("结果")),
    Column(_("单位")),
    Column(_("公布日期")),
)


@dataclass(frozen=True)
class Taking:
    """A campaign that takes matters now, with where each kind of them is brought."""

    scheme: Scheme
    doors: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MattersPage:
    taking: tuple[Taking, ...]
    answered: Table
    pages: Pages


@access.reading
def public_matters(request: HttpRequest) -> HttpResponse:
    before, here = number_or_404(request, "after"), reverse("public_matters")
    most = IN_A_FILE if wanted(request) else SHOWN
    found = replies(scope.of(request), before=before, most=most + 1)
    page = MattersPage(
        taking=_taking(),
        answered=_answered(found[:most]),
        pages=Pages(
            next=f"{here}?after={found[most - 1].number}" if len(found) > most else "",
            first=here if before else "",
        ),
    )
    return answer(request, page.answered) or render(request, "public/matters/matters.html", {"page": page})


def _taking() -> tuple[Taking, ...]:
    """Those that run, the newest first."""
    today = timezone.localdate()
    running = [one for one in versions.all_current() if one.since <= today <= one.until and intake.takes(one)]
    return tuple(Taking(one, _doors(one)) for one in sorted(running, key=lambda one: one.since, reverse=True))


def _doors(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    here = reverse("new_matter", args=[scheme.name])
    return tuple((kind.title, f"{here}?{urlencode({'kind': kind.name})}") for kind in intake.takes(scheme))


def _answered(found: Sequence[Reply]) -> Table:
    named = tree.named({one.organisation for one in found}, timezone.localdate())
    rows = [
        (
            cells.text(one.text, link=reverse("record", args=[one.number])),
            cells.text(one.reply),
            cells.text(one.outcome, look=Look.TAG),
            cells.text(named[one.organisation].name, link=reverse("organisation", args=[named[one.organisation].code])),
            cells.day(one.day),
        )
        for one in found
    ]
    return Table("answered", _("公布的答复"), _COLUMNS, rows, empty=_("还没有公布的答复。"))
