"""A county whose villages are graded by visits: two towns of three villages, the campaign's office, a town's desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.test import Client

from xianfeng.accounts.models import Account
from xianfeng.gradings import actions as gradings
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import actions as registry
from xianfeng.scheme.loader import with_libraries

DAY = dt.date(2012, 6, 20)
NOW = dt.datetime(2012, 6, 20, 9, 0, tzinfo=dt.UTC)
SCHEME = """
xianfeng: 1
scheme: graded-2012
title: 为民服务活动
at: "350121"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
gradings:
  villages:
    title: 村级组织分类定级
    kind: grading
    where: "level == 'village'"
    classes: {advanced: 80, average: 40, backward: 0}
    parts: {work: {title: 实绩, weight: 1, indicators: {visits: {measure: visits, full: 5, points: value}}}}
    bars: {open: {title: 有未销号的整改, when: open_notices > 0, at_most: average}}
    quotas: {advanced: {at_most: 1, within: township}}
    published: published
measures:
  visits: {title: 走访, unit: 次, count: visit}
  open_notices: {title: 未销号的整改, unit: 份, count: rectification, stands_until: closed}
"""
_IMPORTER = Actor(kind=ActorKind.IMPORT, id=1)
VISITS = (5, 4, 1, 5, 5, 0)  # of each village


@dataclass(frozen=True)
class County:
    county: int
    towns: tuple[int, int]
    villages: tuple[int, ...]

    @property
    def office(self) -> Actor:
        return Actor(kind=ActorKind.APPOINTMENT, id=1, organisation=self.county, role="office", person=1, at=NOW)

    def at(self, organisation: int) -> Actor:
        return replace(self.office, id=organisation, organisation=organisation, role="clerk", person=organisation)

    def client(self, organisation: int, role: str) -> Client:
        """Somebody who acts there."""
        name = f"{role}-{organisation}"
        person = registry.enter(code=name, name=name, day=DAY, by=_IMPORTER)
        registry.appoint(person=person, organisation=organisation, role=role, day=DAY, by=_IMPORTER)
        client = Client(HTTP_HOST="127.0.0.1")
        account = Account.objects.create(username=name, person_id=person)
        client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    def proposal(self) -> Proposal:
        return gradings.propose(by=self.office, scheme="graded-2012", grading="villages", day=DAY)


def county(scheme: str = SCHEME) -> County:
    rows = [
        ("350121", "闽侯县", "county", None, ""),
        ("350121100", "青口镇", "township", "350121", ""),
        ("350121101", "荆溪镇", "township", "350121", ""),
        *(
            (f"35012110{n // 3}20{n % 3}", f"第{n + 1}村", "village", f"35012110{n // 3}", "village")
            for n in range(len(VISITS))
        ),
    ]
    foundings = [
        registry.Founding(code=code, name=name, type="division", level=level, parent=parent, category=category)
        for code, name, level, parent, category in rows
    ]
    top, first, second, *villages = registry.found_many(foundings=foundings, by=_IMPORTER)
    here = County(top, (first, second), tuple(villages))
    actions.adopt(with_libraries({"scheme.yaml": scheme}), by=replace(_IMPORTER, organisation=top))
    for village, many in zip(villages, VISITS, strict=True):
        for _ in range(many):
            visit(here, village)
    return here


def visit(here: County, village: int) -> None:
    values = {"people": {"villagers": 2}}
    actions.file(by=here.at(village), scheme="graded-2012", kind="visit", organisation=village, day=DAY, values=values)
