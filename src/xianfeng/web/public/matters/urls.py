"""The addresses of matters for citizens."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.public.matters.follow import follow, followed
from xianfeng.web.public.matters.matters import public_matters
from xianfeng.web.public.matters.new import new

urlpatterns: list[URLPattern] = [
    path("", public_matters, name="public_matters"),
    path("follow", follow, name="follow"),
    path("follow/<str:code>", followed, name="followed"),
    path("<slug:name>/new", new, name="new_matter"),
]
