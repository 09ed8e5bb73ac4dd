"""What a class that figures propose has to keep to, asked of the record itself however it is written.

By hand, and by import, a class is decided only of whom the campaign has never proposed anything, as of what was
decided before figures proposed; from then on it is decided from its proposal, and altered beside it.
"""

from __future__ import annotations

from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.ledger import saying
from xianfeng.ledger.conditions import Written
from xianfeng.ledger.image import WITHDRAWN, Image
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.scheme.grading import Decided
from xianfeng.sentences import say


def refuse(written: Written) -> None:
    """Whoever decides stands above; from the latest proposal, as it says; what departs from it says why."""
    kind, scheme, after = written.form.kind, written.form.scheme, written.after
    mark, rules = kind.decided, scheme.deciding(kind.name)
    if mark is None or not rules or after.subject is None or not _says_anew(written, mark):
        return
    proposals = Proposal.objects.filter(campaign=scheme.name, grading__in=[rule.name for rule in rules])
    try:
        proposal = _proposal(list(proposals.order_by("-id")), mark, after, after.subject)
        if proposal is None:
            _refuse_by_hand(written, mark, after.subject)
        else:
            _refuse_otherwise(written, mark, after.subject, proposal)
    except Problem as problem:
        raise problem.at(saying.of_record(written.record), record=written.record) from problem


def _says_anew(written: Written, mark: Decided) -> bool:
    """Whether a class is decided or altered by it: where it only goes on, it was asked before."""
    before, after = written.before, written.after
    if after.state == WITHDRAWN:
        return False
    return before is None or before.subject != after.subject or _said(before, mark) != _said(after, mark)


def _said(image: Image, mark: Decided) -> dict[str, object]:
    return {role: image.values.get(name, "") for role, name in mark.roles.items()}


def _proposal(proposals: list[Proposal], mark: Decided, after: Image, subject: int) -> Proposal | None:
    """The one that it says it was decided from; the latest of its period where the kind does not keep that."""
    same = [one for one in proposals if deciding.decides(after.reference, one, subject)]
    if mark.proposal:
        same = [one for one in same if one.id == after.values.get(mark.proposal)]
    return same[0] if same else None


def _refuse_by_hand(written: Written, mark: Decided, subject: int) -> None:
    before, after, scheme = written.before, written.after, written.form.scheme
    told = [_said(one, mark) for one in (before, after) if one is not None]
    rules = [rule.name for rule in scheme.deciding(written.form.kind.name)]
    lines = ProposalLine.objects.filter(
        organisation=subject, proposal__campaign=scheme.name, proposal__grading__in=rules
    )
    follows = any(said.get("proposed") or said.get("proposal") for said in told)
    anew = before is None or before.subject != after.subject
    if follows or (anew and lines.exists()):
        message = say("这个等级有定级建议，不能另外登记。")
        raise Problem("gradings.by_hand", message, hint=say("在定级建议页上确定；已经确定的，在那条记录里改。"))
    if not tree.is_above(after.organisation, subject, after.day):
        raise Problem("gradings.not_below", say("等级由上级组织确定。"), hint=say("由它的上级组织登记。"))


def _refuse_otherwise(written: Written, mark: Decided, subject: int, proposal: Proposal) -> None:
    after, before = written.after, written.before
    said = _said(after, mark)
    if before is None:
        _refuse_unasked(written, subject, proposal)
    elif mark.proposal and before.values.get(mark.proposal) != proposal.id:
        hint = say("等级可以改，写明理由；依据的建议不改。")
        raise Problem("gradings.other_proposal", say("不能改成依据另一号建议。"), hint=hint)
    line = ProposalLine.objects.get(proposal=proposal, organisation=subject)
    if mark.proposed and said["proposed"] != line.grade:
        hint = say("建议等级照建议填写；要定别的等级，改“等级”并说明理由。")
        raise Problem(
            "gradings.not_as_proposed", say("建议等级与第 {number} 号建议不一致。", number=proposal.id), hint=hint
        )
    if mark.because:
        deciding.refuse_unexplained(line, str(said["grade"]), str(said["because"]))


def _refuse_unasked(written: Written, subject: int, proposal: Proposal) -> None:
    after = written.after
    deciding.refuse_outdated(proposal)
    if not deciding.below(proposal, after.organisation, after.day).filter(organisation=subject).exists():
        raise deciding.stranger(subject)
    looked = deciding.decided_as(proposal, subject, after.register)
    itself = looked.record.id == written.record if looked.record else looked.free == after.reference
    if not itself:
        raise deciding.decided_already()
