"""Whatever can happen to a registry, in any order."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from tests.registry.trees import DAY, chain, unit
from xianfeng.log.actors import CLOCK
from xianfeng.problems import Problem
from xianfeng.registry import actions, places
from xianfeng.registry.models import Place

_KINDS = ("found", "found_late", "move", "rename", "raise", "affiliate", "merge", "split", "close")
STEPS = st.lists(
    st.tuples(st.sampled_from(_KINDS), st.integers(0, 30), st.integers(0, 30), st.integers(0, 40)), max_size=25
)


def play(steps: list[tuple[str, int, int, int]]) -> tuple[int, Counter[int]]:
    """Take the steps that the registry allows; after each, every open organisation does one piece of work."""
    ids = chain("root", "a", "b", "c")
    ids += [unit(f"{ids[place]}-{number}", ids[place]) for place in (0, 1, 2) for number in (1, 2)]
    work: Counter[int] = Counter()
    for number, (kind, one, other, days) in enumerate(steps):
        day = DAY + dt.timedelta(days=days)
        first, second = ids[one % len(ids)], ids[other % len(ids)]
        try:
            with transaction.atomic():
                made = _take(kind, first, second, day, number)
        except Problem:
            continue
        ids.extend(made)
        work.update(places.current(ids).values())
    return ids[0], work


def _take(kind: str, first: int, second: int, day: dt.date, number: int) -> list[int]:
    told: dict[str, Any] = {"day": day, "by": CLOCK}
    match kind:
        case "found":
            return [unit(f"n{number}", first)]
        case "found_late":
            return [unit(f"n{number}", first, founded=day)]
        case "move":
            actions.move(organisation=first, parent=second, **told)
        case "rename":
            actions.rename(organisation=first, name=f"名{number}", code=f"r{number}", **told)
        case "raise":
            actions.raise_(organisation=first, level=f"level{number}", **told)
        case "affiliate":
            actions.affiliate(organisation=first, parent=second, **told)
        case "merge":
            actions.merge(organisations=[first], into=second, **told)
        case "split":
            parts = [unit(f"p{number}", second), unit(f"q{number}", second)]
            below = Place.objects.filter(parent__organisation=first, until=None)
            children = {id_: parts[id_ % 2] for id_ in below.values_list("organisation_id", flat=True)}
            children = {child: part for child, part in children.items() if child not in parts}
            actions.split(organisation=first, into=parts, heir=parts[0], children=children, **told)
            return parts
        case "close":
            actions.close(organisation=first, **told)
    return []
