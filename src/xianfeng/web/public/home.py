"""The first page: the campaigns that are kept here."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xianfeng.bulletins.models import Closing
from xianfeng.log.append import head
from xianfeng.web.frame import Frame, frame


@dataclass(frozen=True)
class HomePage:
    frame: Frame
    entries: int
    latest: tuple[Closing, ...]


def home(request: HttpRequest) -> HttpResponse:
    latest = tuple(Closing.objects.order_by("-seq")[:5])
    page = HomePage(frame=frame(), entries=head(), latest=latest)
    return render(request, "public/home.html", {"page": page})
