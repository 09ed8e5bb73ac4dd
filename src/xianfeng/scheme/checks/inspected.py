"""An inspection is recorded by the unit that was visited, its strata can all be filled, and what it says fits what is
drawn."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.inspecting import Inspection
from xianfeng.scheme.types import FieldType


def check(draft: Draft) -> Iterator[Fault]:
    for each in draft.inspections.values():
        path, kind = f"inspections.{each.name}", draft.kinds.get(each.kind)
        subject = kind.fields.get(kind.subject) if kind else None
        if kind and (subject is None or subject.type is not FieldType.ORGANISATION):
            yield draft.at("inspected_no_organisation", f"{path}.kind", kind=each.kind)
        for key in ("by", "recently"):
            if each.draws_records and getattr(each, key):
                yield draft.at("inspected_records", f"{path}.{key}", of=each.of, key=key)
        found = each.by and draft.unknown("unknown_measure", f"{path}.by", each.by, "measures", draft.measures)
        if found:
            yield found
        if kind and each.recorded_as:
            field, choice = each.recorded_as
            if field not in kind.fields or choice not in kind.fields[field].choices:
                at = f"{path}.recorded_as"
                yield draft.at("recorded_no_choice", at, kind=each.kind, field=field, choice=choice)
        yield from _unreachable(draft, each)


def _unreachable(draft: Draft, each: Inspection) -> Iterator[Fault]:
    taken = False
    for stratum in each.strata.values():
        if taken:
            yield draft.at_key(
                "stratum_unreachable", f"inspections.{each.name}.strata.{stratum.name}", name=stratum.name
            )
        taken = taken or not draft.reading.has(f"inspections.{each.name}.strata.{stratum.name}.where")
