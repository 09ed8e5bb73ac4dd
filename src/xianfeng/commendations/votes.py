"""What an advisory vote came to, as its evaluation published it: read beside nominations, and weighed by nothing.

Only organisations that were judged by themselves have numbers of their own; those asked together with others have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xianfeng.evaluations import published
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.publishing import Told
from xianfeng.evaluations.stages import Stage
from xianfeng.scheme.commending import Commendation
from xianfeng.scheme.evaluating import Question
from xianfeng.scheme.nodes import Scheme


@dataclass(frozen=True)
class Vote:
    """How many gave an answer; of what nearly all agreed in, at least how many."""

    answer: str
    count: int
    nearly_all: bool


def votes(scheme: Scheme, rule: Commendation) -> Mapping[int, tuple[Vote, ...]]:
    """Of the latest round that was published, by organisation, in the order of the answers; empty where the rule has no
    such vote. What was told of paper and online apart is added up."""
    vote = scheme.evaluations.get(rule.advisory)
    rounds = EvaluationRound.objects.filter(scheme=scheme.name, evaluation=rule.advisory, stage=Stage.PUBLISHED)
    latest = rounds.order_by("-id").first() if vote is not None else None
    found = published.read(latest) if latest is not None else None
    if vote is None or found is None:
        return {}
    (question,) = vote.counted
    parts: dict[int, list[Told]] = {}
    for part in found.shown:
        if len(part.judged) == 1 and question.name in part.told:
            parts.setdefault(part.judged[0].organisation, []).append(part.told[question.name])
    return {organisation: tuple(_votes(question, told)) for organisation, told in parts.items()}


def _votes(question: Question, told: list[Told]) -> Iterator[Vote]:
    """Of an answer that some part leaves open nothing is said, but where nearly all gave it."""
    for answer, title in question.choices.items():
        bounded = any(one.nearly_all is not None for one in told)
        least = sum(one.at_least.get(answer, 0) for one in told)
        if not bounded or least:
            yield Vote(title, least, bounded)
