"""One duty: whose it is, how its deadline was computed, what follows when nobody does it, which records met it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.calendars import deadlines, store, wording
from xianfeng.calendars.deadline import Deadline
from xianfeng.duties import matching, meeting, owed, reasons, terms
from xianfeng.duties.models import Duty, Round, Term
from xianfeng.duties.owed import Owed
from xianfeng.duties.status import TITLES, Status
from xianfeng.ledger import versions
from xianfeng.registry import desks, tree
from xianfeng.registry.lineage import Node
from xianfeng.registry.models import Appointment
from xianfeng.scheme.obliging import Step
from xianfeng.sentences import translated
from xianfeng.web import access, scope
from xianfeng.web.desk.duties import LOOKS
from xianfeng.web.forms import demanded
from xianfeng.web.scope import Scope

_STEPS: dict[Step, str | Promise] = {
    "remind": _("提醒"),
    "urge": _("催办"),
    "superior": _("报上级"),
    "circular": _("拟通报"),
}


@dataclass(frozen=True)
class Rung:
    title: str | Promise
    at: dt.datetime
    taken: bool


@dataclass(frozen=True)
class DutyPage:
    """`otherwise`: what today's calendar would say, where it has been edited since."""

    duty: Owed
    title: str
    stretch: str
    campaign: str
    whose: str
    role: str
    about: str
    status: str
    look: str
    why: str
    due: str
    words: tuple[str, ...]
    provisional: bool
    otherwise: str
    rungs: tuple[Rung, ...]
    records: tuple[int, ...]
    act: str  # where it is done


@require_safe
@access.needs(Ability.READ)
def duty(request: HttpRequest, number: int) -> HttpResponse:
    now, seen = timezone.now(), scope.of(request)
    matching.before_a_page(now=now)
    row = Duty.objects.filter(id=number).first()
    if row is None or not _is_his(row, seen):
        raise Http404(gettext("没有这一项"))
    (told,) = owed.told([row], now=now)
    term = Term.objects.get(id=row.term)
    deadline, scheme = Deadline.from_json(term.deadline), versions.current(told.scheme)
    changed = deadlines.as_now(deadline, store.calendar(row.organisation))
    nodes = tree.named({row.organisation, row.holder or row.organisation, told.about}, timezone.localdate(now))
    page = DutyPage(
        duty=told,
        title=translated(told.title),
        stretch=translated(told.stretch),
        campaign=scheme.title,
        whose=nodes[row.organisation].name,
        role=_role(row),
        about=nodes[told.about].name if told.about in nodes else "",
        status=translated(TITLES[told.status]),
        look=LOOKS[told.status].value,
        why=_why(row, nodes[row.holder].name if row.holder else ""),
        due=translated(wording.moment(row.due)),
        words=tuple(map(translated, wording.words(deadline))),
        provisional=deadline.provisional,
        otherwise=translated(wording.otherwise(changed)) if changed else "",
        rungs=_rungs(row, term, told.status),
        records=meeting.records_of(row) if not told.move else (),
        act=_act(told, nodes[row.organisation], nodes[told.about].code if told.about in nodes else "", seen),
    )
    return render(request, "desk/duty.html", {"page": page})


def _is_his(row: Duty, seen: Scope) -> bool:
    """Whether it is owed below the reader, or at his desk."""
    own = seen.reader.organisation
    asked = {row.organisation, row.holder or row.organisation}
    return bool(seen.all_within(asked)) or (own is not None and not asked.isdisjoint(desks.of(own.id)))


def _role(row: Duty) -> str:
    held = Appointment.objects.filter(id=row.answers or row.appointment).first() if row.appointment else None
    return abilities.title(held.role) if held else ""


def _why(row: Duty, holder: str) -> str:
    """Why somebody else answers for it, or nobody."""
    if row.voided:
        return translated(reasons.WORDS[row.voided])
    if holder:
        return gettext("原来应办的已经离任或撤销，没有人接任，由上级{name}承担").format(name=holder)
    return gettext("原来应办的已经离任，由接任的承担") if row.answers else ""


def _rungs(row: Duty, term: Term, status: Status) -> tuple[Rung, ...]:
    """What is done about it while it is open, and what was done."""
    standing = status in (Status.WAITING, Status.OPEN, Status.OVERDUE) and row.next_at is not None
    steps = terms.ahead(terms.steps(term.steps), 0, Round.objects.get(id=row.round).began)
    return tuple(
        Rung(_STEPS[terms.STEPS[number - 1]], at, number <= row.step)
        for number, at in steps
        if number <= row.step or standing
    )


def _act(told: Owed, whose: Node, about: str, seen: Scope) -> str:
    """Where it is done: a form of another organisation's work is that organisation's."""
    if told.move:
        return reverse("record", args=[told.begun_by])
    own = seen.reader.organisation
    if not told.status.is_owed or own is None or not seen.files_for(whose.id):
        return ""
    return demanded.address(told, about=about, for_="" if whose.id == own.id else whose.code)
