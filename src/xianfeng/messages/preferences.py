"""How a person wants to be told: chosen by the person alone. An address is a personal value, kept in the vault."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append
from xianfeng.messages.channels.known import channels
from xianfeng.messages.models import Preference
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import values
from xianfeng.vault.models import PersonalValue

STREAM = "address"
EMAIL = "email"
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def addresses(person: int) -> frozenset[str]:
    """Which addresses of a person are known, by their fields; none is read."""
    rows = PersonalValue.objects.filter(person=person, erased=None)
    return frozenset(rows.values_list("field", flat=True).distinct())


def language(person: int) -> str:
    """In which a person is written to; one that the installation no longer speaks is its own."""
    chosen = Preference.objects.filter(person=person).values_list("language", flat=True).first()
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@transaction.atomic
def prefer(*, person: int, names: Sequence[str], quiet_from: dt.time, quiet_until: dt.time, language: str = "") -> None:
    """By these channels, in the installation's order; none of them in the quiet hours."""
    known = channels()
    strangers = [name for name in names if name not in known]
    if strangers:
        raise Problem(
            "messages.no_such_channel",
            say("没有“{name}”这个渠道。", name=strangers[0]),
            hint=say("从列出的渠道中选择。"),
            field="channels",
        )
    chosen = " ".join(name for name in known if name in names)
    Preference.objects.update_or_create(
        person=person,
        defaults={
            "channels": chosen,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "language": language,
        },
    )


@transaction.atomic
def keep_email(*, person: int, address: str, by: Actor) -> None:
    """The person's own address for mail from now on; the log has its commitment alone."""
    given = address.strip()
    if not _EMAIL.fullmatch(given):
        hint = say("写成 {example} 这样。", example="name@example.cn")
        raise Problem("messages.no_email", say("这不是一个邮件地址。"), hint=hint, field=EMAIL)
    commitment = values.keep(field=EMAIL, value=given, person=person)
    body = {"before": None, "after": {EMAIL: commitment}}
    append([Draft(stream=STREAM, action="keep", day=timezone.localdate(by.moment), about=person, body=body)], by=by)
