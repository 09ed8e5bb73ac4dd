"""The addresses of arrears."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.arrears.arrears import arrears
from xianfeng.web.office.arrears.campaigns import arrears_of_campaigns
from xianfeng.web.office.arrears.circular import circular, circular_file
from xianfeng.web.office.arrears.circulars import decide_circular
from xianfeng.web.office.arrears.reminders import remind

urlpatterns: list[URLPattern] = [
    path("", arrears_of_campaigns, name="arrears_of_campaigns"),
    path("circulars/<int:number>", decide_circular, name="decide_circular"),
    path("circulars/<int:number>/paper", circular, name="circular"),
    path("circulars/<int:number>/file.<paper:suffix>", circular_file, name="circular_file"),
    path("<slug:name>", arrears, name="arrears"),
    path("<slug:name>/remind/<int:number>", remind, name="remind"),
]
