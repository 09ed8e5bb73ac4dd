"""Kinds: fields, flow, checks. A kind without a flow has the default one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from xianfeng.scheme.build import names
from xianfeng.scheme.build.formulas import Formulas
from xianfeng.scheme.commending import Commended
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.flowing import CLOCK, Clock, Flow, Move, State
from xianfeng.scheme.grading import Decided
from xianfeng.scheme.nodes import Among, Field, Kind
from xianfeng.scheme.promising import Promise
from xianfeng.scheme.requesting import Request
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import say

WITHDRAWN = State(name="withdrawn", title=say("已撤销"), level=Level.NONE, open=False)

DEFAULT_FLOW: dict[str, Any] = {
    "initial": "filed",
    "states": {
        "filed": {"title": say("已填报"), "level": "filed", "open": False},
        "returned": {"title": say("已退回"), "level": "none"},
        "reviewed": {"title": say("已审核"), "level": "reviewed", "open": False},
        "submitted": {"title": say("已上报"), "level": "submitted", "open": False},
    },
    "moves": {
        "review": {"title": say("审核"), "from": ["filed"], "to": "reviewed", "by": ["superior"]},
        "submit": {"title": say("上报"), "from": ["reviewed"], "to": "submitted", "by": ["superior"]},
        "send_back": {
            "title": say("退回"),
            "from": ["filed", "reviewed"],
            "to": "returned",
            "by": ["superior"],
            "needs": ["reason"],
        },
        "refile": {"title": say("重报"), "from": ["returned"], "to": "filed", "by": ["author"]},
    },
}
_DECIMALS = {FieldType.MONEY: 2, FieldType.PERCENT: 2, FieldType.DECIMAL: 2}


def build(draft: Draft, values: Mapping[str, Any], formulas: Formulas) -> dict[str, Kind]:
    """First the fields and states of all kinds, then their formulas: a path may hop to any kind."""
    bare = {name: _bare(draft, name, said) for name, said in values.items() if {"title", "fields"} <= said.keys()}
    return {name: _with_formulas(draft, kind, values[name], bare, formulas) for name, kind in bare.items()}


def _bare(draft: Draft, name: str, said: Mapping[str, Any]) -> Kind:
    return Kind(
        name=name,
        title=said["title"],
        help=said.get("help", ""),
        shared=name in draft.shared,
        fields=MappingProxyType({n: _field(n, f) for n, f in said["fields"].items() if {"type", "title"} <= f.keys()}),
        flow=_flow(said.get("flow", DEFAULT_FLOW)),
        subject=said.get("subject", ""),
        basis=said.get("basis", "each"),
        called=tuple(said.get("called", ())),
        calendar=said.get("calendar", ""),
        intake=said.get("intake", False),
        facts=tuple(said["facts"]) if "facts" in said else None,
        publishes=said.get("publishes", ""),
        source=said.get("source", ""),
        promise=_promise(said["promise"]) if said.get("promise", {}).get("kept") else None,
        request=_request(said["request"]) if said.get("request", {}).get("text") else None,
        decided=Decided(**said["decided"]) if said.get("decided", {}).get("grade") else None,
        commended=_commended(said.get("commended", {})),
        local=said.get("local", ""),
    )


def _commended(said: Mapping[str, Any]) -> Commended | None:
    return Commended(**said) if {"award", "approval"} <= said.keys() else None


def _request(said: Mapping[str, Any]) -> Request:
    return Request(**{**said, "shown": tuple(said.get("shown", ()))})


def _promise(said: Mapping[str, Any]) -> Promise:
    return Promise(kept=tuple(said["kept"]), broken=tuple(said.get("broken", ())), due=said.get("due", ""))


def _field(name: str, said: Mapping[str, Any]) -> Field:
    type_ = FieldType(said["type"])
    return Field(
        name=name,
        type=type_,
        title=said["title"],
        help=said.get("help", ""),
        unit=said.get("unit", ""),
        required=said.get("required", False),
        choices=titled(said.get("choices")),
        groups=titled(said.get("groups")),
        of=said.get("of", ""),
        decimals=said.get("places", _DECIMALS.get(type_, 0)),
        minimum=_number(said.get("min")),
        maximum=_number(said.get("max")),
        prefill=said.get("prefill", ""),
        personal=said.get("personal", False),
        public=said.get("public", False),
        phrases=titled(said.get("phrases")),
        acts=said.get("acts", ""),
        by=said.get("by", ""),
        retired=said.get("retired", False) or said.get("retire", False),
        only_grows=said.get("only_grows", False),
        local=said.get("local", ""),
    )


def _number(said: Decimal | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def titled(said: list[str] | dict[str, str] | None) -> Mapping[str, str]:
    """Choices as value → title; in a list the value is its own title."""
    items = said if isinstance(said, dict) else {value: value for value in said or ()}
    return MappingProxyType(dict(items))


def _flow(said: Mapping[str, Any]) -> Flow:
    states = {name: _state(name, state) for name, state in said.get("states", {}).items() if "title" in state}
    moves = {n: _move(n, m) for n, m in said.get("moves", {}).items() if m.get("from") and m.get("by")}
    return Flow(
        initial=said.get("initial", ""),
        states=MappingProxyType({**states, WITHDRAWN.name: states.get(WITHDRAWN.name, WITHDRAWN)}),
        moves=MappingProxyType(moves),
        clocks=MappingProxyType(
            {n: _clock(move, moves, said["moves"][n]) for n, move in moves.items() if _timed(said["moves"][n])}
        ),
    )


def _timed(said: Mapping[str, Any]) -> bool:
    return any(said.get(key) for key in ("within", "until", "not_before"))


def _clock(move: Move, moves: Mapping[str, Move], said: Mapping[str, Any]) -> Clock:
    """What meets it besides the move itself: what is written, or whatever leads to the same state while it runs."""
    states = tuple(dict.fromkeys((*move.origins, *said.get("over", ()))))
    alike = (one for one in moves.values() if move.target and one.target == move.target)
    others = said.get("met_by", [one.name for one in alike if set(one.origins) & set(states)])
    return Clock(
        move=move.name,
        starts=move.origins,
        states=states,
        met_by=tuple(dict.fromkeys((move.name, *others))),
        within=said.get("within"),
        until=said.get("until", ""),
        not_before=said.get("not_before"),
        unattended=set(move.by) == {CLOCK},
        ladder=said.get("ladder", ""),
    )


def _state(name: str, said: Mapping[str, Any]) -> State:
    level = Level(said.get("level", Level.FILED))
    return State(name=name, title=said["title"], level=level, open=said.get("open", True), heard=said.get("heard"))


def _move(name: str, said: Mapping[str, Any]) -> Move:
    return Move(
        name=name,
        title=said.get("title", name),
        origins=tuple(said["from"]),
        target=said.get("to", ""),
        by=tuple(said["by"]),
        needs=tuple(said.get("needs", ())),
        clears=tuple(said.get("clears", ())),
        extends=said.get("extends"),
        public=said.get("public", False),
        local=said.get("local", ""),
    )


USUAL = _flow(DEFAULT_FLOW)


def _with_formulas(
    draft: Draft, kind: Kind, said: Mapping[str, Any], kinds: Mapping[str, Kind], formulas: Formulas
) -> Kind:
    path = f"kinds.{kind.name}"
    scope = names.of_record(kind, kinds, measured=False, refused=refused(draft, kind))

    def read(text: str | None, place: str) -> Any:
        return formulas.parse(text, f"{path}.{place}", scope)

    fields = {
        name: replace(
            field,
            check=read(said["fields"][name].get("check"), f"fields.{name}.check"),
            among=_among(said["fields"][name].get("among"), f"{path}.fields.{name}.among", formulas),
        )
        for name, field in kind.fields.items()
    }
    written = said.get("flow", {}).get("moves", {})
    moving = replace(scope, names={**scope.names, **names.OF_A_MOVE})

    def made(move: Move) -> Move:
        said, place = written.get(move.name, {}), f"{path}.flow.moves.{move.name}"
        read = {
            field: formulas.parse(text, f"{place}.sets.{field}", moving, expect=None)
            for field, text in said.get("sets", {}).items()
        }
        sets = {field: value for field, value in read.items() if value is not None}
        return replace(
            move, when=formulas.parse(said.get("when"), f"{place}.when", moving), sets=MappingProxyType(sets)
        )

    moves = {name: made(move) for name, move in kind.flow.moves.items()}
    return replace(
        kind,
        fields=MappingProxyType(fields),
        flow=replace(kind.flow, moves=MappingProxyType(moves)),
        check=read(said.get("check"), "check"),
    )


def _among(said: str | Mapping[str, Any] | None, path: str, formulas: Formulas) -> Among | None:
    whole: Mapping[str, Any] = said if isinstance(said, Mapping) else {"of": said}
    if not whole.get("of"):
        return None
    return Among(of=whole["of"], where=formulas.parse(whole.get("where"), f"{path}.where", names.of_organisation()))


def refused(draft: Draft, kind: Kind) -> Callable[[str], bool]:
    """Whether a name over this kind is written somewhere but was refused, or may be in a file that is missing."""

    def written(name: str) -> bool:
        own, _, other = name.partition(".")
        field = kind.fields.get(own)
        path = f"kinds.{field.of}.fields.{other}" if other and field else f"kinds.{kind.name}.fields.{own}"
        return draft.reading.incomplete or draft.reading.is_broken(path)

    return written
