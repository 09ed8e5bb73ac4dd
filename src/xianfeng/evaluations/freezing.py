"""A round is begun, and frozen: its questions, its electorates and their lists stand still and are sealed.

Nothing that is frozen can be chosen once answers are known. An online poll is made of the same value as the paper's
slips: one electorate, one form.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from xianfeng import canonical, lots
from xianfeng.ballots import forms
from xianfeng.ballots.forms import Form
from xianfeng.evaluations import electors, merging, stages
from xianfeng.evaluations.electors import Roll, Unit
from xianfeng.evaluations.models import Electorate, EvaluationRound, JudgedUnit, WrittenAnswer
from xianfeng.evaluations.sample import Lot, Sample
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import powers, versions
from xianfeng.log import seals
from xianfeng.log.actors import Actor
from xianfeng.log.append import append, head
from xianfeng.problems import Problem
from xianfeng.scheme import stretches
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say
from xianfeng.vault import values as vault

SECRET = "secret"  # noqa: S105 -- the vault's name of it
_SALT = 32
_LONGEST_TEXT = 900  # bytes: three hundred Chinese characters


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Those who answer about the same organisations. `electors` of visitors: 0, nobody knows who will come."""

    number: int
    title: str
    organisation: int
    units: tuple[tuple[Unit, int], ...]  # each with how many of the electors are its own
    electors: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a round would be frozen as. `out`: who is not judged, being too few with all others besides."""

    asked: tuple[Asked, ...]
    out: tuple[tuple[Unit, int], ...]


@dataclass(frozen=True, kw_only=True)
class FrozenElectorate:
    """`hash`: of the units' codes and of everybody on their lists, under a salt that stays in the house."""

    number: int
    title: str
    units: tuple[str, ...]  # codes
    electors: int
    hash: bytes


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """What a round was sealed as. `text` is its canonical JSON, `hash` the SHA-256 of that."""

    title: str
    form: Form
    electorates: tuple[FrozenElectorate, ...]
    least_electors: int
    least_cast: int
    sample: Sample | None  # by what lot electors are drawn from the lists; None: all on them are electors
    annulled_above: int
    calls: int
    text: str

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.text.encode()).digest()


@transaction.atomic
def begin(*, scheme: str, evaluation: str, day: dt.date, by: Actor) -> EvaluationRound:
    """A round for the stretch of time in which the day lies; one for each."""
    campaign = versions.current(scheme)
    powers.refuse_other_offices(campaign, by, say("准备评议"))
    rule = campaign.evaluations.get(evaluation)
    if rule is None:
        told = say("方案里没有“{name}”这项评议。", name=evaluation)
        raise Problem("evaluations.unknown", told, hint="从方案写明的评议中选。", field="evaluation")
    stretch = stretches.of_day(rule, campaign, day)
    told_ = {"evaluation": evaluation, "since": stretch.since.isoformat(), "until": stretch.until.isoformat()}
    (number,) = append([stages.entry("begin", by, about=None, version=campaign.hash, body=told_)], by=by)
    made = EvaluationRound(
        id=number,
        scheme=scheme,
        evaluation=evaluation,
        since=stretch.since,
        until=stretch.until,
        stage=Stage.PREPARED,
        version=campaign.hash,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        told = say("{since} 至 {until} 的这一轮已经有了。", since=stretch.since, until=stretch.until)
        raise Problem("evaluations.begun", told, hint="接着办那一轮；要重来，先作废它。") from None
    return made


def plan(scheme: Scheme, rule: Evaluation, units: tuple[Unit, ...], roll: Roll) -> Plan:
    """Who is asked about whom; where nobody is on the list, nobody is. Visitors are as many as come, so there nobody is
    put together beforehand."""
    sizes = {unit.organisation: rule.asked_of(len(roll.get(unit.code, ()))) for unit in units}
    known = {unit.organisation: unit for unit in units}
    visitors = rule.electorate == "visitors"
    asked_about = [unit for unit in units if visitors or sizes[unit.organisation]]
    some = [merging.Some(unit.organisation, unit.code, sizes[unit.organisation], unit.above) for unit in asked_about]
    found = merging.merged(some, least=0 if visitors else rule.least_electors, together=bool(rule.merged))
    asked = [
        _asked(number, tuple(known[one] for one in group), sizes) for number, group in enumerate(found.groups, start=1)
    ]
    judged = {unit.organisation for one in asked for unit, _ in one.units}
    out = tuple((unit, sizes[unit.organisation]) for unit in units if unit.organisation not in judged)
    return Plan(asked=tuple(asked), out=out)


def _asked(number: int, units: tuple[Unit, ...], sizes: Mapping[int, int]) -> Asked:
    chains = [(unit.organisation, *unit.above) for unit in units]
    return Asked(
        number=number,
        title="、".join(unit.name for unit in units),
        organisation=merging.common(chains),
        units=tuple((unit, sizes[unit.organisation]) for unit in units),
        electors=sum(sizes[unit.organisation] for unit in units),
    )


@transaction.atomic
def freeze(*, number: int, roll: Roll | None, lot: Lot | None = None, by: Actor) -> Frozen:
    """From here on questions, electorates and lists stand still; a seal is put over the entry that says so.

    `roll`: the list that the office brings, where the rule asks for one; of members and visitors None. `lot`: by what a
    sample will be drawn.
    """
    row = stages.opened(number, by, at=(Stage.PREPARED,), doing=say("封存名单"))
    scheme, rule = stages.rule_of(row)
    if rule.name not in versions.current(row.scheme).evaluations:
        told = say("方案里已经没有“{name}”这项评议。", name=rule.name)
        raise Problem("evaluations.rule_gone", told, hint="作废这一轮，或在方案里恢复它。")
    day = timezone.localdate(by.moment)
    units = electors.units(scheme, rule, as_of=head(), day=day)
    found = plan(scheme, rule, units, taken := _roll(scheme, rule, units, roll, day))
    if not found.asked:
        told = say("没有一个组织的参评人员够{least}人，这一轮开不起来。", least=rule.least_electors)
        raise Problem(
            "evaluations.nobody", told, hint="核对名单和评议范围；方案可以写 merged: superior，合并人数少的组织。"
        )
    row.version, row.stage = scheme.hash, Stage.FROZEN
    made = [_kept(row, asked, taken) for asked in found.asked]
    listed = tuple(sum(len(taken.get(code, ())) for code in one.units) for one in made)
    sample = _sample(row, rule, lot or Lot(value="", known=day), listed=listed, today=day) if rule.sample else None
    row.frozen = canonical.dumps(_statement(scheme, rule, row, made, sample))
    row.save()
    frozen = read(row)
    out = [[unit.code, size] for unit, size in found.out]
    stages.note(row, "freeze", by, body={"hash": frozen.hash.hex(), "statement": json.loads(row.frozen), "out": out})
    seals.seal(by=by)
    return frozen


def _roll(scheme: Scheme, rule: Evaluation, units: tuple[Unit, ...], roll: Roll | None, day: dt.date) -> Roll:
    if rule.electorate == "members":
        return electors.members(powers.root_of(scheme), units, day)
    if rule.electorate == "list" and roll is None:
        raise Problem(
            "evaluations.no_list", "还没有参评人员名单。", hint="上传名单：组织代码、参评人员，一人一行。", field="list"
        )
    return roll or {}


def _sample(row: EvaluationRound, rule: Evaluation, lot: Lot, *, listed: tuple[int, ...], today: dt.date) -> Sample:
    """Bound to a secret, so that nobody who is judged can tell who will be asked; unless slips are drawn by hand."""
    lot.refuse(today=today)
    if lot.by_hand:
        return Sample(each=rule.sample, value="", known=lot.known, commitment="", listed=listed)
    secret = lots.fresh()
    vault.keep(field=SECRET, value=secret.hex(), record=row.id)
    return Sample(
        each=rule.sample,
        value=lot.value.strip(),
        known=lot.known,
        commitment=lots.commitment(secret),
        listed=listed,
    )


def _kept(row: EvaluationRound, asked: Asked, roll: Roll) -> FrozenElectorate:
    salt = secrets.token_bytes(_SALT)
    kept = Electorate.objects.create(
        round=row,
        number=asked.number,
        title=asked.title,
        organisation=asked.organisation,
        electors=asked.electors,
        salt=salt,
    )
    JudgedUnit.objects.bulk_create(
        JudgedUnit(electorate=kept, organisation=unit.organisation, code=unit.code, name=unit.name, electors=size)
        for unit, size in asked.units
    )
    codes = tuple(unit.code for unit, _ in asked.units)
    return FrozenElectorate(
        number=asked.number,
        title=asked.title,
        units=codes,
        electors=asked.electors,
        hash=electors.sealed(codes, roll, salt),
    )


def _statement(
    scheme: Scheme,
    rule: Evaluation,
    row: EvaluationRound,
    electorates: list[FrozenElectorate],
    sample: Sample | None,
) -> dict[str, Any]:
    return {
        **({"sample": sample.to_json()} if sample else {}),
        "title": f"{scheme.title}：{rule.title}",
        "scheme": scheme.hash,
        "evaluation": rule.name,
        "round": row.id,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "form": form_of(rule).to_json(),
        "least": {"electors": rule.least_electors, "cast": rule.least_cast},
        **({"online": {"annulled_above": rule.annulled_above, "calls": rule.calls}} if rule.online else {}),
        "electorates": [
            {
                "number": one.number,
                "title": one.title,
                "units": list(one.units),
                "electors": one.electors,
                "hash": one.hash.hex(),
            }
            for one in electorates
        ],
    }


def form_of(rule: Evaluation) -> Form:
    """Its questions as a ballot asks them; answers are their titles there."""
    return Form(
        tuple(
            forms.Question(one.name, one.title, tuple(one.choices.values()), 0 if one.counted else _LONGEST_TEXT)
            for one in rule.questions.values()
        )
    )


def read(row: EvaluationRound) -> Frozen:
    """What a round was frozen as."""
    said = json.loads(row.frozen)
    online = said.get("online", {})
    return Frozen(
        title=said["title"],
        form=Form.of_json(said["form"]),
        electorates=tuple(
            FrozenElectorate(
                number=one["number"],
                title=one["title"],
                units=tuple(one["units"]),
                electors=one["electors"],
                hash=bytes.fromhex(one["hash"]),
            )
            for one in said["electorates"]
        ),
        least_electors=said["least"]["electors"],
        least_cast=said["least"]["cast"],
        sample=Sample.of_json(said["sample"]) if "sample" in said else None,
        annulled_above=online.get("annulled_above", 0),
        calls=online.get("calls", 0),
        text=row.frozen,
    )


@transaction.atomic
def annul(*, number: int, reason: str, by: Actor) -> EvaluationRound:
    """Given up before anything of it was published, with a reason; another can be begun for the same time."""
    at = (Stage.PREPARED, Stage.FROZEN, Stage.ISSUED, Stage.CLOSED)
    row = stages.opened(number, by, at=at, doing=say("作废"))
    if not reason.strip():
        raise Problem("evaluations.no_reason", "作废要写明理由。", hint="写明为什么作废。", field="reason")
    row.stage = Stage.ANNULLED
    row.save()
    WrittenAnswer.objects.filter(electorate__round=row).delete()
    stages.note(row, "annul", by, body={"reason": reason.strip()})
    return row
