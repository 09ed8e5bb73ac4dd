"""A ratio's two parts place records in time by the same date; otherwise their quotient means nothing."""

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
        if isinstance(first, Flowing) and isinstance(second, Flowing) and first.by != second.by:
            names = {"first": first.name, "second": second.name}
            said = {"one": written(first.by), "other": written(second.by)}
            yield draft.at_key("ratio_dating", f"measures.{measure.name}.ratio", **names, **said)


def written(dating: Dating) -> str:
    """As a scheme writes it."""
    return f"entered({dating.name})" if dating.by == "entered" else dating.name or "date"
