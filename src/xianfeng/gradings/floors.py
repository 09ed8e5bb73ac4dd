"""Which lines of a proposal rest on a value that may be more than is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xianfeng import figures
from xianfeng.figures.interface import Query
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import versions
from xianfeng.scheme import floors
from xianfeng.scheme.grading import Grading


def resting(proposal: Proposal, rule: Grading, organisations: Sequence[int]) -> frozenset[int]:
    """Those of the organisations; asks nothing where no measure of the rule can be a floor."""
    scheme, found = versions.scheme(proposal.scheme_id), np.zeros(len(organisations), np.bool_)
    measures = [name for name in rule.measures if floors.may_be(scheme, scheme.measures[name])]
    for name in measures if organisations else ():
        query = Query(
            scheme=scheme.hash,
            measure=name,
            organisation=organisations[0],
            since=proposal.since,
            until=proposal.until,
            as_of=proposal.as_of,
        )
        found |= figures.engine().each(query, organisations).is_floor
    return frozenset(one for one, some in zip(organisations, found.tolist(), strict=True) if some)
