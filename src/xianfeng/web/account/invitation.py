"""An invitation: a link handed over once, by which a person sets a password for the account the office opened."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import actions
from xianfeng.problems import Problem, Problems
from xianfeng.web.access import public


@dataclass(frozen=True)
class InvitationPage:
    username: str  # '' when the link is no longer good
    faults: tuple[str, ...] = ()
    waits: bool = False  # for another administrator's yes


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    account = actions.invited(token)
    if account is None:
        page = InvitationPage("", waits=actions.waits(token))
        return render(request, "account/invitation.html", {"page": page}, status=404)
    if request.method == "GET":
        return render(request, "account/invitation.html", {"page": InvitationPage(account.username)})
    faults = _accepted(token, request.POST.get("password", ""), request.POST.get("again", ""))
    if faults:
        page = InvitationPage(account.username, faults)
        return render(request, "account/invitation.html", {"page": page}, status=400)
    return redirect("account_login")


def _accepted(token: str, password: str, again: str) -> tuple[str, ...]:
    """Why it was not; nothing when it was."""
    if password != again:
        return (gettext("两次输入的密码不一样。"),)
    try:
        actions.accept(token=token, password=password)
    except Problems as problems:
        return tuple(problem.message for problem in problems.problems)
    except Problem as problem:
        return (problem.told,)
    return ()
