"""One's own account: as whom one acts, and what keeps the account safe."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import actions, notices, reader
from xianfeng.accounts.reader import Held
from xianfeng.web.access import signed_in
from xianfeng.web.account_events import EventLine, lines

SHOWN = 10


@dataclass(frozen=True)
class AccountPage:
    username: str
    acting: Held | None
    held: int
    factors: frozenset[str]  # totp | webauthn | recovery_codes
    untold: tuple[EventLine, ...]  # what others did to the account, until its holder says that he has read it
    events: tuple[EventLine, ...]  # the latest, whoever did them
    unit: str  # what the unit's own sign-in is called; '' where there is none


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    known = reader.of(request)
    factors = Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True)
    account = known.account
    page = AccountPage(
        username=request.user.get_username(),
        acting=known.appointment,
        held=len(known.held),
        factors=frozenset(factors),
        untold=lines(notices.untold(account)) if account else (),
        events=lines(account.events.order_by("-id")[:SHOWN]) if account else (),
        unit=settings.XIANFENG_OIDC["name"] if settings.XIANFENG_OIDC else "",
    )
    return render(request, "account/overview.html", {"page": page})


@require_POST
@signed_in
def seen(request: HttpRequest) -> HttpResponse:
    """Its holder has read what others did to the account."""
    account = reader.of(request).account
    if account is not None and notices.untold(account):
        actions.seen(account=account)
    return redirect("account")
