"""Measures: what is counted, of what, by which date."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xianfeng.scheme.build import coverage, names
from xianfeng.scheme.build.formulas import Formulas, Scope
from xianfeng.scheme.build.kinds import refused
from xianfeng.scheme.build.simple import display
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.measuring import (
    REGISTRY,
    Count,
    Dating,
    Display,
    Distinct,
    Growth,
    Latest,
    Measure,
    Ratio,
    Sum,
    Target,
)
from xianfeng.scheme.surface.grammar import MEASURE_TYPES
from xianfeng.scheme.types import Level
from xianfeng.sentences import say

FLOWING = ("count", "sum", "latest", "distinct")
_OF_FLOWING = ("where", "by", "at", "counts", "since_start", "stands_until")
_OWED = (*FLOWING, "coverage")
_GROWS = ("count", "sum", "latest")
_OF_A_FIELD: dict[str, type[Sum] | type[Latest] | type[Distinct]] = {"sum": Sum, "latest": Latest, "distinct": Distinct}


def build(draft: Draft, values: Mapping[str, Any], formulas: Formulas) -> dict[str, Measure]:
    built: dict[str, Measure] = {}
    for name, said in values.items():
        type_ = _type(draft, name, said)
        if type_ is None or "title" not in said:
            draft.reading.broken.add(f"measures.{name}")
            continue
        measure = _measure(draft, name, type_, said, formulas)
        if measure is None:
            draft.reading.broken.add(f"measures.{name}")
            continue
        built[name] = measure
    return built | _growths(draft, values, built)


def _type(draft: Draft, name: str, said: Mapping[str, Any]) -> str | None:
    """The one key that says what the measure is; None after reporting, or when that key itself was refused."""
    path = f"measures.{name}"
    present = [key for key in MEASURE_TYPES if draft.reading.has(f"{path}.{key}")]
    if not present:
        draft.report("measure_without_type", path, types="、".join(MEASURE_TYPES))
        return None
    for extra in present[1:]:
        draft.report("measure_several_types", f"{path}.{extra}", first=present[0], second=extra)
    _refuse_misplaced(draft, path, present[0], said)
    return present[0] if present[0] in said and len(present) == 1 else None


def _refuse_misplaced(draft: Draft, path: str, type_: str, said: Mapping[str, Any]) -> None:
    misplaced = [] if type_ in FLOWING else [key for key in _OF_FLOWING if key in said]
    if "stands_until" in said and type_ == "latest":  # holds until the next one
        misplaced.append("stands_until")
    if "growth_from" in said and type_ not in _GROWS:
        misplaced.append("growth_from")
    if "owed" in said and type_ not in _OWED:
        misplaced.append("owed")
    for key in misplaced:
        draft.report("key_not_here", f"{path}.{key}", key=key, type=type_)


def _measure(draft: Draft, name: str, type_: str, said: Mapping[str, Any], formulas: Formulas) -> Measure | None:
    common = {
        "name": name,
        "title": said["title"],
        "section": said.get("section", ""),
        "beside": tuple(said.get("beside", ())),
        "unit": said.get("unit", ""),
        "help": said.get("help", ""),
        "show": display(said.get("show")),
        "target": _target(draft, name, said.get("target")),
        "public": said.get("public", False),
        "local": said.get("local", ""),
    }
    what, owed = said[type_], {"owed": tuple(said.get("owed", ()))}
    if type_ == "ratio":
        return Ratio(numerator=what[0], denominator=what[1], **common) if len(what) == 2 else None
    if type_ == "growth":
        return Growth(of=what["of"], since=what["since"], **common) if {"of", "since"} <= what.keys() else None
    if type_ == "coverage":
        return coverage.build(draft, f"measures.{name}.coverage", what, formulas, common | owed)
    return _flowing(draft, type_, said, formulas, common | owed)


def _flowing(draft: Draft, type_: str, said: Mapping[str, Any], formulas: Formulas, common: dict[str, Any]) -> Measure:
    name, what = common["name"], said[type_]
    kind = what if type_ == "count" else what[0]
    shared = common | {
        "kind": kind,
        "where": formulas.parse(said.get("where"), f"measures.{name}.where", scope(draft, kind)),
        "by": said.get("by", Dating()),
        "at": said.get("at", REGISTRY),
        "counts": Level(said.get("counts", Level.FILED)),
        "since_start": said.get("since_start", False),
        "stands_until": tuple(said.get("stands_until", ())),
    }
    return Count(**shared) if type_ == "count" else _OF_A_FIELD[type_](field=what[1], **shared)


def scope(draft: Draft, kind: str) -> Scope:
    """The names of a kind's postings; an unknown kind has none, and that alone is reported."""
    if kind not in draft.kinds:
        return Scope({}, refused=lambda name: True)
    known = draft.kinds[kind]
    return names.of_record(known, draft.kinds, measured=True, refused=refused(draft, known))


def _target(draft: Draft, name: str, said: Any) -> Target | None:
    """A number, a field of a stock, a constant, or a table with its due date."""
    if said is None:
        return None
    if isinstance(said, Decimal):
        return Target(value=said)
    if isinstance(said, tuple):
        return Target(field=said)
    if isinstance(said, str):
        constant = draft.constants.get(said)
        if constant is None:
            draft.refer("unknown_constant", f"measures.{name}.target", said, "constants", draft.constants)
            return None
        return Target(value=constant.value, show=constant.show, local=constant.local)
    if ("value" in said) == ("field" in said):
        draft.report("target_value_or_field", f"measures.{name}.target")
    return Target(
        value=said.get("value"),
        field=said.get("field"),
        due=said.get("due"),
        at_most=said.get("at_most", False),
        show=display(said["show"]) if "show" in said else None,
        local=said.get("local", ""),
    )


def _growths(draft: Draft, values: Mapping[str, Any], built: Mapping[str, Measure]) -> dict[str, Measure]:
    """`growth_from` beside a measure defines '<id>_growth' as well."""
    growths: dict[str, Measure] = {}
    for name, said in values.items():
        if "growth_from" not in said or name not in built:
            continue
        own = f"{name}_growth"
        if own in values:
            draft.report("growth_name_taken", f"measures.{name}.growth_from", name=own)
            continue
        growths[own] = Growth(
            name=own,
            title=say("{measure}增长", measure=built[name].title),
            section=built[name].section,
            of=name,
            since=said["growth_from"],
            show=Display(style="percent"),
            public=built[name].public,
        )
        draft.reading.stands_at(f"measures.{own}", f"measures.{name}.growth_from")
    return growths
