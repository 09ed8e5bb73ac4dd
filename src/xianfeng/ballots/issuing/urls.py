"""The issuer's two addresses."""

from __future__ import annotations

from django.urls import path

from xianfeng.ballots.issuing.views import dispute, sign

urlpatterns = [
    path("polls/<str:poll>/sign", sign, name="sign"),
    path("polls/<str:poll>/dispute", dispute, name="dispute"),
]
