"""What a class that figures propose has to keep to, asked of the record itself however it is written.

By hand, and by import, a class is decided only of whom the campaign has never proposed anything, as of what was
decided before figures proposed; from then on it is decided from its proposal, and altered beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.ledger.conditions import Writing
from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import WITHDRAWN, Image
from xianfeng.ledger.models import Record
from xianfeng.log.bulk import batched
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.grading import Decided
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import say


def concerns(kind: Kind) -> bool:
    return kind.decided is not None


def refused(writings: Sequence[Writing]) -> Iterator[Problem]:
    """Whoever decides stands above; from the latest proposal, as it says; what departs from it says why."""
    for form in {id(one.form): one.form for one in writings}.values():
        decided = [found for one in writings if one.form is form and (found := _decided(one))]
        if decided and form.scheme.deciding(form.kind.name):
            yield from _refused(form, decided)


@dataclass(frozen=True)
class _Deciding:
    """A record by which a class is decided or altered, and of whom."""

    writing: Writing
    mark: Decided
    subject: int

    @property
    def after(self) -> Image:
        return self.writing.after

    @property
    def before(self) -> Image | None:
        return self.writing.before

    @property
    def anew(self) -> bool:
        """Of somebody of whom it said nothing before."""
        return self.before is None or self.before.subject != self.subject

    def said(self, image: Image) -> dict[str, object]:
        return {role: image.values.get(name, "") for role, name in self.mark.roles.items()}


def _decided(writing: Writing) -> _Deciding | None:
    """None where a class only goes on: it was asked before."""
    mark, after = writing.form.kind.decided, writing.after
    if mark is None or after.subject is None or after.state == WITHDRAWN:
        return None
    one = _Deciding(writing, mark, after.subject)
    return one if one.anew or one.before is None or one.said(one.before) != one.said(after) else None


def _refused(form: Form, decided: Sequence[_Deciding]) -> Iterator[Problem]:
    known = _Known(form, decided)
    for one in decided:
        try:
            proposal = known.proposal(one)
            if proposal is None:
                _refuse_by_hand(one, known)
            else:
                _refuse_otherwise(one, proposal, known)
        except Problem as problem:
            yield one.writing.told(problem)


class _Known:
    """What was proposed of all whom these are about, and what decided."""

    def __init__(self, form: Form, decided: Sequence[_Deciding]) -> None:
        rules = [rule.name for rule in form.scheme.deciding(form.kind.name)]
        held = Proposal.objects.filter(campaign=form.scheme.name, grading__in=rules)
        self._proposals = list(held.order_by("-id"))
        self._latest = {(one.grading, one.since): one.id for one in reversed(self._proposals)}
        self._below: dict[tuple[int, int, dt.date], frozenset[int]] = {}
        self._by_hand: dict[int, dict[int, Record]] = {}
        self._asked = decided
        self.lines: dict[tuple[int, int], ProposalLine] = {}
        self.proposed: set[int] = set()
        subjects = {one.subject for one in decided}
        for some in batched(subjects):
            lines = ProposalLine.objects.filter(organisation__in=some)
            self.proposed.update(lines.filter(proposal__in=held).values_list("organisation", flat=True).distinct())
            meant = {proposal.id for one in decided if (proposal := self.proposal(one))}
            found = lines.filter(proposal__in=meant)
            self.lines |= {(line.proposal_id, line.organisation_id): line for line in found}
        named = [(proposal, one.subject) for one in decided if one.before is None and (proposal := self.proposal(one))]
        self.looked = deciding.looked(form.register, named)
        self.lineage = Lineage()
        self.lineage.learn(subjects)

    def proposal(self, one: _Deciding) -> Proposal | None:
        """The one that it says it was decided from; the latest of its period where the kind does not keep that."""
        same = (each for each in self._proposals if deciding.decides(one.after.reference, each, one.subject))
        said = one.after.values.get(one.mark.proposal)
        return next((each for each in same if not one.mark.proposal or each.id == said), None)

    def by_hand(self, proposal: Proposal) -> dict[int, Record]:
        if proposal.id not in self._by_hand:
            self._by_hand[proposal.id] = deciding.by_hand(proposal, {each.subject for each in self._asked})
        return self._by_hand[proposal.id]

    def outdated(self, proposal: Proposal) -> bool:
        return self._latest[proposal.grading, proposal.since] != proposal.id

    def below(self, proposal: Proposal, one: _Deciding) -> frozenset[int]:
        """Of all these, the ones who stand in a proposal below whoever decides."""
        asked = (proposal.id, one.after.organisation, one.after.day)
        if asked not in self._below:
            lines = deciding.below(proposal, one.after.organisation, one.after.day)
            subjects = {each.subject for each in self._asked}
            found = (lines.filter(organisation__in=some) for some in batched(subjects))
            self._below[asked] = frozenset(
                number for some in found for number in some.values_list("organisation", flat=True)
            )
        return self._below[asked]


def _refuse_by_hand(one: _Deciding, known: _Known) -> None:
    told = [one.said(image) for image in (one.before, one.after) if image is not None]
    follows = any(said.get("proposed") or said.get("proposal") for said in told)
    if follows or (one.anew and one.subject in known.proposed):
        message = say("这个等级有定级建议，不能另外登记。")
        raise Problem("gradings.by_hand", message, hint=say("在定级建议页上确定；已经确定的，在那条记录里改。"))
    if one.after.organisation not in known.lineage.ancestors(one.subject, one.after.day):
        raise Problem("gradings.not_below", say("等级由上级组织确定。"), hint=say("由它的上级组织登记。"))


def _refuse_otherwise(one: _Deciding, proposal: Proposal, known: _Known) -> None:
    mark, said = one.mark, one.said(one.after)
    if one.before is None:
        _refuse_unasked(one, proposal, known)
    elif mark.proposal and one.before.values.get(mark.proposal) != proposal.id:
        hint = say("等级可以改，写明理由；依据的建议不改。")
        raise Problem("gradings.other_proposal", say("不能改成依据另一号建议。"), hint=hint)
    line = known.lines[proposal.id, one.subject]
    if mark.proposed and said["proposed"] != line.grade:
        hint = say("建议等级照建议填写；要定别的等级，改“等级”并说明理由。")
        raise Problem(
            "gradings.not_as_proposed", say("建议等级与第 {number} 号建议不一致。", number=proposal.id), hint=hint
        )
    if mark.because:
        deciding.refuse_unexplained(line, str(said["grade"]), str(said["because"]))


def _refuse_unasked(one: _Deciding, proposal: Proposal, known: _Known) -> None:
    if known.outdated(proposal):
        raise deciding.no_longer(proposal)
    if one.subject not in known.below(proposal, one):
        raise deciding.stranger(one.subject)
    looked = known.looked[proposal.id, one.subject]
    if looked.record or looked.free != one.after.reference:
        hint = say("要改的，在那条记录里办理。")
        raise Problem("gradings.decided", say("等级已经确定过。"), hint=hint)
    if filed := known.by_hand(proposal).get(one.subject):
        message = say("这个期间的等级已经登记过（第 {record} 号记录），不能再确定。", record=filed.id)
        hint = say(
            "等级要改的，在那条记录里办理；登记错了的，先撤销它，再依据建议确定；定的是别的期间的，更正它的日期。"
        )
        raise Problem("gradings.filed_already", message, hint=hint)
