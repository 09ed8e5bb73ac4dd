"""Whether every proposal's lines are still those that its entry says."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS

from xianfeng.gradings.actions import STREAM
from xianfeng.gradings.lines import digest
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.sentences import say


def findings(alias: str = DEFAULT_DB_ALIAS) -> Iterator[Finding]:
    """For `verify`."""
    for entry in Entry.objects.using(alias).filter(stream=STREAM, action="propose").order_by("seq"):
        said = json.loads(entry.body)
        held = ProposalLine.objects.using(alias).filter(proposal=said["number"]).order_by("organisation")
        rows = held.values_list("organisation", "place", "grade", "total", "facts")
        if said["digest"] != digest(rows.iterator()) or not _stands(alias, entry.seq, said["digest"]):
            yield Finding(
                code="gradings.differ",
                message=say("第 {number} 号定级建议与登记时不符。", number=said["number"]),
                seq=entry.seq,
                hint=say("从备份恢复建议的各行，不要改动。"),
            )


def _stands(alias: str, seq: int, digest: str) -> bool:
    return Proposal.objects.using(alias).filter(seq=seq, digest=digest).exists()
