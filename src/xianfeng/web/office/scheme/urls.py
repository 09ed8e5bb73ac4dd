"""Where campaigns are begun and changed, under /office/."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.scheme.edit import edit_scheme

urlpatterns: list[URLPattern] = [
    path("<slug:name>/edit", edit_scheme, name="edit_scheme"),
]
