"""A ratio's two parts place records in time by the same date, and count what began in a period, or what stands at its
end; otherwise their quotient means nothing."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import Dating, Flowing, Ratio


def check(draft: Draft) -> Iterator[Fault]:
    for measure in draft.measures.values():
        if not isinstance(measure, Ratio):
            continue
        first, second = draft.measures.get(measure.numerator), draft.measures.get(measure.denominator)
        if not isinstance(first, Flowing) or not isinstance(second, Flowing):
            continue
        names, path = {"first": first.name, "second": second.name}, f"measures.{measure.name}.ratio"
        if first.by != second.by:
            yield draft.at_key("ratio_dating", path, **names, one=written(first.by), other=written(second.by))
        if bool(first.stands_until) != bool(second.stands_until):
            yield draft.at_key("ratio_standing", path, **names)


def written(dating: Dating) -> str:
    """As a scheme writes it."""
    return f"entered({dating.name})" if dating.by == "entered" else dating.name or "date"
