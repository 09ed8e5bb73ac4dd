"""A campaign of the installation with a grading of its divisions and units, proposed, decided and published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from xianfeng.gradings import actions as gradings
from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor, ActorKind

_MEASURES = {"fuzhou-2010": "site_members", "jinwan-2010": "members_all"}
_RULE = """
gradings:
  all:
    title: 单位分类定级
    kind: grading
    classes: {{advanced: 80, average: 40, backward: 0}}
    parts:
      work:
        title: 实绩
        weight: 60
        indicators: {{some: {{measure: {measure}, full: 10, bands: [{{at_least: 0, points: 5}}], unknown: 5}}}}
    published: published
"""


def graded(name: str, files: Mapping[str, str]) -> dict[str, str]:
    """The files of its package with the grading in it."""
    rule = _RULE.format(measure=_MEASURES[name])
    return {**files, "scheme.yaml": files["scheme.yaml"].replace("\nkinds:\n", f"{rule}\nkinds:\n", 1)}


def office(root: int, day: dt.date) -> Actor:
    at = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)
    return Actor(kind=ActorKind.APPOINTMENT, id=1, organisation=root, role="office", person=1, at=at)


def published(scheme: str, root: int, day: dt.date) -> Proposal:
    """The office of the root decides about everybody below it, as proposed."""
    by = office(root, day)
    proposal = gradings.propose(by=by, scheme=scheme, grading="all", day=day)
    left = deciding.undecided(proposal, deciding.below(proposal, root, timezone.localdate()))
    numbers = deciding.decide(by=by, proposal=proposal.id, chosen=dict.fromkeys(left, ""), reasons={}, day=day)
    actions.move_many(by=by, records=numbers, move="review", day=day)
    actions.move_many(by=by, records=numbers, move="publish", day=day)
    return proposal
