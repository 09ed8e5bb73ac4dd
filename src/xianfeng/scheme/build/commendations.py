"""Commendations: which awards, on what conditions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xianfeng.scheme.build import names
from xianfeng.scheme.build.formulas import Formulas
from xianfeng.scheme.build.gradings import over_measures
from xianfeng.scheme.commending import Award, Commendation, Condition
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.surface import grammar


def build(draft: Draft, values: Mapping[str, Any], formulas: Formulas) -> dict[str, Commendation]:
    whole = {name for name, key in grammar.COMMENDATION.keys.items() if key.required}
    return {name: _commendation(draft, name, said, formulas) for name, said in values.items() if whole <= said.keys()}


def _commendation(draft: Draft, name: str, said: Mapping[str, Any], formulas: Formulas) -> Commendation:
    path = f"commendations.{name}.eligible"
    eligible = {
        each: _condition(draft, f"{path}.{each}", each, one, formulas) for each, one in said.get("eligible", {}).items()
    }
    return Commendation(
        name=name,
        title=said["title"],
        kind=said["kind"],
        awards=MappingProxyType({award: Award(name=award, **one) for award, one in said["awards"].items()}),
        noticed=said["noticed"],
        awarded=said["awarded"],
        eligible=MappingProxyType({each: one for each, one in eligible.items() if one}),
        where=formulas.parse(said.get("where"), f"commendations.{name}.where", names.of_organisation()),
        every=said.get("every", "year"),
        advisory=said.get("advisory", ""),
        local=said.get("local", ""),
    )


def _condition(draft: Draft, path: str, name: str, said: Mapping[str, Any], formulas: Formulas) -> Condition | None:
    if not {"title", "when"} <= said.keys():
        return None
    when = formulas.parse(said["when"], f"{path}.when", over_measures(draft))
    if when is None:
        return None
    measures = tuple(sorted(when.names - names.ORGANISATION.keys()))
    return Condition(name=name, title=said["title"], when=when, measures=measures)
