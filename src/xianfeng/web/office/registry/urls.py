"""Where the registry's pages stand, under /office/registry/."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.registry.appoint import appoint
from xianfeng.web.office.registry.appointments import appointments
from xianfeng.web.office.registry.change import change
from xianfeng.web.office.registry.handover import handover
from xianfeng.web.office.registry.organisation import organisation
from xianfeng.web.office.registry.term import term
from xianfeng.web.office.registry.tree import registry

urlpatterns: list[URLPattern] = [
    path("", registry, name="registry"),
    path("organisations/<int:number>", organisation, name="registry_organisation"),
    path("organisations/<int:number>/appointments", appointments, name="appointments"),
    path("organisations/<int:number>/appointments/new", appoint, name="appoint"),
    path("organisations/<int:number>/appointments/term", term, name="term"),
    path("organisations/<int:number>/appointments/handover", handover, name="handover"),
    path("organisations/<int:number>/<slug:change>", change, name="registry_change"),
]
