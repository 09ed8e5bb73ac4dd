"""A record that its subject has to act on, as the paper it is handed: a rectification as 限期整改通知书.

Any kind has one whose records are about an organisation that handles them. The paper bears what the record said when it
was issued, and nothing of what was answered or put off afterwards: copies of one paper are alike. By when it is to be
answered, who decides then, and what follows if nothing comes are read from its flow and its clocks as they ran then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings

from xianfeng.ledger import foretold, versions
from xianfeng.ledger.history import history, images
from xianfeng.ledger.image import WITHDRAWN, Image
from xianfeng.ledger.models import Record
from xianfeng.ledger.saying import WORDS, unit
from xianfeng.papers.dispatch import Dispatch
from xianfeng.papers.document import Paragraph, Text
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.scheme import titles
from xianfeng.scheme.flowing import HANDLER
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import say

_PRINTED: Mapping[FieldType, Callable[[Field, Any], str]] = {
    **WORDS,
    FieldType.TEXT: lambda _, value: str(value),
    FieldType.LONG_TEXT: lambda _, value: str(value),
    FieldType.DATE: lambda _, value: titles.day(dt.date.fromisoformat(value)),
}
_NAMES = (FieldType.PERSON, FieldType.RECORD)  # people and other records are no words of an order


def dispatch(record: Record) -> Dispatch:
    """The order; a draft of it until the record was issued. Problem where its kind addresses nobody."""
    scheme = versions.scheme(record.scheme_id)
    kind = scheme.kinds[record.kind]
    if not is_order(kind):
        message = say("“{kind}”不是要对方办理的，不能印成通知书。", kind=kind.title)
        raise Problem("inspections.not_an_order", message, hint="请核对记录编号。")
    if record.state == WITHDRAWN:
        raise Problem("inspections.withdrawn", "这条记录已经撤销，不能再印成通知书。", hint="请核对记录编号。")
    said, issued = _issued(record)
    about = said.values[kind.subject]
    names = tree.named({record.organisation, about}, issued or record.day)
    lines = tuple(_lines(kind, said))
    return Dispatch(
        issuer=names[record.organisation].name,
        number=say("第{number}号", number=record.id) if issued else say("草稿第{number}号", number=record.id),
        title=(kind.title,),
        addressed=names[about].name,
        body=(*lines, Paragraph(tuple(map(Text, _further(scheme, kind, said, issued or record.day))))),
        dated=titles.day(issued) if issued else "",
        synthetic=settings.XIANFENG_SYNTHETIC,
    )


def is_order(kind: Kind) -> bool:
    """Whether its records are about an organisation that has to carry something out."""
    subject = kind.fields.get(kind.subject)
    return subject is not None and subject.type is FieldType.ORGANISATION and subject.acts == "handler"


def _issued(record: Record) -> tuple[Image, dt.date | None]:
    """What the record said when it first was more than a draft, and on which day; else what the draft says."""
    for event in history(record.id):
        said = images([record.id], as_of=event.seq)[record.id]
        if said.level > Level.NONE.rank:
            return said, event.day
    return images([record.id], as_of=record.seq)[record.id], None


def _further(scheme: Scheme, kind: Kind, said: Image, day: dt.date) -> Iterator[str]:
    """What the body it is handed to does by when, who goes on then, and how it is heard."""
    yield say("请按要求办理，并在系统中答复。")
    who = foretold.named(scheme, kind, said, day, {HANDLER: say("你单位")})
    if said.level > Level.NONE.rank:
        told = foretold.foretold(scheme, kind, said, who, now=None)
    else:
        told = foretold.to_come(scheme, kind, said, who)
    yield from (one.words for one in told)
    heard = foretold.objecting(kind.flow.states[said.state])
    if heard:
        yield heard


def _lines(kind: Kind, said: Image) -> Iterator[Paragraph]:
    for name, field in kind.fields.items():
        if name in said.values and field.type in _PRINTED and field.type not in _NAMES:
            words = f"{_PRINTED[field.type](field, said.values[name])}{unit(field)}"
            yield Paragraph((Text(say("{title}：", title=field.title), strong=True), Text(words)))
