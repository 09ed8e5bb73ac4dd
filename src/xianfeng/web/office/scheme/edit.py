"""Changing a campaign: what was typed becomes a new version of its file, checked and weighed first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from xianfeng.accounts.abilities import Ability
from xianfeng.web.access import needs
from xianfeng.web.office.scheme.found import office_or_404


@needs(Ability.OFFICE)
def edit_scheme(request: HttpRequest, name: str) -> HttpResponse:
    office_or_404(request, name)
    return HttpResponse(name)
