"""Under which name and address attempts are counted.

However a name was written, it is the same account; whoever comes by way of the installation's own proxies is not them;
an IPv6 address is one of the many that one customer has. Who is signed in and is asked for his password again is
counted in his session: a session that was stolen must not lock its owner out.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import unicodedata
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from xianfeng.accounts.models import Account

MOST_BY_NAME = 12  # from everywhere together, until they are forgotten: some fifty an hour
_KNOWN = dt.timedelta(days=60)  # how long a network counts as one from which the account's holder comes
_HOUSEHOLD = 64  # bits of an IPv6 address: behind them one customer has as many as he likes
_AGAIN = "again"  # the session's key for wrong passwords, and when the last one was


def username(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    given = (credentials or {}).get("username") or request.POST.get("login", "")
    return normal(str(given))


def address(request: HttpRequest) -> str:
    """Where a request comes from, as limits by address are told; '' when nobody came, as when a command signs in."""
    if "REMOTE_ADDR" not in request.META:
        return ""
    return household(str(get_adapter(request).get_client_ip(request)))


def household(address: str) -> str:
    """What stands for an address wherever senders are told apart; anything else stays as it is."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address) and not known.ipv4_mapped:
        rest = known.max_prefixlen - _HOUSEHOLD
        return str(ipaddress.IPv6Address(int(known) >> rest << rest))
    return str(getattr(known, "ipv4_mapped", None) or known)


class Lock(AxesDatabaseHandler):  # type: ignore[misc] # untyped library
    """Locks a name for one network after a few failures, and for every unknown network after many from anywhere.

    Where the account's holder has come from before, the second never holds: nobody can keep him out of his office.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return super().is_locked(request, credentials) or _guessed_from_everywhere(request, credentials)


def _guessed_from_everywhere(request: HttpRequest, credentials: Mapping[str, Any] | None) -> bool:
    name, now = username(request, credentials), timezone.now()
    recent = AccessAttempt.objects.filter(username=name, attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
    if (recent.aggregate(all=Sum("failures_since_start"))["all"] or 0) < MOST_BY_NAME:
        return False
    known = AccessLog.objects.filter(username=name, ip_address=address(request), attempt_time__gt=now - _KNOWN)
    return not known.exists()


def again(request: HttpRequest, account: Account, password: str) -> bool:
    """Whether who is signed in knows the password; too many failures refuse it for a while, in this session alone."""
    now = timezone.now().timestamp()
    failures, last = request.session.get(_AGAIN, (0, now))
    if now - last > settings.AXES_COOLOFF_TIME.total_seconds():
        failures = 0
    if failures >= settings.AXES_FAILURE_LIMIT:
        raise get_adapter(request).validation_error("rate_limited")
    known = account.check_password(password)
    request.session[_AGAIN] = (0 if known else failures + 1, now)
    return known


def normal(username: str) -> str:
    """A user name as accounts keep it."""
    return unicodedata.normalize("NFKC", username).strip().lower()
