"""A campaign of the installation with a commendation, its root in the public notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tests.gradings.campaigns import office
from xianfeng.ledger import actions
from xianfeng.ledger.actions import Row, Step

_RULE = """
commendations:
  campaign:
    title: 年度评选表彰
    kind: commendation
    awards: {organisation: {at_most: 3}, member: {}}
    noticed: noticed
    awarded: awarded
"""
_BESIDES = {"jinwan-2010": {"occasion": "party_2011"}}


def commending(files: Mapping[str, str]) -> dict[str, str]:
    """The files of its package with a commendation in it, unless it has one."""
    if "\ncommendations:\n" in files["scheme.yaml"]:
        return dict(files)
    return {**files, "scheme.yaml": files["scheme.yaml"].replace("\nkinds:\n", f"{_RULE}\nkinds:\n", 1)}


def noticed(scheme: str, root: int, day: dt.date, **others: object) -> int:
    """The record of the root's own nomination, up to its notice."""
    besides = _BESIDES.get(scheme, {})
    values = {"nominee": root, "award": "organisation", "grounds": "承诺件件兑现", **besides, **others}
    steps = (
        Step("nominate", day),
        Step("propose", day),
        Step("deliberate", day, values={"opinion": "同意"}),
        Step("notice", day),
    )
    row = Row(organisation=root, day=day, values=values, moves=steps)
    return actions.file_many(by=office(root, day), scheme=scheme, kind="commendation", rows=[row])[0]


def awarded(scheme: str, root: int, day: dt.date, **others: object) -> int:
    """One of which the notice is over and the award given. `others`: what it says otherwise, as whom it commends."""
    record, later = noticed(scheme, root, day, **others), day + dt.timedelta(days=20)
    approval = {"approval": "委〔2010〕31号"}
    actions.move(by=office(root, later), record=record, move="award", day=later, values=approval)
    return record
