"""Published answers as they are listed for everybody: what they show of a record, and in whose words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import DAY, Site
from xianfeng.ledger import actions
from xianfeng.registry import tree
from xianfeng.scheme import checks
from xianfeng.scheme.checks import subjects

TOWN = "350121105"
OPEN, CLOSED = "title: 理由, public: true", "title: 理由"
LISTS = ("/matters/", f"/organisations/{TOWN}")

RULINGS = """
xianfeng: 1
scheme: rulings-2010
title: 定级复核
at: "350100"
runs: {from: 2010-01-01, to: 2099-12-31}
kinds:
  objection:
    title: 定级异议
    request: {text: grounds, reply: ruling}
    fields:
      grounds: {type: long_text, title: 异议理由}
      gist: {type: long_text, title: 异议要点}
      ruling: {type: long_text, title: 复核意见}
  ruling:
    title: 异议复核公布
    publishes: about
    fields:
      about: {type: record, of: objection, title: 异议}
      grounds: {type: long_text, title: 理由, public: true}
      gist: {type: long_text, title: 要点, public: true}
      ruling: {type: long_text, title: 意见, public: true}
      end: {type: choice, title: 结果, public: true, choices: {filed: 已复核}}
    flow:
      initial: made
      states: {made: {title: 已公布, level: reviewed}, over: {title: 已了结, level: reviewed}}
      moves: {end: {title: 了结, from: made, to: over, by: author}}
"""
OTHER = """
xianfeng: 1
scheme: later-2011
title: 后来的活动
at: "350100"
include: [core]
runs: {from: 2011-01-01, to: 2099-12-31}
kinds:
  public_reply:
    fields:
      outcome: {choices: {resolved: 妥了, answered: 回话了, closed: 没妥}}
"""


def filed(site: Site, kind: str, scheme: str, **values: Any) -> int:
    town = tree.by_code(TOWN)
    assert town is not None
    made = actions.file(by=site.office, scheme=scheme, kind=kind, organisation=town.id, day=DAY, values=values)
    return made.id


def published(site: Site) -> int:
    site.adopt(RULINGS)
    about = filed(site, "objection", "rulings-2010", grounds="王家的低保评低了")
    told = {"about": about, "grounds": "王家的低保评低了", "ruling": "维持原定级。", "end": "filed"}
    return filed(site, "ruling", "rulings-2010", **told)


def test_a_list_shows_no_more_than_the_record_s_own_page(site: Site) -> None:
    """Its newest version tells another text, and has closed the one that this record told."""
    record = published(site)
    for address in LISTS:
        assert "王家的低保评低了" in site.get(address)
    site.adopt(RULINGS.replace("text: grounds", "text: gist").replace(OPEN, CLOSED))
    for address in LISTS:
        page = site.get(address)
        assert "王家" not in page
        assert "维持原定级。" in page
        assert f"/records/{record}" in page


def test_what_a_campaign_tells_nobody_outside_is_in_no_list(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version from before such a one was refused."""
    published(site)
    monkeypatch.setattr(checks, "RULES", tuple(rule for rule in checks.RULES if rule is not subjects.check))
    site.adopt(RULINGS.replace(OPEN, CLOSED))
    for address in LISTS:
        assert "王家" not in site.get(address)


def test_what_became_of_a_matter_is_said_in_its_own_campaign_s_words(site: Site) -> None:
    matter = filed(site, "matter", "fuzhou-2010", text="路灯坏了", via="visit", private=False)
    town = tree.by_code(TOWN)
    assert town is not None
    for move, said in {
        "accept": {},
        "assign": {"handler": town.id},
        "do_at_once": {},
        "answer": {"reply": "换好了"},
    }.items():
        actions.move(by=site.office, record=matter, move=move, day=DAY, values=said)
    told = {"matter": matter, "text": "路灯坏了", "reply": "换好了", "outcome": "answered"}
    made = filed(site, "public_reply", "fuzhou-2010", **told)
    actions.move(by=site.office, record=made, move="publish", day=DAY)
    site.adopt(OTHER)
    for address in LISTS:
        page = site.get(address)
        assert "已答复，待诉求人确认" in page
        assert "回话了" not in page
