"""The bulletin desk's part of the site map."""

from __future__ import annotations

from django.urls import path

from xianfeng.web.office.bulletin.changes import changes
from xianfeng.web.office.bulletin.listing import manuscripts
from xianfeng.web.office.bulletin.manuscript import manuscript
from xianfeng.web.office.bulletin.moves import attach_scan, issue, move
from xianfeng.web.office.bulletin.papers import manuscript_file, manuscript_sources, scan, sign_off, sign_off_file
from xianfeng.web.office.bulletin.writing import check_text, edit, figure_call, new

urlpatterns = [
    path("", manuscripts, name="manuscripts"),
    path("new/<slug:name>", new, name="manuscript_new"),
    path("check/<slug:name>", check_text, name="manuscript_check"),
    path("figure/<slug:name>", figure_call, name="manuscript_figure"),
    path("<int:number>", manuscript, name="manuscript"),
    path("<int:number>/text", edit, name="manuscript_text"),
    path("<int:number>/changes", changes, name="manuscript_changes"),
    path("<int:number>/file.<paper:suffix>", manuscript_file, name="manuscript_file"),
    path("<int:number>/sources.<paper:suffix>", manuscript_sources, name="manuscript_sources"),
    path("<int:number>/sign-off", sign_off, name="manuscript_sign_off"),
    path("<int:number>/sign-off.pdf", sign_off_file, name="manuscript_sign_off_file"),
    path("<int:number>/scan", attach_scan, name="manuscript_attach_scan"),
    path("<int:number>/scans/<slug:sha256>", scan, name="manuscript_scan"),
    path("<int:number>/issue", issue, name="manuscript_issue"),
    path("<int:number>/moves/<slug:move>", move, name="manuscript_move"),
]
