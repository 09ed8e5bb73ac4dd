"""A plan until it is drawn: its frame is drawn up from the books, sealed, and then nobody alters it any more.

One draw a plan. Who wants another gives a reason why this one is void; the next has a frame and an approval of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from xianfeng import lots
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.listing import Listing
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.stages import OPEN, STREAM, Stage
from xianfeng.inspections.strata import sizes
from xianfeng.ledger import powers, versions
from xianfeng.log import steps
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append, next_number
from xianfeng.problems import Problem
from xianfeng.scheme.inspecting import Inspection
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say
from xianfeng.vault import values as vault

SECRET = "secret"  # noqa: S105 -- the vault's name of it


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an office says of a plan. `value`: in words, the public value that decides; '' for a draw by hand."""

    inspection: str
    title: str
    approval: str
    known: dt.date
    value: str = ""


@transaction.atomic
def prepare(*, scheme: str, wanted: Wanted, by: Actor) -> InspectionPlan:
    """Draw up the frame of a new plan: nothing is fixed yet."""
    campaign, rule = _rule(scheme, wanted, by)
    for open_ in InspectionPlan.objects.filter(scheme=scheme, inspection=rule.name, stage__in=OPEN):
        told = say("上一次督查（{approval}）还没有公布结果，也没有作废。", approval=open_.approval)
        raise Problem("inspections.open_plan", told, hint="先办完上一次，或写明原因作废。")
    number = next_number()
    row = InspectionPlan(id=number, scheme=scheme, stage=Stage.PREPARED)
    _put(row, campaign, rule, wanted, by)
    append([entry("prepare", row, by, inspection=rule.name, approval=row.approval)], by=by)
    row.save(force_insert=True)
    return row


@transaction.atomic
def prepare_again(*, plan: int, wanted: Wanted, by: Actor) -> InspectionPlan:
    """Draw the frame up anew, before it is sealed: the registry was put right, or something else is wanted."""
    row = opened(plan, by, among=(Stage.PREPARED,))
    campaign, rule = _rule(row.scheme, wanted, by)
    _put(row, campaign, rule, wanted, by)
    row.save()
    append([entry("prepare", row, by, inspection=rule.name, approval=row.approval)], by=by)
    return row


@transaction.atomic
def seal(*, plan: int, by: Actor) -> InspectionPlan:
    """Fix the frame: its fingerprint is entered before the value can be known, and put up."""
    row = opened(plan, by, among=(Stage.PREPARED,))
    frame = Frame.read(row.frame)
    if frame.flaws:
        raise Problem("inspections.frame", say("不能封存：{first}", first=frame.flaws[0]), hint="改正后重新列出名册。")
    if not frame.by_hand:
        lots.refuse_known(row.known, today=timezone.localdate(by.moment))
    if InspectionPlan.objects.filter(scheme=row.scheme, approval=row.approval).exclude(fingerprint="").exists():
        told = say("批准文号“{approval}”已经用过，一次批准只抽一次。", approval=row.approval)
        raise Problem("inspections.approval_used", told, hint="另行报批，用新的文号。")
    row.stage, row.fingerprint = Stage.SEALED, frame.fingerprint.hex()
    row.save()
    said = {"fingerprint": row.fingerprint, "commitment": frame.commitment, "value": frame.value}
    append([entry("seal", row, by, **said, known=f"{frame.known}", units=len(frame.units))], by=by)
    return row


@transaction.atomic
def make_void(*, plan: int, reason: str, by: Actor) -> InspectionPlan:
    """Given up, with a reason that stays: whoever draws until it suits him has to say so."""
    row = opened(plan, by, among=OPEN)
    refuse_no_reason(reason, say("作废"))
    stood = row.stage
    row.stage = Stage.VOID
    row.save()
    row.visits.filter(record=None).delete()
    append([entry("void", row, by, reason=reason.strip(), stage=stood)], by=by)
    return row


def secret_of(row: InspectionPlan, by: Actor, purpose: str) -> bytes:
    kept = vault.latest(field=SECRET, record=row.id)
    if kept is None:
        raise Problem("inspections.no_secret", "这次督查没有密数。", hint="当众摇号的不用密数。")
    return bytes.fromhex(vault.read(kept, by=by, purpose=purpose))


def opened(plan: int, by: Actor, *, among: Collection[Stage]) -> InspectionPlan:
    """The row, locked, for the campaign's office, at one of these stages."""
    row = InspectionPlan.objects.select_for_update().filter(id=plan).first()
    if row is None:
        raise Problem("inspections.no_plan", say("没有第{plan}号督查计划。", plan=plan), hint="从督查列表进入。")
    powers.refuse_other_offices(versions.current(row.scheme), by, say("办理督查"))
    if row.stage not in among:
        told = say("这次督查现在是“{word}”，不能这样办。", word=Stage(row.stage).word)
        raise Problem("inspections.wrong_stage", told, hint="请刷新页面，看现在该办什么。")
    return row


def entry(action: str, row: InspectionPlan, by: Actor, **body: Any) -> Draft:
    return steps.entry(STREAM, action, by, about=row.id, version=row.version, body=body)


def refuse_no_reason(reason: str, doing: str) -> None:
    if not reason.strip():
        raise Problem("inspections.no_reason", say("{doing}要写明原因。", doing=doing), field="reason")


def _rule(scheme: str, wanted: Wanted, by: Actor) -> tuple[Scheme, Inspection]:
    campaign = versions.current(scheme)
    powers.refuse_other_offices(campaign, by, say("办理督查"))
    rule = campaign.inspections.get(wanted.inspection)
    if rule is None:
        told = say("活动方案里没有督查“{name}”。", name=wanted.inspection)
        raise Problem("inspections.no_rule", told, hint="在方案的 inspections 里写上它。")
    for field, text in (("title", wanted.title), ("approval", wanted.approval)):
        if not text.strip():
            raise Problem("inspections.blank", "名称和批准文号都要填。", hint="督查计划经批准才能抽取。", field=field)
    if rule.draw == "commit" and not wanted.value.strip():
        hint = say("例如某期彩票的号码；写清楚是哪一期、怎么写。")
        raise Problem("inspections.blank", "没有写明用哪个将来公布的数。", hint=hint, field="value")
    return campaign, rule


def _put(row: InspectionPlan, campaign: Scheme, rule: Inspection, wanted: Wanted, by: Actor) -> None:
    root, day = powers.root_of(campaign), timezone.localdate(by.moment)
    listing = Listing(root, day)
    found = (
        listing.records(rule, campaign)
        if rule.draws_records
        else listing.organisations(rule, campaign.key(rule.kind), campaign)
    )
    since = listing.since(rule)
    frame = Frame(
        title=wanted.title.strip(),
        approval=wanted.approval.strip(),
        commitment=_commitment(row) if rule.draw == "commit" else "",
        value=wanted.value.strip() if rule.draw == "commit" else "",
        known=wanted.known,
        since=since,
        each=rule.inspectors.each,
        strata=sizes(rule, found.units, since=since),
        units=found.units,
        inspectors=tuple(listing.inspectors(listing.holders(rule.inspectors.of), rule, found)),
    )
    row.version, row.inspection, row.known = campaign.hash, rule.name, wanted.known
    row.title, row.approval = frame.title, frame.approval
    row.frame, row.organisations = frame.text, dict(found.organisations)


def _commitment(row: InspectionPlan) -> str:
    """To a secret that is made anew with each frame."""
    secret = lots.fresh()
    vault.keep(field=SECRET, value=secret.hex(), record=row.id)
    return lots.commitment(secret)
