"""Who is put beside those that stand in a stratum because of their signals alone.

A frame is published after the visits, with everybody's stratum, or nobody could repeat the draw. So each of them has
another one beside him: a unit that would be in the stratum if it had as many signals, and has none that count. The two
come into the stratum and leave it together, whichever of them it is, in this draw and in the next: whoever reads frames
sees pairs, and not which of the two has signals.

The units stand in a circle in an order that a key of the installation gives them; beside each is put the next that can
be. Whoever draws up a frame has no say in it.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Collection, Mapping

from xianfeng import lots, paths
from xianfeng.inspections.strata import stratum_of
from xianfeng.scheme.inspecting import SIGNALS, Inspection

Row = Mapping[str, object]  # a unit's names in conditions of strata, with its code


def key() -> bytes:
    return paths.write_once(paths.room("keys") / "beside.key", secrets.token_bytes(32))


def in_strata(
    rule: Inspection, rows: Mapping[int, Row], *, today: dt.date, key: bytes, recent: Collection[int]
) -> dict[int, str]:
    """The stratum of each unit by its number, as it is published; '' for whoever is not drawn. Of those left in another
    stratum there are as many as are drawn of it, not counting the `recent`, who are not drawn."""

    def stratum(unit: int, signals: object) -> str:
        return stratum_of(rule, {**rows[unit], SIGNALS: signals}, today=today)

    found = {unit: stratum(unit, row[SIGNALS]) for unit, row in rows.items()}
    if not any(one.where is not None and SIGNALS in one.where.names for one in rule.strata.values()):
        return found
    without = {unit: stratum(unit, 0) for unit in rows}
    circle = sorted(rows, key=lambda unit: lots.ticket(key, str(rows[unit]["code"])))
    spare = _spare(rule, {unit: found[unit] for unit in rows if unit not in recent})
    published = dict(found)
    for at, unit in enumerate(circle):
        if found[unit] != (left := without[unit]):
            for other in (*circle[at + 1 :], *circle[:at]):
                free = found[other] == without[other] == published[other] == left
                stays = other not in recent and left and spare[left] < 1
                if free and not stays and stratum(other, rows[unit][SIGNALS]) == found[unit]:
                    published[other] = found[unit]
                    spare[left] -= other not in recent
                    break
    return published


def _spare(rule: Inspection, drawn: Mapping[int, str]) -> Counter[str]:
    """How many may leave each stratum so that enough are left to be drawn."""
    spare = Counter(drawn.values())
    for one in rule.strata.values():
        spare[one.title] -= 1 if one.size.percent else one.size.number
    return spare
