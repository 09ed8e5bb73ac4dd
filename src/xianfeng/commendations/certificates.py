"""The certificate of an award, in the official layout, with the approval's number and its own.

Its own number is its place among all that the campaign has given, by whichever of its rules and versions, as their
entries in the log tell: so there is no gap in them, and none is given twice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict

from django.conf import settings
from django.db.models import Q

from xianfeng.commendations.rules import award_in, mark_of, rule_of, titles
from xianfeng.ledger import versions
from xianfeng.ledger.drafting import STREAM
from xianfeng.ledger.models import Record
from xianfeng.ledger.powers import root_of
from xianfeng.log.models import Entry
from xianfeng.papers.dispatch import Dispatch
from xianfeng.papers.document import Paragraph, Text
from xianfeng.registry import tree
from xianfeng.scheme import titles as words
from xianfeng.scheme.commending import Commendation
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say


def given(record: Record) -> tuple[Scheme, Commendation] | None:
    """By which commendation of its scheme a record stands awarded; None where it does not."""
    scheme = versions.scheme(record.scheme_id)
    kind = scheme.kinds[record.kind]
    if kind.commended is None:
        return None
    rule = rule_of(scheme, kind, award_in(kind.commended, json.loads(record.values)))
    return (scheme, rule) if rule is not None and record.state == rule.awarded else None


def person(scheme: Scheme, rule: Commendation, record: Record) -> int | None:
    """Who is commended, where it is not the organisation itself."""
    held = json.loads(record.values).get(mark_of(scheme, rule).person)
    return held if isinstance(held, int) else None


def certificate(scheme: Scheme, rule: Commendation, record: Record, *, name: str = "") -> Dispatch:
    """`name`: of whom is commended, where it is not the organisation itself."""
    mark, values = mark_of(scheme, rule), json.loads(record.values)
    day, root, subject = (
        dt.date.fromisoformat(json.loads(record.entered)[rule.awarded]),
        root_of(scheme),
        record.subject,
    )
    called = tree.named({root, *([subject] if subject else [])}, day)
    unit, award = called[subject].name if subject else "", titles(scheme, rule)[values[mark.award]]
    whom = say("{unit}{name}同志", unit=unit, name=name) if name else unit
    lines = (
        say("在“{campaign}”中成绩突出，授予“{award}”称号。", campaign=scheme.title, award=award),
        say("批准文号：{approval}。", approval=values[mark.approval]),
        say("特发此证，以资鼓励。"),
    )
    return Dispatch(
        issuer=called[root].name,
        number=say("证书第{number}号", number=number(scheme.name, record)),
        title=(say("荣誉证书"),),
        addressed=whom,
        body=tuple(Paragraph((Text(line),)) for line in lines),
        dated=words.day(day),
        synthetic=settings.XIANFENG_SYNTHETIC,
    )


def number(campaign: str, record: Record) -> int:
    """Of the certificate: how many awards the campaign had given when this one was."""
    entries = Entry.objects.filter(_giving(campaign), stream=STREAM)
    own = entries.filter(about=record.id).order_by("-seq").values_list("seq", flat=True).first()
    return entries.filter(seq__lte=own or 0).count()


def _giving(campaign: str) -> Q:
    """Entries by which somebody was commended, each as the version says by which it was made."""
    alike: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for version in versions.hashes()[campaign]:
        scheme = versions.scheme(version)
        for rule in scheme.commendations.values():
            flow = scheme.kinds[rule.kind].flow
            moves = tuple(sorted(move.name for move in flow.moves.values() if move.target == rule.awarded))
            alike[scheme.key(rule.kind), moves].add(version)
    meant = Q(pk__in=())
    for (register, moves), made_by in alike.items():
        kept = Record.objects.filter(register=register, scheme__name=campaign).values("id")
        meant |= Q(about__in=kept, action__in=moves, scheme__in=made_by)
    return meant
