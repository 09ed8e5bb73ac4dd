"""Phases follow one another inside the scheme's run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Phase


def check(draft: Draft) -> Iterator[Fault]:
    runs = draft.heading.get("runs", {})
    before: Phase | None = None
    seen: set[str] = set()
    for path, phase in draft.phases:
        if phase.name in seen:
            yield draft.at("duplicate_phase", f"{path}.id", name=phase.name)
        seen.add(phase.name)
        if phase.since > phase.until:
            yield draft.at("phase_backwards", f"{path}.to", name=phase.name)
            continue
        if _outside(phase, runs):
            yield draft.at("phase_outside", f"{path}.from", name=phase.name)
        if before and phase.since <= before.until:
            yield draft.at("phases_overlap", f"{path}.from", first=before.name, second=phase.name)
        before = phase


def _outside(phase: Phase, runs: dict[str, dt.date]) -> bool:
    begins, ends = runs.get("from", phase.since), runs.get("to", phase.until)
    return begins <= ends and not begins <= phase.since <= phase.until <= ends
