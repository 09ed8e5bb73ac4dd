"""How the desk's pages find what an address names, and who did what to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from xianfeng.accounts import abilities
from xianfeng.bulletins import stages
from xianfeng.bulletins.models import Manuscript
from xianfeng.ledger import versions
from xianfeng.log.steps import Step
from xianfeng.registry.models import Appointment
from xianfeng.web import people, scope

_APPOINTMENT = re.compile(r"appointment:(\d+)")


@dataclass(frozen=True)
class Done:
    """A step with who took it, in words."""

    step: Step
    who: str
    at: str


def manuscript_or_404(request: HttpRequest, number: int) -> Manuscript:
    """The same answer for one that is not there and one of another office."""
    row = Manuscript.objects.filter(id=number).first()
    if row is None or not scope.of(request).runs(versions.current(row.scheme)):
        raise Http404(gettext("没有这份文稿"))
    return row


def done(request: HttpRequest, row: Manuscript) -> tuple[Done, ...]:
    """What was done to a manuscript, by name; reading names is written down."""
    steps = stages.steps(row)
    known = _people(request, {step.actor for step in steps})
    return tuple(Done(step, *known.get(step.actor, (gettext("系统管理员（命令行）"), ""))) for step in steps)


def _people(request: HttpRequest, actors: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    numbers = [int(found[1]) for actor in actors if (found := _APPOINTMENT.fullmatch(actor))]
    rows = list(Appointment.objects.filter(id__in=numbers).select_related("organisation", "person"))
    names = people.names({row.person_id for row in rows}, scope.of(request))
    return {
        f"appointment:{row.id}": (
            names.get(row.person_id) or row.person.code,
            f"{row.organisation.name} · {abilities.title(row.role)}",
        )
        for row in rows
    }
