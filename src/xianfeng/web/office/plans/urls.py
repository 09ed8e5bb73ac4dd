"""The addresses of plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.plans.campaigns import plans_of_campaigns
from xianfeng.web.office.plans.plan import plan
from xianfeng.web.office.plans.plans import plans

urlpatterns: list[URLPattern] = [
    path("", plans_of_campaigns, name="plans_of_campaigns"),
    path("<slug:name>", plans, name="plans"),
    path("<slug:name>/<slug:template>/<int:number>", plan, name="plan"),
]
