"""Obligations: who owes what by when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xianfeng.scheme.build import measures, names, simple
from xianfeng.scheme.build.formulas import Formulas
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.obliging import Obligation


def build(draft: Draft, values: Mapping[str, Any], formulas: Formulas) -> dict[str, Obligation]:
    return {
        name: _obligation(draft, name, said, formulas) for name, said in values.items() if {"kind", "of"} <= said.keys()
    }


def _obligation(draft: Draft, name: str, said: Mapping[str, Any], formulas: Formulas) -> Obligation:
    kind, path = draft.kinds.get(said["kind"]), f"obligations.{name}"
    counted = {"at_least", "at_most", "exactly"} & said.keys()
    return Obligation(
        name=name,
        title=said.get("title") or (kind.title if kind else name),
        kind=said["kind"],
        of=said["of"],
        where=formulas.parse(said.get("where"), f"{path}.where", names.of_organisation()),
        matching=formulas.parse(said.get("matching"), f"{path}.matching", measures.scope(draft, said["kind"])),
        at_least=said.get("at_least", None if counted else 1),
        at_most=said.get("at_most"),
        exactly=said.get("exactly"),
        every=said.get("every", "once"),
        windows=tuple(
            simple.window(window) for window in said.get("windows", ()) if {"title", "from", "to"} <= window.keys()
        ),
        after=said.get("after"),
        due=said.get("due"),
        about=said.get("about", ""),
        joining=said.get("joining", "next"),
        leaving=said.get("leaving", ""),
        ladder=said.get("ladder", ""),
        local=said.get("local", ""),
    )
