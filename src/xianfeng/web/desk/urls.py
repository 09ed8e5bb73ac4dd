"""The desk's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from xianfeng.web.desk.asking import asking
from xianfeng.web.desk.calendar import desk_calendar
from xianfeng.web.desk.commendations import own_commendations
from xianfeng.web.desk.correction import correction
from xianfeng.web.desk.draft import drop_draft
from xianfeng.web.desk.duties import duties
from xianfeng.web.desk.duty import duty
from xianfeng.web.desk.filed import filed
from xianfeng.web.desk.go_on import go_on
from xianfeng.web.desk.grading import grading_line, own_gradings
from xianfeng.web.desk.grid import grid
from xianfeng.web.desk.handling import handle
from xianfeng.web.desk.home import desk
from xianfeng.web.desk.inbox import inbox
from xianfeng.web.desk.inspections.mine import drawn_visits
from xianfeng.web.desk.inspections.sheet import drawn_visit, visit_missed
from xianfeng.web.desk.inspections.visit import visit_record
from xianfeng.web.desk.links import links, revoke
from xianfeng.web.desk.matters.board import board
from xianfeng.web.desk.matters.call import call
from xianfeng.web.desk.matters.listed import matter_list
from xianfeng.web.desk.matters.publishing import publish
from xianfeng.web.desk.matters.renewal import renewal
from xianfeng.web.desk.messages import messages, read
from xianfeng.web.desk.new import new
from xianfeng.web.desk.objecting import objection
from xianfeng.web.desk.personal import personal
from xianfeng.web.desk.signals.signals import signal, signal_answer, signals
from xianfeng.web.desk.withdrawal import withdrawal

urlpatterns: list[URLPattern] = [
    path("", desk, name="desk"),
    path("drafts/<str:reference>/drop", drop_draft, name="drop_draft"),
    path("links", links, name="links"),
    path("links/<int:link>/revoke", revoke, name="revoke_link"),
    path("inbox", inbox, name="inbox"),
    path("inbox/<slug:move>", handle, name="handle"),
    path("duties/", duties, name="duties"),
    path("duties/<int:number>", duty, name="duty"),
    path("calendar", desk_calendar, name="desk_calendar"),
    path("matters/", board, name="matters"),
    path("matters/call", call, name="matter_call"),
    path("matters/list", matter_list, name="matter_list"),
    path("matters/<int:number>/code", renewal, name="matter_code"),
    path("matters/<int:number>/publish", publish, name="matter_publish"),
    re_path(r"^signals/?$", signals, name="signals"),
    path("signals/<int:number>", signal, name="signal"),
    path("signals/<int:number>/answer", signal_answer, name="signal_answer"),
    path("inspections", drawn_visits, name="drawn_visits"),
    path("inspections/<int:number>", drawn_visit, name="drawn_visit"),
    path("inspections/<int:number>/missed", visit_missed, name="visit_missed"),
    path("inspections/<int:number>/<slug:kind>", visit_record, name="visit_record"),
    path("gradings/", own_gradings, name="own_gradings"),
    path("gradings/<int:number>/<int:organisation>", grading_line, name="grading_line"),
    path("commendations/", own_commendations, name="own_commendations"),
    path("messages", messages, name="messages"),
    path("messages/read", read, name="messages_read"),
    path("filed/<int:number>", filed, name="filed"),
    path("records/<int:number>/correction", correction, name="correction"),  # before the moves, whose names are any
    path("records/<int:number>/asking", asking, name="ask_correction"),
    path("records/<int:number>/withdrawal", withdrawal, name="withdrawal"),
    path("records/<int:number>/objection", objection, name="objection"),
    path("records/<int:number>/personal", personal, name="record_personal"),
    path("records/<int:number>/<slug:move>", go_on, name="go_on"),
    path("<slug:name>/<slug:kind>/new", new, name="new"),
    path("<slug:name>/<slug:kind>/grid", grid, name="grid"),
]
