"""The steps of plans that an organisation has to end, by their latest day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from xianfeng.agenda import naming
from xianfeng.agenda.item import Item
from xianfeng.ledger import versions
from xianfeng.plans import planned
from xianfeng.plans.standing import Light
from xianfeng.sentences import say


def items(organisation: int, *, since: dt.date, until: dt.date, now: dt.datetime) -> Iterator[Item]:
    for scheme in versions.all_current():
        for plan in scheme.plans.values():
            held = list(planned.records(scheme, plan).filter(holder=organisation))
            for one in planned.planned(scheme, plan, held, now=now):
                if one.standing.light is Light.DONE:
                    continue
                for name, step in one.standing.steps.items():
                    if step.done is None and since <= step.stage.last <= until:
                        yield Item(
                            uid=f"step-{one.record.id}-{plan.name}-{name}",
                            title=say(
                                "最迟完成：{record}，{step}",
                                record=naming.public(one.kind, one.record),
                                step=step.stage.step.title,
                            ),
                            at=step.stage.last,
                            path=f"/office/plans/{scheme.name}/{plan.name}/{one.record.id}",
                            late=step.light is Light.LATE,
                            apart=naming.numbered(one.record.id),
                        )
