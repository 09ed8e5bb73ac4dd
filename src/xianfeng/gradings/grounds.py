"""On what decided classes rest: beside each record the line of the proposal from which it says it was decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xianfeng.gradings.actions import rule_of
from xianfeng.gradings.models import ProposalLine
from xianfeng.gradings.telling import Told, told
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.scheme.grading import Decided


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What a record decides of its subject, its classes as people call them.

    `proposal` 0 and `why` None: decided from no proposal, or the record does not say from which.
    """

    subject: int
    grade: str
    proposed: str
    because: str
    proposal: int
    why: Told | None

    @property
    def departs(self) -> bool:
        return bool(self.proposed) and self.grade != self.proposed


def grounds(records: Iterable[Record]) -> dict[int, Grounds]:
    """Of those among them by which a class is decided, by record."""
    decided = [
        (record, mark, json.loads(record.values))
        for record in records
        if record.subject is not None
        and (mark := versions.scheme(record.scheme_id).kinds[record.kind].decided) is not None
    ]
    lines = _lines({(said.get(mark.proposal, 0), record.subject or 0) for record, mark, said in decided})
    return {record.id: _grounds(record, mark, said, lines) for record, mark, said in decided}


def _grounds(
    record: Record, mark: Decided, said: Mapping[str, str], lines: Mapping[tuple[int, int], ProposalLine]
) -> Grounds:
    choices = versions.scheme(record.scheme_id).kinds[record.kind].fields[mark.grade].choices
    grade, proposed = said.get(mark.grade, ""), said.get(mark.proposed, "")
    number, subject = int(said.get(mark.proposal, 0)), record.subject or 0
    line = lines.get((number, subject))
    return Grounds(
        subject=subject,
        grade=choices.get(grade, grade),
        proposed=choices.get(proposed, proposed),
        because=said.get(mark.because, ""),
        proposal=number,
        why=_told(line) if line else None,
    )


def _told(line: ProposalLine) -> Told:
    scheme = versions.scheme(line.proposal.scheme_id)
    return told(scheme, rule_of(scheme, line.proposal.grading), line)


def _lines(asked: Iterable[tuple[int, int]]) -> dict[tuple[int, int], ProposalLine]:
    pairs = {(proposal, subject) for proposal, subject in asked if proposal}
    if not pairs:
        return {}
    rows = ProposalLine.objects.filter(
        proposal__in={proposal for proposal, _ in pairs}, organisation__in={subject for _, subject in pairs}
    ).select_related("proposal")
    return {(row.proposal_id, row.organisation_id): row for row in rows}
