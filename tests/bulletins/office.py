"""A small office with a campaign of its own: a city, two counties, a register of posts, and bulletins about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import Composition, compose
from xianfeng.bulletins.models import Closing
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import actions as registry
from xianfeng.scheme.loader import with_libraries

DAY = dt.date(2012, 3, 1)

SCHEME = """
xianfeng: 1
scheme: {name}
title: 固本强基
at: "350100"
historical: {historical}
runs: {{from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}}
standards:
  five_ahead: {{title: 五在先, of: member, items: [学, 谋, 争, 行, 干]}}
constants:
  allowance: {{title: 村主干补贴, value: 300, unit: 元}}
kinds:
  post:
    title: 先锋岗
    basis: each
    subject: keeper
    fields:
      name: {{type: text, title: 岗位, required: true, public: true}}
      holder: {{type: text, title: 责任人}}
      keeper: {{type: organisation, title: 管理单位}}
      members: {{type: integer, title: 党员, unit: 人, min: 0}}
      sort: {{type: choice, title: 类别, choices: {{site: 工地, window: 窗口}}}}
    flow:
      initial: filed
      states:
        filed: {{title: 已填报, level: filed}}
      moves: {{}}
obligations:
  serve:
    title: 集中服务
    kind: post
    of: organisations
    where: "level == 'county'"
    at_least: 1
    every: year
    windows:
      - {{title: 2月份, from: 02-01, to: 02-29}}
measures:
  posts: {{title: 先锋岗, unit: 个, count: post, target: {{value: 100, show: {{as: words}}}}}}
  kept: {{title: 管理的先锋岗, unit: 个, count: post, at: subject}}
  members: {{title: 在岗党员, unit: 人, sum: post.members}}
  share: {{title: 人均, ratio: [posts, members], show: percent}}
  strong: {{title: 满员先锋岗, coverage: {{of: "post.members >= 1", having: "post.members >= 3"}}, show: percent}}
bulletins:
{bulletins}
"""

BULLETIN = """
  {name}:
    series: {series}
    number: {number}
    title: [{title}]
    issuer: 市委活动办
    issued: 2012-03-16
    template: bulletins/{name}.md
    copies: 100
    to: {{报: 市委, 送: 各县区}}
    editor: 陈潇
"""

TEMPLATE = "全市共设先锋岗{{ figure('posts') }}个，在岗党员{{ figure('members') }}名。"


@dataclass
class Office:
    """The city's office at work."""

    city: int
    minhou: int
    gulou: int
    scheme: str = "base-2012"

    @property
    def actor(self) -> Actor:
        return Actor(kind=ActorKind.IMPORT, organisation=self.city, role="office")

    def adopt(self, *bulletins: tuple[str, str], **imprint: Any) -> None:
        """A version of the scheme with these bulletins: (name, template) each, numbered from `number` on."""
        given = {"series": "活动简报", "number": 1, "title": "我市设立先锋岗", "extra": "", **imprint}
        first = given.pop("number")
        extra = given.pop("extra")
        historical = str(given.pop("historical", False)).lower()
        blocks = [
            BULLETIN.format(**{**given, "name": name, "number": first + place}) + extra
            for place, (name, _) in enumerate(bulletins)
        ]
        text = SCHEME.format(name=self.scheme, historical=historical, bulletins="".join(blocks))
        templates = {f"bulletins/{name}.md": template for name, template in bulletins}
        actions.adopt(with_libraries({"scheme.yaml": text, **templates}), by=self.actor)

    def file(self, organisation: int | None = None, *, day: dt.date = DAY, **values: Any) -> int:
        """One post at Minhou (or another organisation); its record's number."""
        given = {"name": "接访岗", "members": 3, "sort": "window", **values}
        return actions.file(
            by=self.actor,
            scheme=self.scheme,
            kind="post",
            organisation=organisation or self.minhou,
            day=day,
            values=given,
        ).id

    def compose(self, name: str = "first", **given: Any) -> Composition:
        return compose(self.scheme, name, **given)

    def close(self, name: str = "first", **given: Any) -> Closing:
        return close(self.compose(name), by=self.actor, **given)

    def text(self, template: str, **imprint: Any) -> str:
        """What a template comes to, as plain text."""
        self.adopt(("first", template), **imprint)
        return body_text(self.compose())


def body_text(composition: Composition) -> str:
    from xianfeng.papers.document import plain, runs_of

    return "\n".join(plain(runs) for block in composition.document.body for runs in runs_of(block))


def founded() -> Office:
    operator = Actor(kind=ActorKind.IMPORT, id=1)
    rows = [
        ("350100", "福州市", "city", None),
        ("350121", "闽侯县", "county", "350100"),
        ("350102", "鼓楼区", "county", "350100"),
    ]
    numbers = registry.found_many(
        foundings=[
            registry.Founding(code=code, name=name, type="division", level=level, parent=parent)
            for code, name, level, parent in rows
        ],
        by=operator,
    )
    return Office(*numbers)
