"""Under which name and address attempts are counted.

However a name was written, it is the same account; whoever comes by way of the installation's own proxies is not them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def username(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    given = (credentials or {}).get("username") or request.POST.get("login", "")
    return normal(str(given))


def address(request: HttpRequest) -> str:
    """Where a request comes from, as limits by address are told; '' when nobody came, as when a command signs in."""
    if "REMOTE_ADDR" not in request.META:
        return ""
    return str(get_adapter(request).get_client_ip(request))


def normal(username: str) -> str:
    """A user name as accounts keep it."""
    return unicodedata.normalize("NFKC", username).strip().lower()
