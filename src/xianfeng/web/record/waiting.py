"""Which records wait for a reader: those whose next move is his organisation's or his role's, wherever they stand."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, F, Func, Min, Q, QuerySet, TextField
from django.utils import timezone

from xianfeng import canonical
from xianfeng.accounts import reach
from xianfeng.accounts import reader as readers
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reach import Reach
from xianfeng.ledger import clocks, powers, projection, versions
from xianfeng.ledger.guards import Guards
from xianfeng.ledger.handling import withdrawers
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.ledger.powers import OFFICE, SUPERIOR, Powers
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Lineage, Node
from xianfeng.scheme.flowing import AUTHOR, CLOCK, HANDLER, REQUESTER, Move
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import translated
from xianfeng.web.kept import Kept
from xianfeng.web.scope import Scope

_HANDLING = frozenset({HANDLER})
_MANY = 1000  # organisations
_NAMED = frozenset({HANDLER, REQUESTER})


@dataclass(frozen=True)
class Counted:
    """How many records of a kind wait, filed under one version; `first`: the last entry of the one that has longest."""

    version: str
    kind: str
    count: int
    first: int


_counts: Kept[tuple[Counted, ...]] = Kept()
_later_counts: Kept[int] = Kept()


@dataclass(frozen=True)
class Way:
    """A move that can be made of a record now; `own`: as its own organisation or on its behalf, or as its handler."""

    move: str
    title: str
    own: bool


def as_author(record: Record, kind: Kind, seen: Scope) -> bool:
    """Whether a record names the reader as its author, and is held where he acts."""
    own = seen.reader.organisation
    here = own is not None and own.id == record.holder
    return here and AUTHOR in powers.named(kind, json.loads(record.values), seen.reader.actor)


def asks_for_correction(record: Record, kind: Kind, seen: Scope) -> bool:
    """Whether the reader is named as its author and cannot correct it himself."""
    reader = seen.reader
    if record.state == WITHDRAWN or not reader.can(Ability.ANSWER) or reader.can(Ability.FILE):
        return False
    return as_author(record, kind, seen)


def waiting(
    seen: Scope, own: Node, *, name: str = "", below: int | None = None, roles: frozenset[str] | None = None
) -> QuerySet[Record]:
    """The records that wait for the reader; of one campaign, under one organisation, if asked for.

    `roles`: for whoever has one of them there, in place of the reader's own.
    """
    if roles is None:
        roles = frozenset({seen.reader.appointment.role} if seen.reader.appointment else ())
    as_superior: list[str] = []
    as_holder: list[str] = []
    as_handler: list[str] = []
    ripening: list[str] = []
    for campaign, adopted in versions.hashes().items():
        if name in ("", campaign):
            mine = _roles(seen, versions.scheme(adopted[-1]), roles)
            for version in adopted:
                as_superior += _waiting_for(version, mine | {SUPERIOR})
                as_holder += _waiting_for(version, mine | {AUTHOR})
                as_handler += _waiting_for(version, _HANDLING)
                ripening += _ripening(version)
    held = Q(stands__in=as_superior) & ~Q(holder=own.id) | Q(stands__in=as_holder) & Q(holder=own.id)
    others = [*_handled({own.id, seen.head or own.id}, as_handler), *_ripe(own, ripening)]
    rows = _answered_for(seen, held, others)
    return rows if below is None else rows.filter(holder__in=Reach(reach.holding(below)).standing())


def _handled(desk: Collection[int], stands: Collection[str]) -> list[int]:
    """Those that name one of these organisations as their handler and wait for it: few, wherever they stand."""
    rows = _standing().filter(Q(stands__in=stands), mentions__target__in=desk).only("id", "scheme", "kind", "values")
    kinds = ((row, versions.scheme(row.scheme_id).kinds[row.kind]) for row in rows)
    return [row.id for row, kind in kinds if not powers.handlers(kind, json.loads(row.values)).isdisjoint(desk)]


def _ripe(own: Node, stands: Collection[str]) -> list[int]:
    """Those of an organisation that wait for somebody else, and whose own next move can be made in his place by now."""
    now = timezone.now()
    rows = _standing().filter(Q(stands__in=stands), holder=own.id).only("id", "scheme", "kind", "state", "clocks")
    flows = ((row, versions.scheme(row.scheme_id).kinds[row.kind].flow) for row in rows)
    return [row.id for row, flow in flows if clocks.ripe(flow, row.state, projection.clocks_of(row), now)]


def counts(
    seen: Scope, own: Node, *, name: str = "", below: int | None = None, rows: QuerySet[Record] | None = None
) -> tuple[Counted, ...]:
    """How many wait and can be moved now, by version and kind. An office's wait by the ten thousand: they are counted
    once an entry, and again each minute, since the time of one may have come.

    `rows`: what `waiting` says to the same, for a page that has it.
    """
    now = _minute()

    def found() -> tuple[Counted, ...]:
        return _counted(waiting(seen, own, name=name, below=below) if rows is None else rows, now)

    return _counts.of(seen, (*_whose(seen, own), name, below, now), found)


def later_count(seen: Scope, own: Node, rows: QuerySet[Record], *, asked: str) -> int:
    """How many of these rows wait for their time, counted as often. `asked`: by what they were chosen among all that
    wait."""
    now = _minute()
    return _later_counts.of(seen, (*_whose(seen, own), asked, now), lambda: rows.filter(later(now)).count())


def _minute() -> dt.datetime:
    return timezone.now().replace(second=0, microsecond=0)


def _whose(seen: Scope, own: Node) -> tuple[object, ...]:
    appointment = seen.reader.appointment
    return own.id, appointment and appointment.role, frozenset(seen.reader.abilities)


def at_organisation(own: Node, roles: frozenset[str]) -> tuple[Counted, ...]:
    """How many wait for whoever acts for an organisation in these roles, as the inboxes of all of them together say."""
    seen = Scope(readers.standing_in(own, OFFICE if OFFICE in roles else ""))
    return _counted(waiting(seen, own, roles=roles), timezone.now())


def later(now: dt.datetime) -> Q:
    """What nobody can do yet of what waits, as an award while its public notice runs. It counts nowhere as waiting.
    What else may be made of it, such as turning it down, its page offers all the time."""
    return Q(opens__gt=canonical.instant(now))


def _counted(rows: QuerySet[Record], now: dt.datetime) -> tuple[Counted, ...]:
    found = (
        rows.exclude(later(now)).order_by().values_list("scheme_id", "kind").annotate(n=Count("id"), first=Min("seq"))
    )
    return tuple(Counted(*row) for row in found)


@dataclass
class Ways:
    """What a reader can do to records now; the tree is asked once for all of them."""

    seen: Scope
    _lineage: Lineage = field(default_factory=Lineage)
    _powers: dict[str, Powers] = field(default_factory=dict)
    _guards: Guards = field(default_factory=Guards)

    def learn(self, records: Collection[Record]) -> None:
        holders = {record.holder for record in records}
        self._guards.learn(records)
        self._lineage.learn(holders)
        self.seen.all_within(holders)

    def of(self, record: Record, scheme: Scheme, kind: Kind) -> tuple[Way, ...]:
        """None where the reader may not handle it, whatever stands there."""
        reader = self.seen.reader
        if reader.organisation is None or not reader.can(Ability.ANSWER):
            return ()
        if not reader.can(Ability.FILE):
            return self._as_author(record, kind)
        held = self._capacities(record, scheme) - ({SUPERIOR, OFFICE} if not reader.can(Ability.REVIEW) else set())
        own = _NAMED & powers.named(kind, json.loads(record.values), reader.actor, head=self.seen.head)
        own |= {AUTHOR} if self.seen.files_for(record.holder) else set()
        ways = []
        for move in self._open(record, kind):
            if not held.isdisjoint(set(move.by) - {AUTHOR}):
                ways.append(Way(move.name, translated(move.title), False))
            elif not own.isdisjoint(move.by):
                ways.append(Way(move.name, translated(move.title), True))
        return tuple(ways)

    def _as_author(self, record: Record, kind: Kind) -> tuple[Way, ...]:
        """What somebody can do who only reads."""
        own = _NAMED & powers.named(kind, json.loads(record.values), self.seen.reader.actor)
        own |= {AUTHOR} if as_author(record, kind, self.seen) else set()
        moves = (one for one in self._open(record, kind) if not own.isdisjoint(one.by))
        return tuple(Way(one.name, translated(one.title), True) for one in moves)

    def _open(self, record: Record, kind: Kind) -> Iterator[Move]:
        """The moves of people that lead out of where it stands, and that its conditions let through now."""
        now = timezone.now()
        for move in kind.flow.moves.values():
            out = record.state in move.origins and move.by != (CLOCK,)
            if out and self._guards.open(record, move, now=now):
                yield move

    def corrects(self, record: Record, scheme: Scheme) -> bool:
        """Whether the reader, as its organisation or as one above it, may correct what it says."""
        files = self.seen.reader.organisation is not None and self.seen.reader.can(Ability.FILE)
        return files and record.state != WITHDRAWN and bool(self._capacities(record, scheme))

    def withdraws(self, record: Record, scheme: Scheme) -> bool:
        """Whether he may take it away."""
        above = self.seen.reader.can(Ability.REVIEW) and SUPERIOR in self._capacities(record, scheme)
        return self.corrects(record, scheme) and (above or AUTHOR in withdrawers(scheme.kinds[record.kind]))

    def _capacities(self, record: Record, scheme: Scheme) -> frozenset[str]:
        day = timezone.localdate()
        try:
            if scheme.hash not in self._powers:
                self._powers[scheme.hash] = Powers(powers.root_of(scheme), self._lineage, self.seen.reader.actor)
            held = self._powers[scheme.hash]
            behalf = record.holder if record.holder == self.seen.head else None
            return held.capacities(held.chain(record.holder, day), for_=behalf)
        except Problem:  # its organisation is gone, or stands elsewhere now
            return frozenset()


def _answered_for(seen: Scope, held: Q, handled: list[int]) -> QuerySet[Record]:
    """Of those that the reader's subtree answers for, what satisfies a condition; and those that he handles besides.

    A large office's is a whole campaign, nearly every record there is, and reading them in order is faster than looking
    up each organisation's.
    """
    holders = Reach(seen.reader.paths).standing()
    others = Q(id__in=handled) if handled else Q()
    if seen.reader.can(Ability.OFFICE) and holders[:_MANY].count() == _MANY:
        return _standing().alias(answers=F("holder") + 0).filter((Q(answers__in=holders) & held) | others)
    return _standing().filter((Q(holder__in=holders) & held) | others)


def _standing() -> QuerySet[Record]:
    """`stands`: a record's version, kind and state as one word. An office's campaigns have hundreds of these together
    in which something waits for it; as conditions of their own they are slower to write down than to answer."""
    return Record.objects.alias(stands=_Word("scheme_id", "kind", "state"))


class _Word(Func):
    template, arg_joiner, output_field = "(%(expressions)s)", " || ':' || ", TextField()


def _roles(seen: Scope, scheme: Scheme, roles: frozenset[str]) -> frozenset[str]:
    """An office is one only at the root of the campaign or above it."""
    return roles if OFFICE not in roles or seen.runs(scheme) else roles - {OFFICE}


@functools.cache  # a few names for each version: small, and none ever changes
def _waiting_for(version: str, able: frozenset[str]) -> tuple[str, ...]:
    """Where a record stands that waits for one of them, as `_standing` says it."""
    return tuple(
        f"{version}:{kind.name}:{state}"
        for kind in versions.scheme(version).kinds.values()
        for state in kind.flow.states
        if any(able & _meant(move) for move in kind.flow.awaited(state))
    )


@functools.cache  # the same
def _ripening(version: str) -> tuple[str, ...]:
    return tuple(
        f"{version}:{kind.name}:{state}"
        for kind in versions.scheme(version).kinds.values()
        for state in kind.flow.states
        if kind.flow.ripening(state)
    )


def _meant(move: Move) -> frozenset[str]:
    """Whom a move waits for. What an author can do himself waits for nobody else."""
    return frozenset({AUTHOR} if AUTHOR in move.by else move.by)
