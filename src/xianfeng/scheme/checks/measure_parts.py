"""A ratio's and a growth's parts are measures over records, and no measure rests on itself or stands beside itself."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import Flowing, Growth, Measure


def check(draft: Draft) -> Iterator[Fault]:
    for measure in draft.measures.values():
        cycle = _cycle(draft, measure.name)
        if cycle:
            if cycle[0] == min(cycle):  # told once, at one of its members
                yield draft.at_key("measure_cycle", f"measures.{measure.name}", chain=" → ".join((*cycle, cycle[0])))
            continue
        for path, name in _named(measure):
            found = draft.unknown("unknown_measure", path, name, "measures", draft.measures)
            if found:
                yield found
            elif name in draft.measures and not isinstance(draft.measures[name], Flowing):
                code = "growth_of" if isinstance(measure, Growth) else "ratio_of"
                yield draft.at(code, path, name=name)
        yield from _beside(draft, measure)


def _beside(draft: Draft, measure: Measure) -> Iterator[Fault]:
    """What stands beside a measure is there, is another one, and may be seen by whoever sees the measure."""
    for at, name in enumerate(measure.beside):
        path = f"measures.{measure.name}.beside[{at}]"
        found = draft.unknown("unknown_measure", path, name, "measures", draft.measures)
        if found:
            yield found
        elif name == measure.name or (measure.public and name in draft.measures and not draft.measures[name].public):
            yield draft.at("beside_unseen", path, name=name)


def _named(measure: Measure) -> tuple[tuple[str, str], ...]:
    """The measures that a measure rests on, with the path where each is named."""
    path = f"measures.{measure.name}"
    if isinstance(measure, Growth):
        return ((f"{path}.growth.of", measure.of),)
    return tuple((f"{path}.ratio[{at}]", name) for at, name in enumerate(measure.parts))


def _cycle(draft: Draft, start: str) -> tuple[str, ...]:
    """The way from a measure back to itself, or ()."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for name in draft.measures[way[-1]].parts:
            if name == start:
                return way
            if name in draft.measures and name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
