"""Issuer, box and the voters' page at one address, for a demonstration."""

from __future__ import annotations

from django.urls import include, path
from django.views.static import serve

from xianfeng import paths

PAGE = {"document_root": paths.data() / "page"}

urlpatterns = [
    path("issuing/", include("xianfeng.ballots.issuing.urls")),
    path("box/", include("xianfeng.ballots.box.urls")),
    path("", serve, {**PAGE, "path": "index.html"}),
    path("<path:path>", serve, PAGE),
]
