"""A form that did not come from a page of this site, or came too late: said in words, with nothing done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Most often a page that lay open while somebody signed in or out in another window."""
    return render(request, "account/stale.html", status=403)
