"""One's own account: as whom one acts, and what keeps the account safe."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.reader import Held
from xianfeng.web.access import signed_in


@dataclass(frozen=True)
class AccountPage:
    username: str
    acting: Held | None
    held: int
    factors: frozenset[str]  # totp | webauthn | recovery_codes
    unit: str  # what the unit's own sign-in is called; '' where there is none


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    known = reader.of(request)
    factors = Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True)
    page = AccountPage(
        username=request.user.get_username(),
        acting=known.appointment,
        held=len(known.held),
        factors=frozenset(factors),
        unit=settings.XIANFENG_OIDC["name"] if settings.XIANFENG_OIDC else "",
    )
    return render(request, "account/overview.html", {"page": page})
