"""The addresses of inspections at the office."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.inspections.draw import inspection_draw, inspection_scan, inspection_slips
from xianfeng.web.office.inspections.findings import inspection_circular, inspection_findings
from xianfeng.web.office.inspections.frame import inspection_frame, inspection_frame_file
from xianfeng.web.office.inspections.new import inspection_again, new_inspection
from xianfeng.web.office.inspections.plan import inspection_move, inspection_plan
from xianfeng.web.office.inspections.plans import inspections

urlpatterns: list[URLPattern] = [
    path("", inspections, name="inspections"),
    path("<int:number>", inspection_plan, name="inspection_plan"),
    path("<int:number>/again", inspection_again, name="inspection_again"),
    path("<int:number>/move/<slug:move>", inspection_move, name="inspection_move"),
    path("<int:number>/frame", inspection_frame, name="inspection_frame"),
    path("<int:number>/frame.json", inspection_frame_file, name="inspection_frame_file"),
    path("<int:number>/draw", inspection_draw, name="inspection_draw"),
    path("<int:number>/slips", inspection_slips, name="inspection_slips"),
    path("<int:number>/sheet/<int:seq>", inspection_scan, name="inspection_scan"),
    path("<int:number>/findings", inspection_findings, name="inspection_findings"),
    path("<int:number>/circular.<paper:suffix>", inspection_circular, name="inspection_circular"),
    path("<slug:name>/<str:rule>/new", new_inspection, name="new_inspection"),
]
