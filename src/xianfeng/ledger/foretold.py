"""By when what is to be done with a record, who decides then, and what follows if nothing comes: in sentences.

They are read from its flow and from the clocks that it was told, of any kind alike: a page says them to whoever may see
all of a record, a paper to whom it is handed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from xianfeng.calendars import wording
from xianfeng.calendars.deadline import Deadline
from xianfeng.ledger import clocks, powers
from xianfeng.ledger.image import Image
from xianfeng.registry import tree
from xianfeng.scheme import titles
from xianfeng.scheme.flowing import AUTHOR, CLOCK, HANDLER, Clock, Flow, Move, State
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import Said, say, together

Who = Callable[[Iterable[str]], str]  # of those in a move's `by`: how they are called in a sentence
_RUNGS: Mapping[str, Callable[[Said], Said]] = {
    "urge": lambda span: say("逾期{span}催办", span=span),
    "superior": lambda span: say("逾期{span}告知上级", span=span),
    "circular": lambda span: say("逾期{span}起草通报，发不发由人决定", span=span),
}


class Foretold(NamedTuple):
    """A sentence. `deadline`: the instant in it, with how it was computed; `over`: it has passed and nothing came."""

    words: Said
    deadline: Deadline | None = None
    over: bool = False


def foretold(scheme: Scheme, kind: Kind, said: Image, who: Who, *, now: dt.datetime | None) -> tuple[Foretold, ...]:
    """Of a record as it stands; nothing where no clock runs. `now` None: of a paper, on which nothing has passed."""
    return tuple(_Telling(scheme, kind, said, who, now).told())


def to_come(scheme: Scheme, kind: Kind, said: Image, who: Who) -> tuple[Foretold, ...]:
    """Of a record that nobody waits for yet, what there will be once it has been handed on."""
    move = kind.flow.next(said.state)
    first = kind.flow.next(move.leads(said.state)) if move else None
    return tuple(_Telling(scheme, kind, said, who, None).afterwards(move, (), first.by)) if move and first else ()


def named(scheme: Scheme, kind: Kind, said: Image, day: dt.date, known: Mapping[str, str] | None = None) -> Who:
    """Everybody by the name of his organisation, as it was called on a day; `known`: who is called otherwise."""
    above, handling = tree.ancestors(said.holder, day)[:1], sorted(powers.handlers(kind, said.values))
    nodes = tree.named({said.holder, *above, *handling}, day)
    called = {
        AUTHOR: [said.holder],
        powers.SUPERIOR: above,
        HANDLER: handling,
    }
    names = {by: [nodes[one].name for one in numbers if one in nodes] for by, numbers in called.items()}
    return generally(
        scheme, kind, {**{by: together(each, by="、") for by, each in names.items() if each}, **(known or {})}
    )


def generally(scheme: Scheme, kind: Kind, known: Mapping[str, str] | None = None) -> Who:
    """Everybody by what he is to the record, a role by its title."""
    handling = (one for one in kind.fields.values() if one.acts == HANDLER)
    people = [one.title for one in handling if one.type is FieldType.PERSON]  # called by what he is, and by no name
    called: dict[str, str] = {
        **powers.TITLES,
        **({AUTHOR: say("受理单位")} if kind.requested else {}),
        **({HANDLER: say(people[0])} if people else {}),
        **{name: say(role.title) for name, role in scheme.roles.items()},
        **(known or {}),
    }
    return lambda by: together(dict.fromkeys(called.get(one, one) for one in by if one != CLOCK), by="或")


@dataclass(frozen=True)
class _Telling:
    scheme: Scheme
    kind: Kind
    said: Image
    who: Who
    now: dt.datetime | None

    @property
    def flow(self) -> Flow:
        return self.kind.flow

    def told(self) -> Iterator[Foretold]:
        running = clocks.running(self.said.clocks)
        due = {name: one.due for name, one in running.items() if one.due is not None}
        for name, deadline in due.items():
            yield from self._due(self.flow.clocks[name], deadline)
        here = [name for name in due if self.said.state in self.flow.moves[name].origins]
        for name in here[:1]:
            yield from self.afterwards(self.flow.moves[name], due.keys(), self.flow.moves[name].by)
        for name, one in running.items():
            if one.opens is not None:
                yield from self._opens(self.flow.moves[name], one.opens, after=bool(here))
        people = [name for name in due if set(self.flow.moves[name].by) != {CLOCK}]
        if people:
            yield from self._overdue(self.flow.clocks[people[0]])

    def _due(self, clock: Clock, deadline: Deadline) -> Iterator[Foretold]:
        move, at = self.flow.moves[clock.move], wording.moment(deadline.due)
        over = self.now is not None and deadline.due < self.now
        by_itself = say("到{at}还没有办的，系统自动办理{move}。", at=at, move=_quoted(move))
        if set(move.by) == {CLOCK}:
            yield Foretold(by_itself, deadline)
            return
        meets = [self.flow.moves[name] for name in clock.met_by]
        mine = [each for each in meets if each is move or (self._here(each) and set(each.by) & set(move.by))]
        asked = say("请{who}在{at}以前办理{moves}。", who=self.who(move.by), at=at, moves=_either(mine))
        yield Foretold(asked, deadline, over)
        if CLOCK in move.by:
            yield Foretold(by_itself)

    def afterwards(self, move: Move, known: Collection[str], by: Collection[str]) -> Iterator[Foretold]:
        """What comes after a move: as long as it is theirs who are in `by`, and then who takes over, or decides."""
        state, seen = self.said.state, {self.said.state}
        while (state := move.leads(state)) not in seen and (move_on := self.flow.next(state)) is not None:
            seen.add(state)
            if move_on.name in known:
                return  # it has been said by when
            within = self._within(move_on, state)
            if within is None:
                yield from self._decided(move_on, state)
                return
            yield Foretold(within)
            if set(move_on.by) != set(by):
                return
            move = move_on

    def _within(self, move: Move, state: str) -> Said | None:
        """When a later move is to be made, where there is a time for it."""
        clock = self.flow.clocks.get(move.name)
        if clock is None or not clock.falls_due or state not in clock.starts:
            return None
        parts = {"who": self.who(move.by), "moves": _either([move])}
        if clock.until in self.said.values:
            day = titles.day(dt.date.fromisoformat(self.said.values[clock.until]))
            return say("接着请{who}在{day}以前办理{moves}。", day=day, **parts)
        if clock.within is None:
            return say("接着请{who}在答应的日期以前办理{moves}。", **parts)
        return say("接着请{who}在{span}内办理{moves}。", span=wording.length(clock.within), **parts)

    def _decided(self, move: Move, state: str) -> Iterator[Foretold]:
        """Who goes on, and between what he chooses; whom it is about is heard of what is final."""
        ways = [
            each
            for each in self.flow.moves.values()
            if state in each.origins and set(each.by) & set(move.by) and each.leads(state) != state
        ]
        who = self.who(move.by)
        if len(ways) > 1:
            yield Foretold(say("接着由{who}决定，办理{moves}。", who=who, moves=_either(ways)))
        else:
            yield Foretold(say("接着由{who}办理{moves}。", who=who, moves=_either(ways or [move])))
        final = {each.leads(state): None for each in ways}
        for one in (self.flow.states[name] for name in final):
            if one.heard and not one.open:
                parts = {"state": say(one.title), "span": wording.length(one.heard)}
                yield Foretold(say("对“{state}”有不同意见的，可以提出异议；提出以后{span}内答复。", **parts))

    def _opens(self, move: Move, opens: Deadline, *, after: bool) -> Iterator[Foretold]:
        """What can be done once a time has passed; `after`: in which something else was to be done."""
        passed = self.now is not None and opens.due <= self.now
        parts = {"at": wording.moment(opens.due), "move": _quoted(move)}
        if set(move.by) == {CLOCK}:
            words = say("到{at}还没有办的，系统自动办理{move}。", **parts)
            yield Foretold(words if after else say("到{at}，系统自动办理{move}。", **parts), opens)
        elif after:
            words = say("到{at}还没有办的，可以由{who}办理{move}。", who=self.who(move.by), **parts)
            yield Foretold(words, opens)
        elif not passed:
            words = say("{at}以前不能办理{move}；到那时由{who}办理。", who=self.who(move.by), **parts)
            yield Foretold(words, opens)

    def _overdue(self, clock: Clock) -> Iterator[Foretold]:
        """What is done about one that is not met in time."""
        ladder = self.scheme.ladder(clock.ladder)
        rungs = [
            _RUNGS[step](wording.length(rung.span))
            for step, rung in (ladder.rungs.items() if ladder else ())
            if rung.after and step in _RUNGS
        ]
        if rungs:
            yield Foretold(say("到期没有办的记为超期：{rungs}。", rungs=together(rungs)))

    def _here(self, move: Move) -> bool:
        return self.said.state in move.origins


def objecting(state: State) -> Said | None:
    """How whom a paper is about is heard of it."""
    if state.heard is None:
        return None
    return say("对本通知有不同意见的，可以提出异议；提出以后{span}内答复。", span=wording.length(state.heard))


def _quoted(move: Move) -> Said:
    return say("“{title}”", title=say(move.title))


def _either(moves: Iterable[Move]) -> Said:
    return together(dict.fromkeys(map(_quoted, moves)), by="或")
