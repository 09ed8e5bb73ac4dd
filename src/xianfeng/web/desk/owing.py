"""What an organisation owes now by its campaigns' obligations: how much of it is there, what is missing, by when.

It is told of the stretch of time that today lies in; of a campaign that is over, of its last. An obligation of a role
is its organisation's while somebody there holds that role.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xianfeng.ledger import forms, hops, powers, projection
from xianfeng.ledger.hops import Neighbours
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.lineage import Lineage, Node
from xianfeng.registry.models import Appointment
from xianfeng.scheme import stretches
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.owing import binds_organisations, demands
from xianfeng.scheme.stretches import Stretch
from xianfeng.scheme.types import Level

_MOST = 500  # records looked at one by one, for a rule that only some of them meet


@dataclass(frozen=True)
class Owed:
    """One rule. `wanted`, `done`: records; of a rule about each subordinate, subordinates."""

    rule: str  # the obligation's name
    kind: str
    register: str  # the kind's title
    title: str
    stretch: str
    done: int
    wanted: int
    due: dt.date
    over: bool  # the day has passed

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.done)


def owed(scheme: Scheme, own: Node) -> tuple[Owed, ...]:
    """What is missing first, the earliest due before the later."""
    today = timezone.localdate()
    day = max(min(today, scheme.until), scheme.since)
    lines = [line for rule in _binding(scheme, own, day) if (line := _line(scheme, rule, own, day, today))]
    return tuple(sorted(lines, key=lambda line: (not line.missing, line.due)))


def _binding(scheme: Scheme, own: Node, day: dt.date) -> Iterator[Obligation]:
    """The rules that bind this organisation, which stands within the campaign."""
    lineage = Lineage()
    root = powers.root_of(scheme)
    if root != own.id and not tree.is_above(root, own.id, day):
        return
    held = {*Appointment.objects.filter(organisation=own.id, until=None).values_list("role", flat=True)}
    lineage.learn([own.id])
    about = {name: getattr(own, name) for name in ("level", "type", "category", "code", "name")}
    about["tier"] = lineage.tier(own.id, day)
    for rule in scheme.obligations.values():
        bound = binds_organisations(rule) or rule.of in held
        if demands(rule) and bound and (rule.where is None or rule.where.value(about, today=day) is True):
            yield rule


def _line(scheme: Scheme, rule: Obligation, own: Node, day: dt.date, today: dt.date) -> Owed | None:
    stretch = stretches.on(rule, scheme, day)
    if stretch is None:
        return None
    each, below = rule.exactly or rule.at_least or 0, tree.children(own.id, day) if rule.about else ()
    met = _met(scheme, rule, own, stretch)
    if rule.about:
        filed: dict[int | None, int] = {}
        for subject in met:
            filed[subject] = filed.get(subject, 0) + 1
        done, wanted = sum(filed.get(node.id, 0) >= each for node in below), len(below)
    else:
        done, wanted = len(met), each
    if not wanted:
        return None
    register = scheme.kinds[rule.kind].title
    return Owed(
        rule=rule.name,
        kind=rule.kind,
        register=register,
        title=rule.title,
        stretch=_said(rule, stretch),
        done=done,
        wanted=wanted,
        due=stretch.until,
        over=stretch.until < today,
    )


def _met(scheme: Scheme, rule: Obligation, own: Node, stretch: Stretch) -> list[int | None]:
    """The subjects of the records that meet a rule."""
    rows = Record.objects.filter(
        organisation=own.id,
        register=scheme.key(rule.kind),
        level__gte=Level.FILED.rank,
        day__range=(stretch.since, stretch.until),
    )
    if rule.matching is None:
        return list(rows.values_list("subject", flat=True))
    return [row.subject for row in _matching(scheme, rule, rows.order_by("-id")[:_MOST])]


def _matching(scheme: Scheme, rule: Obligation, rows: Iterable[Record]) -> Iterator[Record]:
    kind, near, found = forms.form(scheme.hash, rule.kind).kind, Neighbours(Lineage()), list(rows)
    paths = [path for path in rule.matching.names if "." in path] if rule.matching else []
    values: Mapping[int, Mapping[str, object]] = {row.id: json.loads(row.values) for row in found}
    near.learn(kind, paths, ((row.organisation, values[row.id]) for row in found))
    for row in found:
        seen = hops.row(kind, paths, projection.image_of(row, scheme.name), row.day, near)
        if rule.matching is None or rule.matching.value(seen, today=row.day) is True:
            yield row


def _said(rule: Obligation, stretch: Stretch) -> str:
    since = stretch.since
    if stretch.window:
        return stretch.window if rule.every == "phase" else f"{since.year} {stretch.window}"
    words = _HALVES[since.month > 6] if rule.every == "half_year" else _WORDS.get(rule.every, _("活动期间"))
    about = {"year": since.year, "month": since.month, "n": (since.month - 1) // 3 + 1}
    return str(words).format(**about, since=since, until=stretch.until)


_WORDS: Mapping[str, str | Promise] = {
    "week": _("{since} 至 {until}"),
    "month": _("{year} 年 {month} 月"),
    "quarter": _("{year} 年第 {n} 季度"),
    "year": _("{year} 年"),
}
_HALVES = (_("{year} 年上半年"), _("{year} 年下半年"))
