"""Gradings: whom, by which figures made points, into which classes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from xianfeng.scheme.build import names
from xianfeng.scheme.build.formulas import Formulas, Scope
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.grading import Band, Bar, Grading, Indicator, Part, Quota
from xianfeng.scheme.surface import grammar


def build(draft: Draft, values: Mapping[str, Any], formulas: Formulas) -> dict[str, Grading]:
    whole = {name for name, key in grammar.GRADING.keys.items() if key.required}
    return {name: _grading(draft, name, said, formulas) for name, said in values.items() if whole <= said.keys()}


def _grading(draft: Draft, name: str, said: Mapping[str, Any], formulas: Formulas) -> Grading:
    path = f"gradings.{name}"
    parts = {each: _part(draft, f"{path}.parts.{each}", each, part, formulas) for each, part in said["parts"].items()}
    bars = {each: _bar(draft, path, each, bar, formulas) for each, bar in said.get("bars", {}).items()}
    return Grading(
        name=name,
        title=said["title"],
        kind=said["kind"],
        classes=MappingProxyType({grade: Decimal(points) for grade, points in said["classes"].items()}),
        parts=MappingProxyType({each: part for each, part in parts.items() if part}),
        where=formulas.parse(said.get("where"), f"{path}.where", names.of_organisation()),
        every=said.get("every", "year"),
        bars=MappingProxyType({each: bar for each, bar in bars.items() if bar}),
        quotas=MappingProxyType(
            {
                grade: Quota(
                    grade=grade, at_most=one["at_most"], within=one.get("within", ""), local=one.get("local", "")
                )
                for grade, one in said.get("quotas", {}).items()
                if "at_most" in one
            }
        ),
        published=said.get("published", ""),
        local=said.get("local", ""),
    )


def _part(draft: Draft, path: str, name: str, said: Mapping[str, Any], formulas: Formulas) -> Part | None:
    if not {"title", "weight", "indicators"} <= said.keys():
        return None
    indicators = {
        each: _indicator(draft, f"{path}.indicators.{each}", each, one, formulas)
        for each, one in said["indicators"].items()
        if {"measure", "full"} <= one.keys()
    }
    return Part(name=name, title=said["title"], weight=said["weight"], indicators=MappingProxyType(indicators))


def _indicator(draft: Draft, path: str, name: str, said: Mapping[str, Any], formulas: Formulas) -> Indicator:
    if draft.reading.has(f"{path}.points") == draft.reading.has(f"{path}.bands"):
        draft.report("points_or_bands", path)
    bands = (Band(at_least=band["at_least"], points=band["points"]) for band in said.get("bands", ()) if len(band) == 2)
    return Indicator(
        name=name,
        measure=said["measure"],
        full=said["full"],
        points=formulas.parse(said.get("points"), f"{path}.points", Scope(names.OF_A_VALUE), expect=names.MEASURED),
        bands=tuple(bands),
        unknown=said.get("unknown"),
        title=said.get("title", ""),
        local=said.get("local", ""),
    )


def _bar(draft: Draft, path: str, name: str, said: Mapping[str, Any], formulas: Formulas) -> Bar | None:
    if not {"title", "when", "at_most"} <= said.keys():
        return None
    when: Expression | None = formulas.parse(said["when"], f"{path}.bars.{name}.when", over_measures(draft))
    if when is None:
        return None
    measures = tuple(sorted(when.names - names.ORGANISATION.keys()))
    return Bar(name=name, title=said["title"], when=when, at_most=said["at_most"], measures=measures)


def over_measures(draft: Draft) -> Scope:
    """Formulas about an organisation that say measures by their names; what the registry calls it comes before them."""
    known = {**dict.fromkeys(draft.measures, names.MEASURED), **names.ORGANISATION}
    return Scope(known, refused=lambda measure: draft.reading.is_broken(f"measures.{measure}"))
