"""Coverage: the share of a population that has something. The long form names the population; the short form writes
every name with the population in front of it (`firm.employees >= 50`), and it is taken off here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from xianfeng.scheme.build import measures, names
from xianfeng.scheme.build.formulas import Formulas, Scope
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.measuring import REGISTRY, Coverage
from xianfeng.scheme.surface.shapes import is_name

_ROOT = re.compile(r"""'[^']*'|"[^"]*"|(?<![\w.])([^\W\d]\w*)\.""")  # quoted text is passed over


def build(draft: Draft, path: str, said: dict[str, Any], formulas: Formulas, common: dict[str, Any]) -> Coverage | None:
    if "of" not in said:
        return None
    short = not is_name(said["of"])
    population = _population(draft, path, said) if short else said["of"]
    if population is None:
        return None
    _refuse_misplaced(draft, path, said, short)

    def condition(key: str, owner: str) -> Expression | None:
        if key not in said:
            return None
        text, origin = without_root(said[key], owner)
        return formulas.parse(text, f"{path}.{key}", _scope(draft, owner), origin=origin)

    return Coverage(
        population=population,
        where=condition("of" if short else "where", population),
        having=condition("having", population),
        kind=said.get("kind", ""),
        field=said.get("field", REGISTRY if "kind" in said else ""),
        matching=condition("matching", said["kind"]) if "kind" in said else None,
        **common,
    )


def _population(draft: Draft, path: str, said: dict[str, Any]) -> str | None:
    """The single root of the names in the short form."""
    roots = [name for key in ("of", "having") for name in _ROOT.findall(said.get(key, "")) if name]
    different: list[str] = list(dict.fromkeys(roots))
    if len(different) == 1:
        return different[0]
    if different:
        draft.report("coverage_several_populations", f"{path}.of", names="、".join(different))
    else:
        draft.report("coverage_without_population", f"{path}.of")
    return None


def _refuse_misplaced(draft: Draft, path: str, said: dict[str, Any], short: bool) -> None:
    if short and "where" in said:
        draft.report("key_not_here", f"{path}.where", key="where", type="coverage")
    if ("having" in said) == ("kind" in said):
        code = "coverage_two_conditions" if "kind" in said else "coverage_without_condition"
        draft.report(code, path)
    if "kind" not in said:
        for key in {"field", "matching"} & said.keys():
            draft.report("key_not_here", f"{path}.{key}", key=key, type="coverage")


def _scope(draft: Draft, owner: str) -> Scope:
    return names.of_organisation() if owner == REGISTRY else measures.scope(draft, owner)


def without_root(text: str, root: str) -> tuple[str, Callable[[int], int]]:
    """The text without 'root.' in front of names, and where each of its characters stood before."""
    kept: list[int] = []
    after = 0
    for found in _ROOT.finditer(text):
        if found[1] == root:
            kept += range(after, found.start())
            after = found.end()
    kept += range(after, len(text))
    return "".join(text[i] for i in kept), lambda offset: kept[offset] if offset < len(kept) else len(text)
