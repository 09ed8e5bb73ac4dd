"""The issuer's one address."""

from __future__ import annotations

from django.urls import path

from xianfeng.ballots.issuing.views import sign

urlpatterns = [path("polls/<str:poll>/sign", sign, name="sign")]
