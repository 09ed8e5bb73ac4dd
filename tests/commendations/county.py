"""The county of the gradings' tests commends: one village of each town, and any number of people."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.test import Client

from tests.gradings import county
from tests.gradings.county import DAY, NOW, County
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record

SCHEME = """
xianfeng: 1
scheme: graded-2012
title: 为民服务活动
at: "350121"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
commendations:
  yearly:
    title: 年度表彰
    kind: commendation
    awards: {organisation: {at_most: 1, within: township}, member: {}}
    eligible:
      visits: {title: 走访不少于4次, when: visits >= 4}
      villages: {title: 村级组织, when: "level == 'village'"}
    noticed: noticed
    awarded: awarded
measures:
  visits: {title: 走访, unit: 次, count: visit}
"""


def here(scheme: str = SCHEME) -> County:
    return county.county(scheme)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def nominated(at: County, village: int, award: str = "organisation", **values: object) -> Record:
    """Village by its place in the list, nominated by itself."""
    organisation = at.villages[village]
    said = {"nominee": organisation, "award": award, "grounds": "常年走访，实事办得好", **values}
    return actions.file(
        by=at.at(organisation), scheme="graded-2012", kind="commendation", organisation=organisation, day=DAY,
        values=said, state="nominated",
    )  # fmt: skip


def deliberated(at: County, record: Record) -> Record:
    town = at.towns[0] if record.organisation in at.villages[:3] else at.towns[1]
    actions.move(by=at.at(town), record=record.id, move="propose", day=DAY)
    return actions.move(by=at.office, record=record.id, move="deliberate", day=DAY, values={"opinion": "同意"})


def awarded(at: County, record: Record) -> Record:
    """Ten days later."""
    actions.move(by=at.office, record=record.id, move="notice", day=DAY)
    later = replace(at.office, at=NOW + dt.timedelta(days=12))
    day = DAY + dt.timedelta(days=12)
    return actions.move(by=later, record=record.id, move="award", day=day, values={"approval": "侯委〔2012〕31号"})
