"""One tree → one draft: sections in the order in which they need each other."""

from __future__ import annotations

from typing import Any

from xianfeng.scheme.build import (
    commendations,
    evaluations,
    gradings,
    inspections,
    kinds,
    measures,
    names,
    obligations,
    plans,
    simple,
)
from xianfeng.scheme.build.formulas import Formulas
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.surface import grammar
from xianfeng.scheme.surface.files import Gathering
from xianfeng.scheme.surface.grammar import SCHEME
from xianfeng.scheme.surface.reading import Reading
from xianfeng.scheme.surface.tables import Keys


def draft_of(gathering: Gathering) -> Draft:
    tree = gathering.tree()
    reading = Reading(tree.mark, gathering.foreign, gathering.unreadable)
    values: dict[str, Any] = SCHEME.read(tree, reading, "") if tree.pairs else {}
    draft = Draft(
        reading=reading,
        heading={key: value for key, value in values.items() if key not in grammar.SECTIONS},
        shared=frozenset(gathering.shared),
        replaced=tuple(gathering.overlay.replaced),
        has_file=gathering.package.exists,
    )
    _simple(draft, values)
    formulas = Formulas(reading, names.numbers(draft.constants))
    draft.kinds = kinds.build(draft, values.get("kinds", {}), formulas)
    draft.evaluations = evaluations.build(values.get("evaluations", {}), formulas)
    draft.kinds = evaluations.results(draft.kinds, draft.evaluations.values())
    draft.obligations = obligations.build(draft, values.get("obligations", {}), formulas)
    draft.plans = plans.build(draft, values.get("plans", {}), formulas)
    draft.measures = measures.build(draft, values.get("measures", {}), formulas)
    draft.gradings = gradings.build(draft, values.get("gradings", {}), formulas)
    draft.commendations = commendations.build(draft, values.get("commendations", {}), formulas)
    draft.inspections = inspections.build(draft, values.get("inspections", {}), formulas)
    return draft


def _simple(draft: Draft, values: dict[str, Any]) -> None:
    phases = enumerate(values.get("phases", ()))
    draft.phases = [(f"phases[{n}]", simple.phase(v)) for n, v in phases if _complete(v, grammar.PHASE)]
    draft.standards = {n: simple.standard(n, v) for n, v in _whole(values, "standards", grammar.STANDARD)}
    draft.roles = {n: simple.role(n, v) for n, v in values.get("roles", {}).items() if "title" in v}
    draft.constants = {n: simple.constant(n, v) for n, v in _whole(values, "constants", grammar.CONSTANT)}
    draft.ladders = {n: simple.ladder(n, v) for n, v in _whole(values, "ladders", grammar.LADDER)}
    draft.quiet = {n: simple.window(v) for n, v in _whole(values, "quiet", grammar.WINDOW)}
    draft.bulletins = {n: simple.bulletin(n, v) for n, v in _whole(values, "bulletins", grammar.BULLETIN)}


def _whole(values: dict[str, Any], section: str, shape: Keys) -> list[tuple[str, dict[str, Any]]]:
    return [(name, said) for name, said in values.get(section, {}).items() if _complete(said, shape)]


def _complete(said: dict[str, Any], shape: Keys) -> bool:
    return all(name in said for name, key in shape.keys.items() if key.required)
