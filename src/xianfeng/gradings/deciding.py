"""People decide: from a proposal, or otherwise with the reason. A decision is a record of the grading's kind, filed by
an organisation for those who stand below it; whatever follows (review, publication, objection) is its flow."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, QuerySet

from xianfeng.gradings.actions import STREAM, rule_of
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.ledger import actions, versions
from xianfeng.ledger.filing import MOST_TOLD
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.ledger.preparing import Row
from xianfeng.ledger.saying import of_row
from xianfeng.log import counters
from xianfeng.log.actors import Actor
from xianfeng.log.bulk import batched
from xianfeng.problems import Problem, Problems
from xianfeng.registry import paths, places
from xianfeng.registry.models import Place
from xianfeng.scheme.grading import Decided, Grading
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import say, translated

MOST_AT_ONCE = 5_000


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Of one organisation: its class, beside what had been proposed, and where the record stands."""

    record: int
    grade: str
    proposed: str
    because: str
    proposal: int  # that it followed or departed from; 0 where the record does not say
    state: str

    @property
    def departs(self) -> bool:
        return bool(self.proposed) and self.grade != self.proposed


def below(proposal: Proposal | OuterRef, organisation: int, day: dt.date) -> QuerySet[ProposalLine]:
    """The lines of those under an organisation, itself left out."""
    held = Place.objects.filter(places.on(day), organisation=organisation).first()
    lines = ProposalLine.objects.filter(proposal=proposal)
    if held is None:
        return lines.none()
    first, before = paths.span(held.path)
    return lines.filter(place__path__gt=first, place__path__lt=before)


def decisions(proposal: Proposal, organisations: Iterable[int]) -> dict[int, Decision]:
    """What was decided of these in the proposal's period."""
    found = decisions_of((proposal, each) for each in organisations)
    return {organisation: decision for (_, organisation), decision in found.items()}


def decisions_of(asked: Iterable[tuple[Proposal, int]]) -> dict[tuple[int, int], Decision]:
    """What was decided of organisations in the period of a proposal each, by its number and the organisation."""
    named: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)  # several proposals may be of one period
    rules: dict[int, tuple[Scheme, Grading]] = {}
    pairs = list(asked)
    for proposal, organisation in pairs:
        if proposal.id not in rules:
            rules[proposal.id] = _rule(proposal)
        named[reference(proposal, organisation)].append((proposal.id, organisation))
    registers = {scheme.key(rule.kind) for scheme, rule in rules.values()}
    found: dict[tuple[int, int], Decision] = {}
    for name, looked in _looked(registers, named).items():
        if looked.record is not None:
            for number, organisation in named[name]:
                found[number, organisation] = _decision(*rules[number], looked.record)
    left = [(proposal, organisation) for proposal, organisation in pairs if (proposal.id, organisation) not in found]
    for (number, organisation), record in _by_hand(left, rules).items():
        found[number, organisation] = _decision(*rules[number], record)
    return found


def looked(register: str, asked: Iterable[tuple[Proposal, int]]) -> dict[tuple[int, int], Looked]:
    """What was decided of organisations from a proposal each, or under which reference it can be; by its number and the
    organisation."""
    named = {(proposal.id, organisation): reference(proposal, organisation) for proposal, organisation in asked}
    found = _looked([register], named.values())
    return {each: found[name] for each, name in named.items()}


def by_hand(proposal: Proposal, organisations: Iterable[int]) -> dict[int, Record]:
    """Of whom somebody filed a class himself, on a day of the proposal's period and from no proposal."""
    found = _by_hand([(proposal, each) for each in organisations], {proposal.id: _rule(proposal)})
    return {organisation: record for (_, organisation), record in found.items()}


def _by_hand(
    asked: Sequence[tuple[Proposal, int]], rules: Mapping[int, tuple[Scheme, Grading]]
) -> dict[tuple[int, int], Record]:
    """By the proposal's number and the organisation."""
    if not asked:
        return {}
    registers = {scheme.key(rule.kind) for scheme, rule in rules.values()}
    days = (min(one.since for one, _ in asked), max(one.until for one, _ in asked))
    held = Record.objects.filter(register__in=registers, day__range=days).exclude(state=WITHDRAWN).order_by("id")
    made = list(Proposal.objects.filter(campaign__in={one.campaign for one, _ in asked}))
    filed: defaultdict[int | None, list[Record]] = defaultdict(list)
    for some in batched({organisation for _, organisation in asked}):
        for record in held.filter(subject__in=some):
            if not any(_follows(record, one) for one in made):
                filed[record.subject].append(record)
    found: dict[tuple[int, int], Record] = {}
    for proposal, organisation in asked:
        scheme, rule = rules[proposal.id]
        grade = _mark(scheme.kinds[rule.kind]).grade
        for record in filed[organisation]:
            own = versions.scheme(record.scheme_id).name == proposal.campaign
            meant = own and proposal.since <= record.day <= proposal.until
            if meant and json.loads(record.values).get(grade) in rule.classes:
                found.setdefault((proposal.id, organisation), record)
    return found


def _follows(record: Record, proposal: Proposal) -> bool:
    """Whether it was decided from this one or another of its period. Anybody can write such a reference beforehand;
    once something is proposed, it lets nothing else through."""
    return record.id > proposal.seq and decides(record.reference, proposal, record.subject)


@dataclass(frozen=True)
class Looked:
    """What stands under a reference, and the first that nothing was filed under yet: after others were withdrawn, it is
    decided again."""

    record: Record | None
    free: str


def _looked(registers: Collection[str], references: Iterable[str]) -> dict[str, Looked]:
    found: dict[str, Looked] = {}
    again, left = 0, {name: name for name in references}  # as it is filed -> as it was asked
    while left:
        standing: dict[str, Record] = {}
        gone: set[str] = set()
        for some in batched(left):
            for record in Record.objects.filter(register__in=registers, reference__in=some).order_by("id"):
                filed = str(record.reference)
                if record.state == WITHDRAWN:
                    gone.add(filed)
                else:
                    standing.setdefault(filed, record)
        again += 1
        found |= {left[filed]: Looked(None, filed) for filed in left.keys() - gone - standing.keys()}
        found |= {left[filed]: Looked(record, f"{left[filed]}:{again}") for filed, record in standing.items()}
        left = {f"{name}:{again}": name for filed, name in left.items() if filed in gone - standing.keys()}
    return found


def _rule(proposal: Proposal) -> tuple[Scheme, Grading]:
    scheme = versions.scheme(proposal.scheme_id)
    return scheme, rule_of(scheme, proposal.grading)


@transaction.atomic
def decide(
    *,
    by: Actor,
    proposal: int,
    chosen: Mapping[int, str],
    reasons: Mapping[int, str],
    day: dt.date,
    for_: int | None = None,
) -> tuple[int, ...]:
    """File what was chosen for each organisation ('': as proposed); the records' numbers. Everything or nothing.

    `for_`: the organisation at whose desk the actor is, where it is not his own.
    """
    own = for_ or by.organisation
    held = Proposal.objects.filter(id=proposal).first()
    if held is None:
        raise Problem("gradings.no_proposal", say("没有第 {number} 号定级建议。", number=proposal))
    if own is None or len(chosen) > MOST_AT_ONCE:
        raise Problem("gradings.too_many", say("一次至多确定 {most} 个。", most=MOST_AT_ONCE), hint="分几次办理。")
    counters.take(STREAM, 0)  # held to the end: nothing is proposed between looking and filing
    if outdated(held):  # asked here too: not every kind keeps from which one it was decided
        raise no_longer(held)
    scheme = versions.current(held.campaign)
    kind = scheme.kinds[rule_of(scheme, held.grading).kind]
    lines = {
        line.organisation_id: line
        for line in below(held, own, day).filter(organisation__in=chosen).select_related("organisation")
    }
    refused = [stranger(each) for each in chosen if each not in lines]
    known, rows = looked(scheme.key(kind.name), [(held, each) for each in lines]), []
    names: list[str] = []  # of the rows
    for each, line in ((each, lines[each]) for each in chosen if each in lines):
        try:
            values = _values(kind, line, chosen[each], reasons.get(each, "").strip())
        except Problem as problem:
            refused.append(problem.at(line.organisation.name))
            continue
        names.append(line.organisation.name)
        rows.append(Row(organisation=own, for_=for_, day=day, values=values, reference=known[held.id, each].free))
    made: tuple[int, ...] = ()
    try:
        made = actions.file_many(by=by, scheme=held.campaign, kind=kind.name, rows=rows)
    except Problem as problem:
        refused.extend(_of_organisations(problem, names))
    if refused:
        raise _together(refused, len(chosen))
    return made


def _of_organisations(problem: Problem, names: Sequence[str]) -> Iterator[Problem]:
    """What filing refused, each at the organisation that its row is about."""
    for one in problem.problems if isinstance(problem, Problems) else (problem,):
        place = one.place.replace(translated(of_row(one.row)), names[one.row - 1], 1) if one.row else one.place
        yield Problem(one.code, one.message, hint=one.hint, place=place, field=one.field)


def _together(refused: Sequence[Problem], of: int) -> Problem:
    if len(refused) == 1:
        return refused[0]
    message = say("有 {count} 处要改，选中的 {of} 个都没有确定。", count=len(refused), of=of)
    return Problems([*refused[:MOST_TOLD]], code="gradings.refused", message=message, hint=say("逐个改正后再提交。"))


def undecided(proposal: Proposal, lines: QuerySet[ProposalLine]) -> Sequence[int]:
    """Of these lines, the organisations for which a class is proposed and none decided yet."""
    asked = list(lines.exclude(grade="").order_by("organisation").values_list("organisation", flat=True))
    done = decisions(proposal, asked)
    return [each for each in asked if each not in done]


def _values(kind: Kind, line: ProposalLine, grade: str, because: str) -> dict[str, object]:
    chosen = grade or line.grade
    if not chosen:
        raise Problem("gradings.not_proposed", "没有建议等级的，要逐个选定。", hint="选定等级再提交。")
    refuse_unexplained(line, chosen, because)  # before its field does, which does not say of whom
    said = {"grade": chosen, "proposed": line.grade, "because": because, "proposal": line.proposal_id}
    held = {field: said[role] for role, field in _mark(kind).roles.items() if said[role]}
    return {kind.subject: line.organisation_id, **held}


def _mark(kind: Kind) -> Decided:
    if kind.decided is None:
        raise TypeError(f"'{kind.name}' is no kind in which classes are decided")  # `checks.graded` refuses it
    return kind.decided


def _decision(scheme: Scheme, rule: Grading, record: Record) -> Decision:
    values = json.loads(record.values)
    said = {role: values.get(name, "") for role, name in _mark(scheme.kinds[rule.kind]).roles.items()}
    return Decision(
        record=record.id,
        grade=said["grade"],
        proposed=said.get("proposed", ""),
        because=said.get("because", ""),
        proposal=said.get("proposal") or 0,
        state=record.state,
    )


def reference(proposal: Proposal, organisation: int | None) -> str:
    """One decision of an organisation in a campaign, a grading and a period."""
    return f"{prefix(proposal.campaign, proposal.grading, proposal.since)}{organisation}"


def prefix(campaign: str, grading: str, since: dt.date) -> str:
    """How the references of all decisions in a period begin."""
    said = f"{campaign}/{grading}/{since}"
    return f"grading:{hashlib.sha256(said.encode()).hexdigest()[:32]}:"


def decides(filed: str | None, proposal: Proposal, organisation: int | None) -> bool:
    """Whether it is the reference of such a decision, the first or one after others were withdrawn."""
    return f"{filed}:".startswith(f"{reference(proposal, organisation)}:")


def outdated(proposal: Proposal) -> bool:
    """Whether figures have proposed anew for its period: nobody chooses the proposal that suits him."""
    same = Proposal.objects.filter(campaign=proposal.campaign, grading=proposal.grading, since=proposal.since)
    return same.filter(id__gt=proposal.id).exists()


def no_longer(proposal: Proposal) -> Problem:
    message = say("这个期间有更新的建议，不能再依据第 {number} 号确定。", number=proposal.id)
    return Problem("gradings.outdated", message, hint=say("依据最新的建议确定。"))


def refuse_unexplained(line: ProposalLine, grade: str, because: str) -> None:
    """Whoever departs from what is proposed, or decides what figures leave open, says why."""
    if line.total < 0 or grade == line.grade or because:  # without points, nothing is departed from
        return
    unsure = say("有的条件不能确定，没有建议等级；定等级要说明理由。")
    message = say("等级与建议不一致，要说明理由。") if line.grade else unsure
    raise Problem("gradings.no_reason", message, hint=say("写上理由。"))


def stranger(organisation: int) -> Problem:
    message = say("第 {organisation} 号组织不在本单位以下的建议里。", organisation=organisation)
    return Problem("gradings.not_below", message, hint="只能确定下级组织的等级。")
