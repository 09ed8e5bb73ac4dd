"""Forms put aside: what was typed waits for its author, wherever he signs in, until it is filed or dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet

from xianfeng.accounts.models import Account, Draft
from xianfeng.problems import Problem
from xianfeng.sentences import say

MOST = 100  # of one account
LARGEST = 200_000  # characters

Typed = Mapping[str, Sequence[str]]


@transaction.atomic
def keep(
    *,
    account: Account,
    appointment: int,
    organisation: int,
    scheme: str,
    kind: str,
    reference: str,
    typed: Typed,
    many: bool = False,
) -> Draft:
    """Put a form aside, or put it aside anew. Personal values are the caller's to leave out."""
    text = json.dumps({name: list(texts) for name, texts in typed.items()})
    if len(text) > LARGEST:
        raise Problem("accounts.draft_too_large", "内容太长，不能存为草稿。", hint="请直接提交，或者分成几条。")
    mine = Draft.objects.filter(account=account)
    if mine.exclude(reference=reference).count() >= MOST:
        raise Problem("accounts.too_many_drafts", say("草稿已有 {most} 份。", most=MOST), hint="请先提交或删去一些。")
    said = {"organisation_id": organisation, "scheme": scheme, "kind": kind, "many": many, "typed": text}
    draft, _ = mine.update_or_create(
        account=account, reference=reference, defaults={**said, "appointment_id": appointment}
    )
    return draft


def of(account: Account, appointment: int) -> QuerySet[Draft]:
    """What waits for an account in one of its appointments, the latest first."""
    return Draft.objects.filter(account=account, appointment=appointment).order_by("-kept", "-id")


def typed(draft: Draft) -> Typed:
    said: dict[str, list[str]] = json.loads(draft.typed)
    return said


def drop(*, account: Account, reference: str) -> None:
    Draft.objects.filter(account=account, reference=reference).delete()
