"""What was objected to a record, as its page tells it, and whether its reader can object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import objecting, turns, versions
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.scheme.nodes import Kind
from xianfeng.web.record.values import state_title
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class Objection:
    """`due`: by when it is answered, while it is not; `opens`: whether the reader may read it."""

    record: Record
    title: str
    state: str
    answers: str
    due: str
    opens: bool


@dataclass(frozen=True)
class Objections:
    """`may`: the reader can object now. `waits`: something waits for its answer, so that its record stays."""

    raised: tuple[Objection, ...] = ()
    may: bool = False
    waits: bool = False


NONE = Objections()


def objections(record: Record, kind: Kind, seen: Scope) -> Objections:
    """For whoever reads the record in full; nothing is asked of a record to which nobody ever objects."""
    if record.state not in kind.flow.told or not seen.full(record):
        return NONE
    known = list(objecting.about([record.id]))
    return Objections(
        raised=_told(known, seen),
        may=may_object(record, seen),
        waits=any(objecting.state(one).open for one in known),
    )


def may_object(record: Record, seen: Scope) -> bool:
    return bool(objecting.able([record], mine=objecting_for(seen)))


def objecting_for(seen: Scope) -> set[int]:
    """For whom the reader can object, by number: himself, and the organisation for which he files."""
    reader = seen.reader
    if not reader.can(Ability.ANSWER):
        return set()
    mine = {reader.account.person_id} if reader.account else set[int]()
    own = reader.organisation.id if reader.organisation and reader.can(Ability.FILE) else None
    return mine | ({own, seen.head or own} if own else set())


def _told(known: Sequence[Record], seen: Scope) -> tuple[Objection, ...]:
    named = tree.named({one.holder for one in known}, timezone.localdate())
    return tuple(_line(one, named[one.holder].name, seen) for one in known)


def _line(one: Record, answers: str, seen: Scope) -> Objection:
    kind = versions.scheme(one.scheme_id).kinds[one.kind]
    due = next((f"{timezone.localtime(each.deadline.due):%Y-%m-%d}" for each in turns.due(one)), "")
    return Objection(one, kind.title, state_title(kind, one.state), answers, due, seen.full(one))
