"""Who stands in a public notice, who was commended: what everybody may read of it, and until when one can object."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone

from xianfeng.commendations.rules import award_in, mark_of
from xianfeng.ledger import versions
from xianfeng.ledger.clocks import running
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.ledger.projection import image_of
from xianfeng.scheme.commending import Commendation
from xianfeng.scheme.nodes import Scheme

MOST = 20  # of one organisation


@dataclass(frozen=True)
class Notice:
    """`until`: the first day on which the award can be given; None once it was. `personal`: somebody of the
    organisation. `named`: who it is, as long as the notice may say so; 0 otherwise."""

    record: int
    organisation: int
    personal: bool
    named: int
    award: str
    approval: str  # '' until it was given
    since: dt.date
    until: dt.date | None


def standing(scheme: Scheme, rule: Commendation, state: str) -> QuerySet[Record]:
    """This campaign's records in a state of the notice."""
    held = Record.objects.filter(register=scheme.key(rule.kind), scheme__name=scheme.name, state=state)
    return held.filter(subject__isnull=False).order_by("id")


def notice(scheme: Scheme, rule: Commendation, record: Record) -> Notice:
    mark, values = mark_of(scheme, rule), json.loads(record.values)
    award = award_in(mark, values)
    told = award in rule.awards and rule.awards[award].named and record.state == rule.noticed
    return Notice(
        record=record.id,
        organisation=record.subject or 0,
        personal=mark.person in values,
        named=values.get(mark.person, 0) if told else 0,
        award=award,
        approval=str(values.get(mark.approval, "")) if record.state == rule.awarded else "",
        since=dt.date.fromisoformat(json.loads(record.entered)[record.state]),
        until=until(scheme, rule, record) if record.state == rule.noticed else None,
    )


def until(scheme: Scheme, rule: Commendation, record: Record) -> dt.date | None:
    """The first day on which the award can be given to whoever stands in the notice."""
    clocks, flow = running(image_of(record, scheme.name).clocks), scheme.kinds[rule.kind].flow
    giving = (clocks.get(move.name) for move in flow.moves.values() if move.target == rule.awarded)
    opening = [one.opens.due for one in giving if one is not None and one.opens is not None]
    return timezone.localdate(max(opening)) if opening else None


@dataclass(frozen=True)
class Running:
    """A notice in which an organisation stands now, or one of its people."""

    scheme: Scheme
    rule: Commendation
    notice: Notice


def running_of(organisation: int, most: int = MOST) -> tuple[Running, ...]:
    """The latest first."""
    found: list[Running] = []
    for scheme in versions.all_current():
        for rule in scheme.commendations.values():
            rows = standing(scheme, rule, rule.noticed).filter(subject=organisation).order_by("-id")[:most]
            notices = (notice(scheme, rule, record) for record in rows)
            found += (Running(scheme, rule, one) for one in notices if one.award in rule.awards)
    return tuple(sorted(found, key=lambda each: (each.notice.since, each.notice.record), reverse=True)[:most])


@dataclass(frozen=True)
class Honour:
    """An award that an organisation itself was given, not one of its people. `revoked`: since when it is withdrawn."""

    scheme: Scheme
    rule: Commendation
    notice: Notice
    revoked: dt.date | None = None


def honours_of(organisation: int, most: int = MOST) -> tuple[Honour, ...]:
    """What it bears, and what was withdrawn from it, the latest first."""
    found: list[Honour] = []
    for scheme in versions.all_current():
        for rule in scheme.commendations.values():
            given = Record.objects.filter(register=scheme.key(rule.kind), scheme__name=scheme.name)
            given = given.filter(subject=organisation, entered__contains=f'"{rule.awarded}":').exclude(state=WITHDRAWN)
            for record in given.order_by("-id")[:most]:
                one = notice(scheme, rule, record)
                if one.award in rule.awards and not one.personal:
                    found.append(_honour(scheme, rule, record, one))
    return tuple(sorted(found, key=lambda each: (each.notice.since, each.notice.record), reverse=True)[:most])


def _honour(scheme: Scheme, rule: Commendation, record: Record, one: Notice) -> Honour:
    if record.state == rule.awarded:
        return Honour(scheme, rule, one)
    given = dt.date.fromisoformat(json.loads(record.entered)[rule.awarded])
    return Honour(scheme, rule, replace(one, since=given), revoked=one.since)
