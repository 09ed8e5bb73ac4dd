"""Obligations: who owes what by when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xianfeng.scheme.build import names
from xianfeng.scheme.build.formulas import Formulas
from xianfeng.scheme.nodes import Kind, Obligation, Window


def build(values: Mapping[str, Any], kinds: Mapping[str, Kind], formulas: Formulas) -> dict[str, Obligation]:
    return {
        name: _obligation(name, said, kinds, formulas) for name, said in values.items() if {"kind", "of"} <= said.keys()
    }


def _obligation(name: str, said: Mapping[str, Any], kinds: Mapping[str, Kind], formulas: Formulas) -> Obligation:
    kind = kinds.get(said["kind"])
    counted = {"at_least", "at_most", "exactly"} & said.keys()
    return Obligation(
        name=name,
        title=said.get("title") or (kind.title if kind else name),
        kind=said["kind"],
        of=said["of"],
        where=formulas.parse(said.get("where"), f"obligations.{name}.where", names.of_organisation()),
        at_least=said.get("at_least", None if counted else 1),
        at_most=said.get("at_most"),
        exactly=said.get("exactly"),
        every=said.get("every", "once"),
        windows=tuple(
            _window(window) for window in said.get("windows", ()) if {"title", "from", "to"} <= window.keys()
        ),
        about=said.get("about", ""),
        local=said.get("local", ""),
    )


def _window(said: Mapping[str, Any]) -> Window:
    return Window(title=said["title"], since=said["from"], until=said["to"])
