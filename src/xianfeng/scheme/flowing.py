"""What a scheme says of how a record goes on: states, the moves between them, and the clocks that wait for moves.

Like all nodes frozen and whole. Whose turn it is in a state, and when exactly it is due, is worked out elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.obliging import Span
from xianfeng.scheme.types import Level

AUTHOR = "author"  # in a move's `by`: the organisation that answers for the record
HANDLER = "handler"  # in a move's `by`: whoever was told to do it
REQUESTER = "requester"  # in a move's `by`: whoever holds the counterfoil of a record
CLOCK = "clock"  # in a move's `by`: nobody, it happens by itself
REASON = "reason"  # in a move's `needs`: why it is made
WITHDRAWN = "withdrawn"  # the state after every flow


@dataclass(frozen=True, kw_only=True)
class State:
    name: str
    title: str
    level: Level = Level.FILED
    open: bool = True  # an open record needs a successor when its organisation closes
    heard: Span | None = None  # whom it concerns can object there, and is answered within this; None: nobody can


@dataclass(frozen=True, kw_only=True)
class Move:
    name: str
    title: str
    origins: tuple[str, ...]
    target: str  # '': it leaves the record where it stands
    by: tuple[str, ...]  # author | superior | office | handler | requester | clock | a role of the scheme
    when: Expression | None = None
    needs: tuple[str, ...] = ()  # field names, or REASON
    clears: tuple[str, ...] = ()  # fields whose values it takes away, before what is written with it
    sets: Mapping[str, Expression] = field(default_factory=lambda: MappingProxyType({}))  # field -> its new value
    extends: Span | None = None  # how much later than told it may put what is due; None: not at all
    public: bool = False  # the reason it needs
    local: str = ""

    @property
    def yields(self) -> bool:
        """Made by whom a record concerns alone: what he was told to do, or asked for, he does or takes back himself."""
        return {HANDLER, REQUESTER}.issuperset(self.by)

    def leads(self, state: str) -> str:
        """To which state, from one of its origins."""
        return self.target or state


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The time that a move may take, or has to wait for.

    It begins when a record comes to where the move starts from, goes on while the record is in any of its `states`, and
    is met by any of `met_by`. A record that leaves its states by another move leaves it unmet.
    """

    move: str  # which is waited for; there is one clock of a move
    starts: tuple[str, ...]  # coming there begins it
    states: tuple[str, ...]  # there it goes on: where it starts, and where it does not stop for
    met_by: tuple[str, ...]
    within: Span | None = None  # from its beginning; beside `until` the latest day that may be promised
    until: str = ""  # the date field that says by when; `within` says it while that is empty
    not_before: Span | None = None  # from its beginning: earlier the move is refused
    unattended: bool = False  # nobody but the clock makes the move: until its day it is refused, and nobody is reminded
    ladder: str = ""  # what is done about one that is not met in time; '' for the usual one

    @property
    def falls_due(self) -> bool:
        return self.within is not None or (bool(self.until) and not self.unattended)


@dataclass(frozen=True, kw_only=True)
class Flow:
    initial: str
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    clocks: Mapping[str, Clock] = field(default_factory=lambda: MappingProxyType({}))  # by the move that they wait for

    @cached_property
    def told(self) -> frozenset[str]:
        """The states that whom a record concerns knows of: where he can object, and wherever none gets without that."""
        heard = {state.name for state in self.states.values() if state.heard}
        reached, ahead = {self.initial} - heard, [self.initial] if self.initial not in heard else []
        while ahead:
            state = ahead.pop()
            further = {move.leads(state) for move in self.moves.values() if state in move.origins} - heard - reached
            reached |= further
            ahead.extend(further)
        return frozenset(self.states.keys() - reached - {WITHDRAWN}) if heard else frozenset()

    def due(self, state: str) -> tuple[Clock, ...]:
        """The clocks that wait for a move out of a state by some time."""
        return tuple(one for one in self.clocks.values() if state in one.starts and one.falls_due)

    def awaited(self, state: str) -> tuple[Move, ...]:
        """The moves that somebody waits for in a state, the first to be expected in front.

        Those that must be made in time; and those that lead on, are not their author's own to make, and are no refusal,
        which gives a reason. Where it is nobody else's turn and whom the record names has done his part, the author's.
        """
        timed = [self.moves[one.move] for one in self.due(state)]
        others = (*timed, *(move for move in self._onward(state) if move not in timed and _others(move)))
        return others or (self._own(state) if self._handed_back(state) else ())

    def ripening(self, state: str) -> tuple[Move, ...]:
        """The author's own moves that can be made from some time on, where somebody else has not done his part."""
        waited = self.awaited(state)
        timed = (self.clocks.get(move.name) for move in self._own(state) if move not in waited)
        return tuple(self.moves[one.move] for one in timed if one and one.not_before and state in one.starts)

    def next(self, state: str) -> Move | None:
        """The move that comes next: one that is awaited, or else its author's own; None at the end."""
        return next(iter((*self.awaited(state), *self._own(state))), None)

    def _own(self, state: str) -> tuple[Move, ...]:
        return tuple(move for move in self._onward(state) if AUTHOR in move.by)

    def _handed_back(self, state: str) -> bool:
        """Whether it came there by whoever was told to do something, or asked for it."""
        if state not in self.states or not self.states[state].open:
            return False
        return any(one.yields and one.target == state and one.origins != (state,) for one in self.moves.values())

    def _onward(self, state: str) -> tuple[Move, ...]:
        if state not in self.states:
            return ()
        rank = self.states[state].level.rank
        return tuple(
            move
            for move in self.moves.values()
            if state in move.origins
            and move.leads(state) != state
            and set(move.by) != {CLOCK}
            and self.states[move.leads(state)].level.rank >= rank
        )


def _others(move: Move) -> bool:
    return AUTHOR not in move.by and REASON not in move.needs
