"""Backward plans: which records, by which date, in which steps."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xianfeng.scheme.build import measures
from xianfeng.scheme.build.formulas import Formulas
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.planning import USUAL_NEAR, Done, Plan, PlanStep


def build(draft: Draft, values: Mapping[str, Any], formulas: Formulas) -> dict[str, Plan]:
    whole = {"title", "for", "until", "steps"}
    return {name: _plan(draft, name, said, formulas) for name, said in values.items() if whole <= said.keys()}


def _plan(draft: Draft, name: str, said: Mapping[str, Any], formulas: Formulas) -> Plan:
    path, kind = f"plans.{name}", said["for"]
    steps = {
        each: _step(each, step, _done(draft, f"{path}.steps.{each}.done", kind, step["done"], formulas))
        for each, step in said["steps"].items()
        if {"title", "takes", "done"} <= step.keys()
    }
    return Plan(
        name=name,
        title=said["title"],
        kind=kind,
        until=said["until"],
        steps=MappingProxyType(steps),
        where=formulas.parse(said.get("where"), f"{path}.where", measures.scope(draft, kind)),
        near=said.get("near", USUAL_NEAR),
        local=said.get("local", ""),
    )


def _step(name: str, said: Mapping[str, Any], done: Done) -> PlanStep:
    return PlanStep(
        name=name,
        title=said["title"],
        takes=said["takes"],
        done=done,
        after=tuple(said.get("after", ())),
        local=said.get("local", ""),
    )


def _done(draft: Draft, path: str, planned: str, said: Any, formulas: Formulas) -> Done:
    if isinstance(said, str):
        return Done(state=said)
    if "kind" not in said:
        return Done()
    kind = draft.kinds.get(said["kind"])
    return Done(
        kind=said["kind"],
        field=kind.pointing(planned) if kind else "",
        matching=formulas.parse(said.get("matching"), f"{path}.matching", measures.scope(draft, said["kind"])),
    )
