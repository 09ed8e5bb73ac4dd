"""Too many wrong passwords: what happened, when to come back, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xianfeng.accounts import attempts

TOO_MANY = 429


@dataclass(frozen=True)
class LockedPage:
    failures: int
    minutes: int


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The answer instead of the form, whatever the password was this time."""
    page = LockedPage(failures=settings.AXES_FAILURE_LIMIT, minutes=_minutes(request, dict(credentials or {})))
    return render(request, "account/locked.html", {"page": page}, status=TOO_MANY)


def _minutes(request: HttpRequest, credentials: dict[str, Any]) -> int:
    """Until the attempts are forgotten, counted from the last that was counted; at least one."""
    name = attempts.username(request, credentials)
    rows = AccessAttempt.objects.filter(username=name, ip_address=get_client_ip_address(request))
    last = rows.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    left = last + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, -(-int(left.total_seconds()) // 60))
