"""Too many wrong passwords: what happened, when to come back, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xianfeng.accounts import attempts

TOO_MANY = 429


@dataclass(frozen=True)
class LockedPage:
    failures: int  # from this network; 0 when it is others that were guessing
    minutes: int


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The answer instead of the form, whatever the password was this time."""
    name = attempts.username(request, dict(credentials or {}))
    everywhere = AccessAttempt.objects.filter(username=name)
    here = everywhere.filter(ip_address=get_client_ip_address(request))
    failed = here.aggregate(all=Sum("failures_since_start"))["all"] or 0
    if failed >= settings.AXES_FAILURE_LIMIT:
        page = LockedPage(failures=settings.AXES_FAILURE_LIMIT, minutes=_minutes(here))
    else:
        page = LockedPage(failures=0, minutes=_minutes(everywhere))
    return render(request, "account/locked.html", {"page": page}, status=TOO_MANY)


def _minutes(rows: QuerySet[AccessAttempt]) -> int:
    """Until the attempts are forgotten, counted from the last that was counted; at least one."""
    last = rows.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    left = last + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, -(-int(left.total_seconds()) // 60))
