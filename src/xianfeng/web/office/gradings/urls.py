"""The addresses of gradings at the office."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.gradings.gradings import gradings, propose
from xianfeng.web.office.gradings.proposal import decide, proposal
from xianfeng.web.office.gradings.whatif import grading_whatif

urlpatterns: list[URLPattern] = [
    path("", gradings, name="gradings"),
    path("propose", propose, name="grading_propose"),
    path("<int:number>", proposal, name="proposal"),
    path("<int:number>/decide", decide, name="grading_decide"),
    path("<int:number>/whatif", grading_whatif, name="grading_whatif"),
]
