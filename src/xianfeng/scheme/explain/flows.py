"""A flow in words: how a record of a kind gets from state to state, by whom and by when, a sentence a step."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.flowing import Clock, Move
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.obliging import Span
from xianfeng.scheme.phrasing import in_words
from xianfeng.sentences import translated


def moves(kind: Kind, scheme: Scheme, words: Words) -> Iterator[str]:
    """Where its records begin, its moves, and where whom they concern can object."""
    states = kind.flow.states
    yield words("begins", state=translated(states[kind.flow.initial].title))
    yield from (_move(kind, move, scheme, words) for move in kind.flow.moves.values())
    for state in states.values():
        if state.heard:
            yield words("heard", state=translated(state.title), span=_length(state.heard, words))


def by_whom(name: str, scheme: Scheme, words: Words) -> str:
    """A role, or who makes a move."""
    if name in scheme.roles:
        return scheme.roles[name].title
    return words(name) if words.known(name) else name


def _length(span: Span, words: Words) -> str:
    return words(span.unit, n=span.amount)


def _move(kind: Kind, move: Move, scheme: Scheme, words: Words) -> str:
    states = kind.flow.states
    clock = kind.flow.clocks.get(move.name)
    rest = _clock(kind, clock, scheme, words) if clock else ""
    if move.extends:
        rest += words("extends", span=_length(move.extends, words))
    if move.needs:
        reason = words("public_reason" if move.public else "reason")
        needed = [reason if name == "reason" else kind.fields[name].title for name in move.needs]
        rest += words("needs", names=words.join(needed))
    for word, names in (("clears", move.clears), ("sets", move.sets)):
        if names:
            rest += words(word, names=words.join([kind.fields[name].title for name in names]))
    if move.when:
        rest += words("when", condition=translated(in_words(move.when, scheme, kind)))
    return words(
        "move",
        origins=words.join([translated(states[origin].title) for origin in move.origins]),
        target=translated(states[move.target].title) if move.target else words("stays"),
        title=translated(move.title),
        by=words.join([by_whom(name, scheme, words) for name in move.by]),
        rest=rest + (words("local", text=move.local) if move.local else ""),
    )


def _clock(kind: Kind, clock: Clock, scheme: Scheme, words: Words) -> str:
    """By when it is to be made, from when on, and what else meets it."""
    flow = kind.flow
    rest = words("not_before", span=_length(clock.not_before, words)) if clock.not_before else ""
    if clock.until:
        rest += words("past" if clock.unattended else "until", field=kind.fields[clock.until].title)
    if clock.within:
        rest += words("no_later" if clock.until else "within", span=_length(clock.within, words))
    over = [translated(flow.states[name].title) for name in clock.states if name not in clock.starts]
    own = flow.moves[clock.move].title
    met = [translated(title) for name in clock.met_by if (title := flow.moves[name].title) != own]
    rest += words("over", states=words.join(over)) if over else ""
    rest += words("met_by", moves=words.join(list(dict.fromkeys(met)))) if met and clock.falls_due else ""
    return rest + (words("by_ladder", ladder=scheme.ladders[clock.ladder].title) if clock.ladder else "")
