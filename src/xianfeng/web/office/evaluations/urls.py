"""The addresses of evaluations at the office."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.evaluations.counting import counting
from xianfeng.web.office.evaluations.draw import evaluation_draw, evaluation_scan
from xianfeng.web.office.evaluations.polls import evaluation_poll_file, evaluation_polls
from xianfeng.web.office.evaluations.round import evaluation_round
from xianfeng.web.office.evaluations.rounds import evaluations
from xianfeng.web.office.evaluations.sheet import sheet
from xianfeng.web.office.evaluations.slips import paper_slips
from xianfeng.web.office.evaluations.steps import begin, step
from xianfeng.web.office.evaluations.texts import evaluation_texts
from xianfeng.web.office.evaluations.third_look import third_look

urlpatterns: list[URLPattern] = [
    path("", evaluations, name="evaluations"),
    path("begin", begin, name="evaluation_begin"),
    path("<int:number>", evaluation_round, name="evaluation_round"),
    path("<int:number>/draw", evaluation_draw, name="evaluation_draw"),
    path("<int:number>/sheet/<int:seq>", evaluation_scan, name="evaluation_scan"),
    path("<int:number>/polls", evaluation_polls, name="evaluation_polls"),
    path("<int:number>/polls/<int:electorate>/<str:file>", evaluation_poll_file, name="evaluation_poll_file"),
    path("<int:number>/slips", paper_slips, name="evaluation_slips"),
    path("<int:number>/texts", evaluation_texts, name="evaluation_texts"),
    path("<int:number>/counting", counting, name="evaluation_counting"),
    path("<int:number>/counting/<int:pool>/<int:batch>", sheet, name="evaluation_sheet"),
    path("<int:number>/counting/<int:pool>/<int:batch>/third", third_look, name="evaluation_third_look"),
    path("<int:number>/<slug:move>", step, name="evaluation_step"),
]
