"""Polls of a round in tests: who holds the keys, what was cast, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.ballots.closed import publish
from tests.ballots.voter import fill_in
from tests.evaluations.towns import Towns
from xianfeng.ballots import blind, opening
from xianfeng.ballots.opening import Opener
from xianfeng.ballots.protocol import Poll
from xianfeng.evaluations import polls, slips
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.ledger.models import Record

MIXED = [{"satisfied": "满意", "kept": "是"}] * 8 + [{"satisfied": "不满意", "advice": "路灯不亮"}] * 4


@dataclass(frozen=True)
class Sides:
    """The issuer's and the observers' keys, in one hand."""

    signer: blind.Signer
    key: bytes
    observers: bytes
    shares: tuple[opening.Share, ...]

    def published(self, poll: Poll, folder: Path, answers: Sequence[dict[str, str]]) -> Path:
        kept = [fill_in(poll, each) for each in answers]
        cast = [(each, each.signature(self.signer.sign(each.blinded))) for each in kept]
        return publish(folder, poll, Opener(*self.shares[:2], public=self.observers), cast)


def sides() -> Sides:
    private, public = blind.fresh()
    observers, shares = opening.fresh()
    return Sides(blind.Signer.load(private), public, observers, shares)


def poll(here: Towns, row: EvaluationRound, keys: Sides, electorate: int = 1) -> Poll:
    return polls.make(number=row.id, electorate=electorate, key=keys.key, observers=keys.observers, by=here.office())


def closed(here: Towns, row: EvaluationRound, issued: dict[int, int], returned: dict[int, int]) -> None:
    """The slips of paper that went out beside, and came back."""
    slips.issue(number=row.id, issued=issued, by=here.office())
    slips.close(number=row.id, returned=returned, by=here.office())


def told(row: EvaluationRound) -> dict[tuple[int, str, str], int]:
    """By organisation, question and answer."""
    records = [(one.organisation, json.loads(one.values)) for one in Record.objects.filter(kind="evaluation_result")]
    return {(at, v["question"], v.get("answer", "?")): v["count"] for at, v in records if v["round"] == row.id}
