"""The box's one address."""

from __future__ import annotations

from django.urls import path

from xianfeng.ballots.box.views import cast

urlpatterns = [path("polls/<str:poll>/cast", cast, name="cast")]
