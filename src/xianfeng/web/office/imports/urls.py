"""Where imports stand, under /office/registry/imports/."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.imports.checked import pending_import, stop_import
from xianfeng.web.office.imports.imports import done, imports, undo
from xianfeng.web.office.imports.samples import sample

urlpatterns: list[URLPattern] = [
    path("", imports, name="registry_imports"),
    path("samples/<slug:kind>.xlsx", sample, name="import_sample"),
    path("files/<slug:token>", pending_import, name="pending_import"),
    path("files/<slug:token>/stop", stop_import, name="stop_import"),
    path("<int:number>", done, name="import_done"),
    path("<int:number>/undo", undo, name="undo_import"),
]
