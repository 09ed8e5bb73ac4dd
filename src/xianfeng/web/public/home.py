"""The first page: the campaigns that are kept here, and what was published last."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xianfeng.log.append import head
from xianfeng.web import access
from xianfeng.web.public.issues import Issue, closed_issues


@dataclass(frozen=True)
class HomePage:
    entries: int
    latest: tuple[Issue, ...]


@access.reading
def home(request: HttpRequest) -> HttpResponse:
    page = HomePage(entries=head(), latest=closed_issues()[:5])
    return render(request, "public/home.html", {"page": page})
