"""The class that each organisation had before: what rises and falls (晋位升级) is told beside it."""

from __future__ import annotations

from collections.abc import Sequence

from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal


def classes(proposal: Proposal, organisations: Sequence[int]) -> dict[int, str]:
    """Of these, the class decided in the last period before the proposal's own, by organisation."""
    earlier = Proposal.objects.filter(campaign=proposal.campaign, grading=proposal.grading, until__lt=proposal.since)
    last = earlier.order_by("-until", "-id").first()
    if last is None:
        return {}
    return {each: decision.grade for each, decision in deciding.decisions(last, organisations).items()}
