"""A grading's classes fall from the best to nought and are those that people decide among; what it says fits them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType


def check(draft: Draft) -> Iterator[Fault]:
    for each in draft.gradings.values():
        yield from _falling(draft, each)
        yield from _named(draft, each)
        yield from _bands(draft, each)
        if kind := draft.kinds.get(each.kind):
            yield from _decided(draft, each, kind)
        for path, name in _measures(each):
            found = draft.unknown("unknown_measure", path, name, "measures", draft.measures)
            if found:
                yield found


def _falling(draft: Draft, each: Grading) -> Iterator[Fault]:
    path, points = f"gradings.{each.name}.classes", [*each.classes.values()]
    if any(better <= worse for better, worse in pairwise(points)) or points[0] > 100 or points[-1] != 0:
        yield draft.at_key("classes_falling", path)


def _named(draft: Draft, each: Grading) -> Iterator[Fault]:
    """Bars and quotas speak of classes; a quota of the last one would leave its rest nowhere to go."""
    path, last = f"gradings.{each.name}", [*each.classes][-1]
    said = [(f"{path}.bars.{bar.name}.at_most", bar.at_most) for bar in each.bars.values()]
    for at, name in (*said, *((f"{path}.quotas.{grade}", grade) for grade in each.quotas)):
        if name not in each.classes:
            known = "、".join(each.classes)
            yield draft.at_key("unknown_class", at, name=name, known=known, near=nearest(name, each.classes))
    if last in each.quotas:
        yield draft.at_key("quota_of_the_last", f"{path}.quotas.{last}", name=last)


def _bands(draft: Draft, each: Grading) -> Iterator[Fault]:
    for part in each.parts.values():
        for one in part.indicators.values():
            path = f"gradings.{each.name}.parts.{part.name}.indicators.{one.name}"
            if any(lower.at_least >= higher.at_least for lower, higher in pairwise(one.bands)):
                yield draft.at_key("bands_rising", f"{path}.bands")
            points = [("full", one.full), *([("unknown", one.unknown)] if one.unknown is not None else [])]
            for key, value in points:
                if not 0 <= value <= one.full or one.full == 0 or one.full > _MOST_POINTS:
                    yield draft.at("points_outside", f"{path}.{key}")


_MOST_POINTS = 1000


def _decided(draft: Draft, each: Grading, kind: Kind) -> Iterator[Fault]:
    path = f"gradings.{each.name}"
    subject = kind.fields.get(kind.subject)
    if kind.decided is None or subject is None or subject.type is not FieldType.ORGANISATION:
        if not draft.reading.is_broken(f"kinds.{kind.name}.decided"):
            yield draft.at("undecided", f"{path}.kind", kind=kind.name)
        return
    grade = kind.fields.get(kind.decided.grade)
    lacking = [name for name in each.classes if grade and name not in grade.choices]
    for name in lacking:
        known = "、".join(grade.choices) if grade else ""
        yield draft.at_key("unknown_class", f"{path}.classes.{name}", name=name, known=known, near="")


def _measures(each: Grading) -> Iterator[tuple[str, str]]:
    for part in each.parts.values():
        for one in part.indicators.values():
            yield f"gradings.{each.name}.parts.{part.name}.indicators.{one.name}.measure", one.measure
