"""What is known of somebody before he is written about: figures of the time beside those of the time before, promises,
what is open. Each is a sentence that can be quoted; what was quoted stays as it was written, with its days and its
entry. As a part of what is filed it is Chinese, whatever language the page is in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from xianfeng import figures
from xianfeng.figures.interface import Query
from xianfeng.ledger import versions
from xianfeng.ledger.drafting import STREAM
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.flowing import REASON, Move
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.stretches import Stretch, through
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import say
from xianfeng.web import frame
from xianfeng.web.figure.lines import MeasureLine
from xianfeng.web.figure.measures import measure_lines
from xianfeng.web.forms.filing import Filing
from xianfeng.web.forms.sheet import PREFIX, Typed
from xianfeng.web.record import standing
from xianfeng.web.scope import Scope

QUOTE, LOOK, INTO = "quote:", "facts", "into"  # what buttons send, and the field into which is quoted
_NAMED = 5  # open records of a kind that are led to
_MOST = 1_000  # open records that are looked at


@dataclass(frozen=True)
class Fact:
    """`sentence`: what is quoted of it; '' where nothing was reported. `link`: the page that opens it."""

    key: str
    title: str
    said: str
    before: str
    link: str
    sentence: str
    records: tuple[int, ...] = ()
    owed: bool = False  # somebody has not reported what it is made of


@dataclass(frozen=True)
class Facts:
    """`place` None: nobody was named yet about whom it is. `into`: the fields that take a quotation."""

    place: Node | None
    since: dt.date
    until: dt.date
    facts: tuple[Fact, ...]
    fields: tuple[Field, ...]
    into: str
    asks: bool  # whether it is about somebody who has to be named first


def facts(request: HttpRequest, given: Filing, seen: Scope) -> Facts | None:
    """None of a kind whose form opens with none."""
    kind = given.kind
    if kind.facts is None:
        return None
    place, now = _place(given), _period(given)
    fields = tuple(one for one in given.sheet.fields if one.type in (FieldType.LONG_TEXT, FieldType.TEXT))
    return Facts(
        place=place,
        since=now[-1].since,
        until=now[-1].until,
        facts=tuple(_facts(given.scheme, kind, place, now, seen)) if place else (),
        fields=fields,
        into=request.POST.get(INTO, fields[0].name),
        asks=_asks(kind),
    )


def figures_of(scheme: Scheme, kind: Kind, place: Node, seen: Scope) -> tuple[Fact, ...]:
    """Of a place on a paper that is taken there: what the kind's form would open with, without what is open."""
    if kind.facts is None:
        return ()
    times = _times(scheme, kind, frame.last_day(scheme))
    return (*_figures(scheme, kind, place, times, seen), *_promises(scheme, place, times[-1], seen))


def asked(request: HttpRequest) -> bool:
    """Whether the form was sent to be shown with facts, and not to be filed."""
    return request.POST.get("do", "").startswith((QUOTE, LOOK))


def quoted(request: HttpRequest, known: Facts, typed: Typed) -> Typed:
    """What was typed, with the sentence asked for at the end of the field that takes it."""
    key = request.POST.get("do", "").removeprefix(QUOTE)
    found = next((one.sentence for one in known.facts if one.key == key), "")
    name = PREFIX + known.into
    if not found or known.into not in {one.name for one in known.fields}:
        return typed
    before = "".join(typed.get(name, ())[-1:]).rstrip()
    return {**typed, name: [f"{before}\n{found}" if before else found]}


def about(request: HttpRequest, kind: Kind) -> Typed:
    """Whom an address says the new record is about."""
    code = frame.asked(request, "about")
    return {PREFIX + kind.subject: [code]} if code and _asks(kind) else {}


def _asks(kind: Kind) -> bool:
    subject = kind.fields.get(kind.subject)
    return subject is not None and subject.type is FieldType.ORGANISATION


def _place(given: Filing) -> Node | None:
    """The organisation that is written about, or whose work it is where a record is about nobody else."""
    if not _asks(given.kind):
        return given.organisation
    name = given.kind.subject
    number = given.sheet.read({PREFIX + name: given.typed.get(PREFIX + name, ())}).values.get(name)
    return tree.named([number], _day(given)).get(number) if isinstance(number, int) else None


def _day(given: Filing) -> dt.date:
    try:
        return min(dt.date.fromisoformat(given.day), frame.last_day(given.scheme))
    except ValueError:
        return frame.last_day(given.scheme)


def _period(given: Filing) -> tuple[Stretch, ...]:
    return _times(given.scheme, given.kind, _day(given))


def _times(scheme: Scheme, kind: Kind, day: dt.date) -> tuple[Stretch, ...]:
    """The stretch of time for which it is owed up to its day, and behind one before it; of what nobody owes, the
    campaign's so far."""
    rules = (one for one in scheme.obligations.values() if one.kind == kind.name and one.after is None)
    rule = next(rules, None)
    whole = (Stretch(scheme.since, scheme.until),)
    known = [one for one in (through(replace(rule, windows=()), scheme) if rule else whole) if one.since <= day]
    *earlier, last = known or [Stretch(scheme.since, scheme.since)]
    return (*earlier[-1:], Stretch(last.since, max(min(last.until, day), last.since)))


def _facts(scheme: Scheme, kind: Kind, place: Node, times: tuple[Stretch, ...], seen: Scope) -> Iterator[Fact]:
    yield from _figures(scheme, kind, place, times, seen)
    yield from _promises(scheme, place, times[-1], seen)
    yield from _open(scheme, place, seen)


def _figures(scheme: Scheme, kind: Kind, place: Node, times: tuple[Stretch, ...], seen: Scope) -> Iterator[Fact]:
    """Each beside the same of the time before; those that the reader may see."""
    measures = [scheme.measures[name] for name in kind.facts or () if name in scheme.measures]
    measures = [one for one in measures if seen.measure(one, place.id)]
    if not measures:
        return
    engine = figures.engine().moment()
    lines = [
        measure_lines(engine, scheme, place.code, _query(scheme, place, time), measures, seen=seen) for time in times
    ]
    for number, line in enumerate(lines[-1]):
        yield _figure(line, lines[0][number] if len(lines) > 1 else None, times[-1])


def _query(scheme: Scheme, place: Node, time: Stretch) -> Query:
    return Query(scheme=scheme.hash, measure="", organisation=place.id, since=time.since, until=time.until)


def _figure(line: MeasureLine, before: MeasureLine | None, time: Stretch) -> Fact:
    title, unit = line.measure.title, line.measure.unit
    said, was = (f"{one.text}{unit}" if one and one.text else "" for one in (line, before))
    when = say("{since}至{until}", since=time.since, until=time.until) if line.flows else _until(time)
    beside = say("（上一期{was}）", was=was) if was else ""
    sentence = say(
        "{when}，{title}{said}{beside}（按第{as_of}号办理记录）。",
        when=when,
        title=title,
        said=said,
        beside=beside,
        as_of=line.figure.as_of,
    )
    owed = bool(line.figure.missing)
    return Fact(line.measure.name, title, said, was, line.link, sentence if said else "", owed=owed)


def _until(time: Stretch) -> str:
    return say("截至{until}", until=time.until)


def _promises(scheme: Scheme, place: Node, time: Stretch, seen: Scope) -> Iterator[Fact]:
    """How those of the place stand, and how often they were adjusted within the time."""
    marked = [kind for kind in scheme.kinds.values() if kind.promise]
    registers = [scheme.key(kind.name) for kind in marked]
    rows = standing.published(seen).filter(register__in=registers, holder=place.id, day__lte=time.until)
    stood = standing.counts(rows, time.until)
    if not stood.whole:
        return
    adjusting = {one.name for kind in marked for one in kind.flow.moves.values() if _adjusts(one)}
    within = Entry.objects.filter(stream=STREAM, action__in=adjusting, day__range=(time.since, time.until))
    told = say(
        "已兑现{kept}项，履行中{open}项，到期没有登记兑现{late}项，调整{adjusted}次",
        kept=stood.kept,
        open=stood.open + stood.undated,
        late=stood.late,
        adjusted=within.filter(about__in=rows.values("id")).count(),
    )
    sentence = say("{when}，公开承诺{whole}项：{told}。", when=_until(time), whole=stood.whole, told=told)
    yield Fact("promises", say("公开承诺"), told, "", f"{reverse('promises')}?at={place.code}", sentence)


def _adjusts(move: Move) -> bool:
    """Whether it leaves a promise where it stands and says why."""
    return REASON in move.needs and all(move.leads(origin) == origin for origin in move.origins)


def _open(scheme: Scheme, place: Node, seen: Scope) -> Iterator[Fact]:
    """What is not done yet of what the place holds or what is about it, by kind; promises are told apart."""
    kinds = {name: kind for name, kind in scheme.kinds.items() if kind.promise is None}
    rows = Record.objects.filter(
        Q(holder=place.id) | Q(subject=place.id),
        scheme__name=scheme.name,
        kind__in=list(kinds),
        level__gt=Level.NONE.rank,
    )
    found = seen.records_in_full(rows).order_by("kind", "id").values_list("kind", "id", "scheme_id", "state")[:_MOST]
    waiting = [(kind, number) for kind, number, version, state in found if _waits(version, kind, state)]
    for name, some in groupby(waiting, key=itemgetter(0)):
        numbers = tuple(number for _, number in some)
        told = say("{count}条没有办结", count=len(numbers))
        first = "、".join(map(str, numbers[:_NAMED])) + ("…" if len(numbers) > _NAMED else "")
        sentence = say("{title}有{told}（第{first}号）。", title=kinds[name].title, told=told, first=first)
        yield Fact(f"open.{name}", kinds[name].title, told, "", "", sentence, numbers[:_NAMED])


def _waits(version: str, kind: str, state: str) -> bool:
    return versions.scheme(version).kinds[kind].flow.states[state].open
