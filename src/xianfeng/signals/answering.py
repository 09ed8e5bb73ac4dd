"""What people say to a signal: its author mends the record or explains, the campaign's office lets it rest.

The author has it before anybody else. Until his days are over or he has explained, the office and the inspectors are
told nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from xianfeng.ledger import powers, versions
from xianfeng.ledger.models import Record
from xianfeng.ledger.powers import Powers
from xianfeng.log import bulk, steps
from xianfeng.log.actors import Actor
from xianfeng.log.append import append
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme import flowing
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import say
from xianfeng.signals.models import Signal, standing
from xianfeng.signals.rules import RULES

STREAM = "signals"
TERM = dt.timedelta(days=10)  # the author's
LAST = 3 * TERM  # after which the office is told, however often it became another question, and one that is gone goes
LONGEST = 400


def of_author(organisation: int) -> QuerySet[Signal]:
    """What an organisation is asked about its own records, the newest first."""
    return standing().filter(organisation=organisation).order_by("-found", "-id")


def rested(organisation: int) -> QuerySet[Signal]:
    """Of an organisation's, what the office has let rest, the last first."""
    return Signal.objects.filter(organisation=organisation, dismissed__isnull=False).order_by("-dismissed")


def told_of(campaign: str, organisation: int, day: dt.date) -> QuerySet[Signal]:
    """What whoever inspects a unit is told of it."""
    return told([campaign], day).filter(organisation=organisation)


def told(campaigns: Collection[str], day: dt.date) -> QuerySet[Signal]:
    """What the campaigns' offices and their inspectors are told: after the author."""
    over = Q(found__lte=day - TERM) | Q(begun__lte=day - LAST) | Q(explained__isnull=False)
    return standing().filter(over, campaign__in=campaigns).order_by("-found", "-id")


def counts(campaign: str, day: dt.date) -> Mapping[int, int]:
    """How many each organisation has among those told: for the strata of a draw, and for nothing else."""
    return Counter(told([campaign], day).values_list("organisation", flat=True))


def sentences(found: Sequence[Signal]) -> tuple[str, ...]:
    """What was found, each in one sentence with its records."""
    kinds: dict[int, Kind] = {}
    for some in bulk.numbers(one.record for one in found):
        rows = Record.objects.filter(id__in=some).values_list("id", "scheme_id", "kind")
        kinds.update({number: versions.scheme(version).kinds[kind] for number, version, kind in rows})
    return tuple(_sentence(one, kinds[one.record].fields[one.field].title) for one in found)


def _sentence(one: Signal, field: str) -> str:
    return RULES[one.rule].sentence({**one.told, "record": one.record, "field": field, "other": one.other})


def explanations(found: Sequence[Signal]) -> tuple[str, ...]:
    """What its author said to each; '' where he said nothing yet."""
    words = _said(one.explained for one in found)
    return tuple(words.get(one.explained or 0, "") for one in found)


def reasons(found: Sequence[Signal]) -> tuple[str, ...]:
    """Why the office let each rest; '' for one that stands."""
    words = _said(one.dismissed for one in found)
    return tuple(words.get(one.dismissed or 0, "") for one in found)


def _said(entries: Iterable[int | None]) -> dict[int, str]:
    """What was said in entries, by their numbers."""
    found: dict[int, str] = {}
    for some in bulk.numbers(seq for seq in entries if seq):
        rows = Entry.objects.filter(seq__in=some, stream=STREAM).values_list("seq", "body")
        found.update((seq, str(json.loads(body)["words"])) for seq, body in rows)
    return found


@transaction.atomic
def explain(*, by: Actor, signal: int, words: str) -> Signal:
    """The author says how it came about; a second explanation follows the first."""
    one = _standing(signal)
    scheme = versions.current(one.campaign)
    held = Powers(powers.root_of(scheme), Lineage(), by)
    chain = held.chain(one.organisation, timezone.localdate(by.moment))
    if flowing.AUTHOR not in held.capacities(chain) or not powers.acts_for_organisation(by):
        raise powers.wrong_actor((flowing.AUTHOR,), scheme, say("说明情况"))
    one.explained = _enter(one, "explain", words, by)
    one.save(update_fields=["explained"])
    return one


@transaction.atomic
def dismiss(*, by: Actor, signal: int, words: str) -> Signal:
    """The campaign's office lets it rest, and says why: it is counted nowhere any more, and not found again."""
    one = _standing(signal)
    powers.refuse_other_offices(versions.current(one.campaign), by, say("不再提示"))
    if not told([one.campaign], timezone.localdate(by.moment)).filter(id=one.id).exists():
        refused = say("填报组织还没有说明，说明的期限也还没有到。")
        raise Problem("signals.author_first", refused, hint=say("等它说明以后，或者期限过了以后再办理。"))
    one.dismissed = _enter(one, "dismiss", words, by)
    one.save(update_fields=["dismissed"])
    return one


def _standing(signal: int) -> Signal:
    one = standing().select_for_update().filter(id=signal).first()
    if one is None:
        raise Problem("signals.gone", say("没有这条提示，或者它已经了结。"), hint=say("请回到列表重新查看。"))
    return one


def _enter(one: Signal, action: str, words: str, by: Actor) -> int:
    words = words.strip()
    if not 0 < len(words) <= LONGEST:
        told = say("要写明理由，不超过 {longest} 字。", longest=LONGEST)
        raise Problem("signals.words", told, hint=say("写一两句话。"))
    body = {"rule": one.rule, "field": one.field, "other": one.other, "told": one.told, "words": words}
    version = versions.current(one.campaign).hash
    (seq,) = append([steps.entry(STREAM, action, by, about=one.record, version=version, body=body)], by=by)
    return seq
