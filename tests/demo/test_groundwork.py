"""Organisations of a plan are called as their divisions were called at the time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from xianfeng.demo import groundwork, plan
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import rebuild, tree
from xianfeng.registry.actions.founding import Founding, found
from xianfeng.registry.actions.naming import rename
from xianfeng.registry.models import Organisation

PLAN = """
plan: 1
scheme: a-2010
seed: 1
until: 2010-08-29
organisations:
  - {id: committee, on: county, under: "350100", type: body, level: county, name: "中共{name}委员会", suffix: W,
     invented: 测试}
"""


@pytest.mark.django_db
def test_a_body_bore_the_name_that_its_division_bore(tmp_path: Path) -> None:
    by = Actor(kind=ActorKind.IMPORT, id=1)
    city = found(founding=Founding(code="350100", name="福州市", type="division", level="city", parent=None), by=by)
    county = Founding(code="350112", name="长乐市", type="division", level="county", parent=city)
    rename(organisation=found(founding=county, by=by), name="长乐区", day=dt.date(2017, 11, 6), by=by)
    path = tmp_path / "demo.yaml"
    path.write_text(PLAN, encoding="utf-8")
    groundwork.lay(plan.read(path), by=by)
    body = Organisation.objects.get(code="350112-W").id
    named = [tree.named([body], day)[body].name for day in (dt.date(2010, 8, 30), dt.date(2020, 1, 1))]
    assert named == ["中共长乐市委员会", "中共长乐区委员会"]
    assert list(rebuild.compare()) == []
