"""The addresses of what people said to the office."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.voice.comment import comment
from xianfeng.web.office.voice.comments import comments
from xianfeng.web.office.voice.complaint import complaint
from xianfeng.web.office.voice.complaints import complaints

urlpatterns: list[URLPattern] = [
    path("comments/", comments, name="office_comments"),
    path("comments/<int:number>", comment, name="office_comment"),
    path("complaints/", complaints, name="office_complaints"),
    path("complaints/<int:number>", complaint, name="office_complaint"),
]
