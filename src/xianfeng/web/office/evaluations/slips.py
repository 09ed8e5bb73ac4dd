"""The slips of a round, to be printed and cut: all alike, so that no slip tells whose it was."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import stages
from xianfeng.evaluations.models import Electorate, EvaluationRound
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, outward
from xianfeng.web.frame import number_or_404
from xianfeng.web.office.evaluations.finding import round_or_404
from xianfeng.web.parts import Pages

ON_A_PAGE = 4
ALL = "all"  # of every electorate, so many at a time
AT_ONCE = 100


@dataclass(frozen=True)
class Sheet:
    """A page of slips that are all alike. `code`: an address to be printed on each; '' for none."""

    voters: Electorate
    code: str
    online: bool  # for those alone who change to paper

    @property
    def copies(self) -> int:
        """Sheets for everybody on the list; 0 where nobody knows how many will come."""
        return -(-self.voters.electors // ON_A_PAGE)


@dataclass(frozen=True)
class SlipsPage:
    row: EvaluationRound
    scheme: Scheme
    rule: Evaluation
    electorates: tuple[Electorate, ...]
    chosen: str  # a number, or all
    sheets: tuple[Sheet, ...]
    coded: bool
    pages: Pages

    @property
    def slips(self) -> range:
        return range(ON_A_PAGE)


@require_safe
@access.needs(Ability.OFFICE)
def paper_slips(request: HttpRequest, number: int) -> HttpResponse:
    row = round_or_404(request, number)
    scheme, rule = stages.rule_of(row)
    electorates, coded = tuple(row.electorates.order_by("number")), bool(request.GET.get("code"))
    online = {step.body["electorate"] for step in stages.steps(row) if step.move == "poll"}
    chosen, those = _chosen(request, electorates, online)
    page = SlipsPage(
        row=row,
        scheme=scheme,
        rule=rule,
        electorates=electorates,
        chosen=chosen,
        sheets=tuple(Sheet(one, _code(request, one) if coded else "", one.number in online) for one in those[:AT_ONCE]),
        coded=coded,
        pages=_pages(row, those, coded=coded, begun=bool(request.GET.get("after"))),
    )
    return render(request, "office/evaluations/slips.html", {"page": page})


def _chosen(
    request: HttpRequest, electorates: Sequence[Electorate], online: Collection[int]
) -> tuple[str, Sequence[Electorate]]:
    """Who votes online gets no slip unless somebody asks for those of that electorate."""
    paper = [one for one in electorates if one.number not in online]
    if request.GET.get("electorate") == ALL:
        after = number_or_404(request, "after") or 0
        return ALL, [one for one in paper if one.number > after]
    wanted = number_or_404(request, "electorate")
    those = [one for one in electorates if one.number == wanted] if wanted is not None else [*paper, *electorates]
    those = those[:1]
    if not those:
        raise Http404(gettext("没有这一种评议票"))
    return str(those[0].number), those


def _code(request: HttpRequest, one: Electorate) -> str:
    return outward.address(request, reverse("evaluation_slip", args=[one.round_id, one.number]))


def _pages(row: EvaluationRound, those: Sequence[Electorate], *, coded: bool, begun: bool) -> Pages:
    first = f"{reverse('evaluation_slips', args=[row.id])}?electorate={ALL}{'&code=1' if coded else ''}"
    more = f"{first}&after={those[AT_ONCE - 1].number}" if len(those) > AT_ONCE else ""
    return Pages(next=more, first=first if begun else "")
