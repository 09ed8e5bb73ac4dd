"""The registry once more, from its entries alone: a second, slower reading of what the actions wrote.

It shares no code with the actions (but the spelling of paths), so that an entry that does not say enough, or a
projection that was changed behind the log's back, shows as a difference. Days stay ISO texts, as entries hold them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from xianfeng.log.models import Entry
from xianfeng.registry import paths

_UNDATED = "0001-01-01"


@dataclass(slots=True)
class Node:
    code: str
    name: str
    type: str
    level: str
    category: str
    founded: str | None
    closed: str | None = None
    successor: int | None = None
    ended_seq: int | None = None


@dataclass(slots=True)
class Stretch:
    """A place or an affiliation: `of` an organisation under `parent` for a time."""

    of: int
    parent: int | None
    since: str | None
    until: str | None
    seq: int
    ended_seq: int | None
    relation: str = "counting"


@dataclass(slots=True)
class Role:
    """An appointment or a membership."""

    person: int
    organisation: int
    role: str
    since: str
    until: str | None = None
    ended_seq: int | None = None


@dataclass(slots=True)
class Brought:
    """A file that came in."""

    name: str
    sha256: str
    kind: str
    first: int
    last: int
    undone_seq: int | None = None


Called = tuple[int, str, str, str, str, str | None, str, int]  # a former designation, as its table holds it


@dataclass
class Registry:
    nodes: dict[int, Node] = field(default_factory=dict)
    called: dict[int, list[Called]] = field(default_factory=dict)
    affiliations: dict[int, list[Stretch]] = field(default_factory=dict)
    guests: dict[int, list[Stretch]] = field(default_factory=dict)  # parent -> who participates under it
    places: dict[int, Stretch] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)  # of each place
    stands: dict[int, list[int]] = field(default_factory=dict)  # organisation -> its places, in their order
    under: dict[int, list[int]] = field(default_factory=dict)  # place -> the places under it
    people: dict[int, str] = field(default_factory=dict)
    appointments: dict[int, Role] = field(default_factory=dict)
    memberships: dict[int, Role] = field(default_factory=dict)
    imports: dict[int, Brought] = field(default_factory=dict)

    def add_place(self, number: int, place: Stretch) -> None:
        self.places[number] = place
        self.stands.setdefault(place.of, []).append(number)
        above = "" if place.parent is None else self.paths[place.parent]
        self.paths[number] = above + paths.step(number)
        if place.parent is not None:
            self.under.setdefault(place.parent, []).append(number)

    def was_called(self, called: Called) -> None:
        self.called.setdefault(called[0], []).append(called)

    def stands_now(self, organisation: int) -> int:
        return self.stands[organisation][-1]

    def counting(self, organisation: int) -> Stretch:
        held = self.affiliations[organisation]
        return next(one for one in reversed(held) if one.relation == "counting")


def replay() -> Registry:
    registry = Registry()
    entries = Entry.objects.filter(stream__in=list(_STREAMS)).order_by("seq")
    rows = entries.values_list("seq", "stream", "about", "action", "day", "body")
    for seq, stream, about, action, day, body in rows.iterator(chunk_size=5_000):
        _STREAMS[stream][action](registry, _Told(seq, about, day.isoformat(), json.loads(body)))
    return registry


@dataclass(frozen=True, slots=True)
class _Told:
    seq: int
    about: int
    day: str
    body: dict[str, Any]

    @property
    def after(self) -> dict[str, Any]:
        after: dict[str, Any] = self.body["after"]
        return after


def _found(registry: Registry, told: _Told) -> None:
    after = told.after
    since, parent = after["founded"], after["parent"]
    registry.nodes[told.seq] = Node(
        after["code"], after["name"], after["type"], after["level"], after["category"], since
    )
    registry.affiliations[told.seq] = [Stretch(told.seq, parent, since, None, told.seq, None)]
    for former in told.body.get("former", ()):
        words = (former["code"], former["name"], former["level"], former["category"])
        registry.was_called((told.seq, *words, former["since"], former["until"], told.seq))
    number = told.body["place"]
    for above in [None] if parent is None else list(registry.stands[parent]):
        place = _founded_under(registry, told.seq, since, above)
        if place is not None:
            registry.add_place(number, place)
            number += 1


def _founded_under(registry: Registry, seq: int, since: str | None, above: int | None) -> Stretch | None:
    if above is None:
        return Stretch(seq, None, since, None, seq, None)
    over = registry.places[above]
    if since is not None and over.until is not None and over.until <= since:
        return None
    begins = over.since if since is None or (over.since is not None and over.since > since) else since
    return Stretch(seq, above, begins, over.until, seq, None if over.until is None else seq)


def _call(registry: Registry, told: _Told) -> None:
    node = registry.nodes[told.about]
    last = [called[6] for called in registry.called.get(told.about, ())]
    since = max(last) if last else node.founded
    registry.was_called((told.about, node.code, node.name, node.level, node.category, since, told.day, told.seq))
    for key, value in told.after.items():
        setattr(node, key, value)


def _move(registry: Registry, told: _Told) -> None:
    old = registry.counting(told.about)
    old.until, old.ended_seq = told.day, told.seq
    parent = told.after["parent"]
    registry.affiliations[told.about].append(Stretch(told.about, parent, told.day, None, told.seq, None))
    subtree = sorted(_standing(registry, registry.stands_now(told.about)))
    new = {number: told.body["place"] + position for position, number in enumerate(subtree)}
    for number in subtree:
        before = registry.places[number]
        above = new[before.parent] if before.parent in new else registry.stands_now(parent)
        registry.add_place(new[number], Stretch(before.of, above, told.day, None, told.seq, None))
        before.until, before.ended_seq = told.day, told.seq


def _standing(registry: Registry, number: int) -> Iterator[int]:
    yield number
    for below in registry.under.get(number, ()):
        if registry.places[below].until is None:
            yield from _standing(registry, below)


def _affiliate(registry: Registry, told: _Told) -> None:
    parent = told.after["participating"]
    made = Stretch(told.about, parent, told.day, None, told.seq, None, "participating")
    registry.affiliations[told.about].append(made)
    registry.guests.setdefault(parent, []).append(made)


def _disaffiliate(registry: Registry, told: _Told) -> None:
    parent = told.body["before"]["participating"]
    for held in registry.affiliations[told.about]:
        if (held.parent, held.relation, held.until) == (parent, "participating", None):
            held.until, held.ended_seq = told.day, told.seq


def _end(registry: Registry, told: _Told) -> None:
    node = registry.nodes[told.about]
    node.closed, node.successor, node.ended_seq = told.day, told.after["successor"], told.seq
    place = registry.places[registry.stands_now(told.about)]
    place.until, place.ended_seq = told.day, told.seq
    for one in (*registry.affiliations[told.about], *registry.guests.get(told.about, ())):
        if one.until is None:
            one.until, one.ended_seq = told.day, told.seq


def _undo(registry: Registry, told: _Told) -> None:
    node = registry.nodes[told.about]
    gone = node.founded or _UNDATED
    words = (node.code, node.name, node.level, node.category)
    registry.was_called((told.about, *words, node.founded, gone, told.seq))
    node.code, node.closed, node.ended_seq = told.after["code"], gone, told.seq
    for stretch in (
        *registry.affiliations[told.about],
        *(registry.places[number] for number in registry.stands[told.about]),
    ):
        stretch.until, stretch.ended_seq = gone, told.seq


def _enter(registry: Registry, told: _Told) -> None:
    registry.people[told.seq] = told.after["code"]


def _appoint(registry: Registry, told: _Told) -> None:
    after = told.after
    registry.appointments[told.seq] = Role(after["person"], after["organisation"], after["role"], told.day)


def _join(registry: Registry, told: _Told) -> None:
    registry.memberships[told.seq] = Role(told.after["person"], told.after["organisation"], "", told.day)


def _end_appointment(registry: Registry, told: _Told) -> None:
    held = registry.appointments[told.about]
    held.until, held.ended_seq = told.day, told.seq


def _leave(registry: Registry, told: _Told) -> None:
    held = registry.memberships[told.about]
    held.until, held.ended_seq = told.day, told.seq


def _forget(registry: Registry, told: _Told) -> None:
    registry.people[told.about] = told.after["code"]


def _bring(registry: Registry, told: _Told) -> None:
    registry.imports[told.seq] = Brought(**told.body)


def _take_back(registry: Registry, told: _Told) -> None:
    registry.imports[told.about].undone_seq = told.seq


_STREAMS = {
    "organisation": {
        "import": _found,
        "found": _found,
        "rename": _call,
        "raise": _call,
        "move": _move,
        "affiliate": _affiliate,
        "disaffiliate": _disaffiliate,
        "close": _end,
        "merge": _end,
        "split": _end,
        "undo": _undo,
    },
    "person": {
        "enter": _enter,
        "appoint": _appoint,
        "end_appointment": _end_appointment,
        "join": _join,
        "leave": _leave,
        "undo": _forget,
    },
    "import": {"organisations": _bring, "contacts": _bring, "undo": _take_back},
}
