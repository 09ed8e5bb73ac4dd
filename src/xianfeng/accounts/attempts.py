"""Under which name attempts to sign in are counted: however it was written, it is the same account."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def username(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    given = (credentials or {}).get("username") or request.POST.get("login", "")
    return normal(str(given))


def normal(username: str) -> str:
    """A user name as accounts keep it."""
    return unicodedata.normalize("NFKC", username).strip().lower()
