"""Inspections by lot: from whom, in which strata, by whom they are visited."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xianfeng.scheme.build import measures, names
from xianfeng.scheme.build.formulas import Formulas, Scope
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.expressions import INTEGER, Type
from xianfeng.scheme.inspecting import INSPECTOR, LINES, SIGNALS, Inspection, Inspectors, Stratum
from xianfeng.scheme.obliging import ORGANISATIONS


def build(draft: Draft, values: Mapping[str, Any], formulas: Formulas) -> dict[str, Inspection]:
    whole = {"title", "kind", "strata"}
    return {name: _inspection(draft, name, said, formulas) for name, said in values.items() if whole <= said.keys()}


def _inspection(draft: Draft, name: str, said: Mapping[str, Any], formulas: Formulas) -> Inspection:
    path, of = f"inspections.{name}", said.get("of", ORGANISATIONS)
    scope = names.of_organisation() if of == ORGANISATIONS else measures.scope(draft, of)
    known: dict[str, Type] = {SIGNALS: INTEGER} if of == ORGANISATIONS else {}
    known |= names.OF_A_VALUE if "by" in said else {}
    within = Scope({**scope.names, **known}, scope.barred, scope.refused)
    strata = {
        each: Stratum(
            name=each,
            title=one["title"],
            size=one["size"],
            where=formulas.parse(one.get("where"), f"{path}.strata.{each}.where", within),
        )
        for each, one in said["strata"].items()
        if {"title", "size"} <= one.keys()
    }
    return Inspection(
        name=name,
        title=said["title"],
        kind=said["kind"],
        of=of,
        where=formulas.parse(said.get("where"), f"{path}.where", scope),
        by=said.get("by", ""),
        strata=MappingProxyType(strata),
        recently=said.get("recently"),
        inspectors=_inspectors(said.get("inspectors", {})),
        draw=said.get("draw", "commit"),
        approval=said.get("approval", ""),
        recorded_as=said.get("recorded_as"),
        local=said.get("local", ""),
    )


def _inspectors(said: Mapping[str, Any]) -> Inspectors:
    return Inspectors(
        of=said.get("of", INSPECTOR), each=said.get("each", 2), conflicts=tuple(said.get("conflicts", LINES))
    )
