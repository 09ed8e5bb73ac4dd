"""Small trees for the registry's tests: what a test says about its organisations is all there is to know."""

from __future__ import annotations

import datetime as dt

import pytest

from xianfeng.log.actors import CLOCK
from xianfeng.problems import Problem
from xianfeng.registry import places
from xianfeng.registry.actions import Founding, found
from xianfeng.registry.models import Place

EARLY = dt.date(2005, 1, 1)
DAY = dt.date(2010, 8, 30)
LATER = dt.date(2012, 3, 16)


def unit(
    code: str, parent: int | None = None, founded: dt.date | None = None, name: str = "", type_: str = "unit"
) -> int:
    founding = Founding(code=code, name=name or f"{code}单位", type=type_, level="unit", parent=parent, founded=founded)
    return found(founding=founding, by=CLOCK)


def refused(code: str) -> pytest.RaisesExc[Problem]:
    """Expect a problem by its stable code."""
    return pytest.RaisesExc(Problem, check=lambda problem: problem.code == code)


def chain(*codes: str) -> list[int]:
    """Each under the one before it."""
    ids: list[int] = []
    for code in codes:
        ids.append(unit(code, ids[-1] if ids else None))
    return ids


def place_of(organisation: int, day: dt.date) -> Place:
    return Place.objects.get(id=places.at([organisation], day)[organisation])
