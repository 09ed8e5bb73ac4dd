"""The sections that are plain things: phases, standards, roles, constants, ladders, quiet stretches, bulletins."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import Any, get_args

from xianfeng.scheme.measuring import Display
from xianfeng.scheme.nodes import Bulletin, Constant, Phase, Role, Standard
from xianfeng.scheme.obliging import Ladder, Step, Window


def phase(values: dict[str, Any]) -> Phase:
    return Phase(name=values["id"], title=values["title"], since=values["from"], until=values["to"])


def window(values: dict[str, Any]) -> Window:
    return Window(title=values["title"], since=values["from"], until=values["to"])


def standard(name: str, values: dict[str, Any]) -> Standard:
    return Standard(name=name, title=values["title"], of=values["of"], items=tuple(values["items"]))


def role(name: str, values: dict[str, Any]) -> Role:
    return Role(name=name, title=values["title"])


def ladder(name: str, values: dict[str, Any]) -> Ladder:
    rungs = {step: values[step] for step in get_args(Step) if step in values}
    return Ladder(name=name, title=values["title"], rungs=MappingProxyType(rungs), local=values.get("local", ""))


def constant(name: str, values: dict[str, Any]) -> Constant:
    return Constant(
        name=name,
        title=values["title"],
        value=Decimal(values["value"]),
        unit=values.get("unit", ""),
        show=display(values.get("show")),
        local=values.get("local", ""),
    )


def bulletin(name: str, values: dict[str, Any]) -> Bulletin:
    return Bulletin(
        name=name,
        series=values["series"],
        number=values["number"],
        title=tuple(values["title"]),
        issuer=values["issuer"],
        issued=values["issued"],
        template=values["template"],
        total=values.get("total"),
        special=values.get("special", ""),
        editors_note=values.get("editors_note", False),
        copies=values.get("copies"),
        to=MappingProxyType(dict(values.get("to", {}))),
        editor=values.get("editor", ""),
        notes=MappingProxyType({row: tuple(texts) for row, texts in values.get("notes", {}).items()}),
    )


def display(said: Any) -> Display:
    """`show: percent`, or `show: {as: wan, places: 1}`."""
    if said is None:
        return Display()
    if isinstance(said, str):
        return Display(style=said)  # type: ignore[arg-type]  # the grammar's words are this Literal's
    given = {"style" if key == "as" else key: value for key, value in said.items()}
    return Display(**given)
