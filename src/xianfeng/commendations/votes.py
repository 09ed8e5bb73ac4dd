"""What an advisory vote came to, as its evaluation published it: read beside nominations, and weighed by nothing.

Only organisations that were judged by themselves have numbers of their own; those asked together with others have none.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.log.bulk import batched
from xianfeng.scheme.commending import Commendation
from xianfeng.scheme.nodes import Scheme


@dataclass(frozen=True)
class Vote:
    """How many gave an answer; of what nearly all agreed in, at least how many."""

    answer: str
    count: int
    nearly_all: bool


def votes(scheme: Scheme, rule: Commendation, organisations: Collection[int]) -> Mapping[int, tuple[Vote, ...]]:
    """Of the latest round, by organisation, in the order of the answers; empty where the rule has no such vote."""
    vote = scheme.evaluations.get(rule.advisory)
    if vote is None:
        return {}
    titles = {value: title for question in vote.counted for value, title in question.choices.items()}
    said = json.dumps({"evaluation": vote.name}, ensure_ascii=False, separators=(",", ":"))[1:-1]
    rounds: dict[int, dict[int, list[Vote]]] = defaultdict(lambda: defaultdict(list))
    for kind in (each for each in scheme.kinds.values() if each.source and "count" in each.fields):
        held = Record.objects.filter(register=scheme.key(kind.name), scheme__name=scheme.name, values__contains=said)
        for some in batched(organisations):
            rows = held.filter(organisation__in=some).exclude(state=WITHDRAWN).order_by("id")
            for at, text in rows.values_list("organisation", "values"):
                values = json.loads(text)
                one = Vote(titles.get(values["answer"], values["answer"]), values["count"], bool(values["nearly_all"]))
                rounds[at][values["round"]].append(one)
    return {at: tuple(found[max(found)]) for at, found in rounds.items()}
