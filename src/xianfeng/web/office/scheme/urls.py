"""Where campaigns are begun and changed, under /office/."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.scheme.edit import edit_scheme
from xianfeng.web.office.scheme.new import new_scheme
from xianfeng.web.office.scheme.sample import sample

urlpatterns: list[URLPattern] = [
    path("new", new_scheme, name="new_scheme"),
    path("new/sample.xlsx", sample, name="new_scheme_sample"),
    path("<slug:name>/edit", edit_scheme, name="edit_scheme"),
]
