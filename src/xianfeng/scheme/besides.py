"""What a measure is never printed without: a share of matters resolved not without those closed unresolved."""

from __future__ import annotations

from collections.abc import Iterable

from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme


def besides(measure: Measure, scheme: Scheme) -> tuple[Measure, ...]:
    return tuple(scheme.measures[name] for name in measure.beside if name in scheme.measures)


def with_besides(names: Iterable[str], scheme: Scheme) -> frozenset[str]:
    """These measures, and all without which one of them is not printed."""
    chosen = frozenset(names)
    return chosen.union(one.name for name in chosen for one in besides(scheme.measures[name], scheme))
