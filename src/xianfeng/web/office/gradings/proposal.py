"""A proposal below one desk: each organisation with its reasons, and beside it what people decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.gradings import deciding
from xianfeng.gradings.models import ProposalLine
from xianfeng.gradings.telling import titles
from xianfeng.ledger.values import DIGITS
from xianfeng.log.models import Entry
from xianfeng.problems import Problem, Problems
from xianfeng.sentences import following, say, translated
from xianfeng.web import access, parts
from xianfeng.web.frame import asked, last_day
from xianfeng.web.office.gradings.finding import Opened, opened_or_404
from xianfeng.web.office.gradings.lines import lines_table
from xianfeng.web.parts import Confirmation, Pages, Tab
from xianfeng.web.tables import Table, answer, wanted

_AT_ONCE = 50
_MOST_IN_A_FILE = 20_000
_NONE = "none"  # in the address, in the place of a class


@dataclass(frozen=True)
class ProposalPage:
    """`made`: the day whose books it was computed from."""

    opened: Opened
    made: dt.date
    tabs: tuple[Tab, ...]
    table: Table
    pages: Pages
    open: bool  # whether somebody in this part of the list is still to be decided
    decides: bool
    outdated: bool  # whether a later one stands, by which it is decided


@require_safe
@access.needs(Ability.SURVEY)
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    opened, grade = opened_or_404(request, number), asked(request, "grade")
    lines = deciding.below(opened.proposal, opened.own, timezone.localdate())
    chosen = _of_class(lines, opened, grade)
    after = asked(request, "after")
    some = list(_after(chosen, after)[: _MOST_IN_A_FILE if wanted(request) else _AT_ONCE + 1])
    shown = some if wanted(request) else some[:_AT_ONCE]
    decided = deciding.decisions(opened.proposal, [line.organisation_id for line in shown])
    outdated = deciding.outdated(opened.proposal)
    decides = reader.of(request).can(Ability.REVIEW) and not outdated
    page = ProposalPage(
        opened=opened,
        made=Entry.objects.values_list("day", flat=True).get(seq=opened.proposal.seq),
        tabs=_tabs(lines, opened, grade),
        table=lines_table(opened, shown, decided, decides=decides and not wanted(request)),
        pages=_pages(opened, grade, after, shown, more=len(some) > len(shown)),
        open=any(line.organisation_id not in decided for line in shown),
        decides=decides,
        outdated=outdated,
    )
    return answer(request, page.table) or render(request, "office/gradings/proposal.html", {"page": page})


@require_POST
@access.needs(Ability.REVIEW)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    opened, by = opened_or_404(request, number), reader.of(request).actor
    everything = request.POST.get("do") == "all"
    lines, day = deciding.below(opened.proposal, opened.own, timezone.localdate()), last_day(opened.scheme)
    chosen, reasons = _typed(request, "g-"), _typed(request, "r-")
    if everything:
        rest = dict.fromkeys(deciding.undecided(opened.proposal, lines), "")
        if not parts.confirmed(request):
            return parts.confirm(request, _question(opened, len(rest.keys() - chosen.keys()), chosen, reasons))
        chosen = rest | chosen
    for_ = opened.own if opened.own != by.organisation else None
    try:
        made = deciding.decide(by=by, proposal=number, chosen=chosen, reasons=reasons, day=day, for_=for_)
    except Problem as problem:
        for one in (problem, *(problem.problems if isinstance(problem, Problems) else ())):
            said = say("{place}：{said}", place=one.place, said=one.message) if one.place else one.message
            messages.warning(request, following(translated(said), one.hint))
        return redirect("proposal", number)
    messages.success(request, gettext("已确定 %(n)s 个，等待审核。") % {"n": len(made)})
    return redirect("proposal", number)


def _question(opened: Opened, count: int, chosen: Mapping[int, str], reasons: Mapping[int, str]) -> Confirmation:
    """What was typed in the lines goes along: it is decided as it was chosen, and only the rest as proposed."""
    others = [gettext("另外 %(n)s 个按所选的等级确定。") % {"n": len(chosen)}] if chosen else []
    return Confirmation(
        title=gettext("按建议确定 %(n)s 个组织的等级") % {"n": count},
        consequences=[
            *others,
            gettext("每个组织记一条，写明依据第 %(number)s 号建议。") % {"number": opened.proposal.id},
            gettext("没有建议的不在其中，要逐个确定。"),
            gettext("确定以后逐级审核；要改的，在那条记录里办理并说明理由。"),
        ],
        button=gettext("按建议确定"),
        back=reverse("proposal", args=[opened.proposal.id]),
        values={
            "do": "all",
            **{f"g-{at}": grade for at, grade in chosen.items()},
            **{f"r-{at}": because for at, because in reasons.items()},
        },
    )


def _typed(request: HttpRequest, prefix: str) -> dict[int, str]:
    """What was chosen or written, by organisation; nothing is left out of it but what is empty."""
    found = {
        key.removeprefix(prefix): str(text).strip() for key, text in request.POST.items() if key.startswith(prefix)
    }
    told = {key: text for key, text in found.items() if key.isascii() and key.isdecimal() and len(key) <= DIGITS}
    return {int(key): text for key, text in told.items() if text}


def _of_class(lines: QuerySet[ProposalLine], opened: Opened, grade: str) -> QuerySet[ProposalLine]:
    if not grade:
        return lines
    if grade != _NONE and grade not in opened.rule.classes:
        raise Http404(gettext("没有这个等级"))
    return lines.filter(grade="" if grade == _NONE else grade)


def _after(lines: QuerySet[ProposalLine], after: str) -> QuerySet[ProposalLine]:
    """The weak first (倒排): from the fewest points up."""
    ordered = lines.order_by("total", "organisation")
    total, _, number = after.partition(".")
    if not number.isdecimal() or not total.removeprefix("-").isdecimal() or len(after) > 30:
        return ordered
    return ordered.filter(Q(total__gt=int(total)) | Q(total=int(total), organisation__gt=int(number)))


def _pages(opened: Opened, grade: str, after: str, shown: Sequence[ProposalLine], *, more: bool) -> Pages:
    first = f"{reverse('proposal', args=[opened.proposal.id])}?grade={grade}"
    last = shown[-1] if shown else None
    next_ = f"{first}&after={last.total}.{last.organisation_id}" if more and last else ""
    return Pages(next=next_, first=first if after else "")


def _tabs(lines: QuerySet[ProposalLine], opened: Opened, grade: str) -> tuple[Tab, ...]:
    counts = dict(lines.values_list("grade").annotate(Count("id")).order_by())
    address, called = reverse("proposal", args=[opened.proposal.id]), titles(opened.scheme, opened.rule)
    tabs = [Tab(gettext("全部"), address, not grade, sum(counts.values()))]
    for name in reversed([*opened.rule.classes]):
        tabs.append(Tab(called[name], f"{address}?grade={name}", grade == name, counts.get(name, 0)))
    if counts.get(""):
        tabs.append(Tab(gettext("没有建议"), f"{address}?grade={_NONE}", grade == _NONE, counts[""]))
    return tuple(tabs)
