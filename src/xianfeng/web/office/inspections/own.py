"""Which plan an address names: one of a campaign that the reader's office runs, or that he follows and only reads."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from xianfeng.inspections.models import InspectionPlan
from xianfeng.web import scope
from xianfeng.web.frame import scheme_or_404


def plan_or_404(request: HttpRequest, number: int) -> InspectionPlan:
    row = InspectionPlan.objects.filter(id=number).first()
    if row is None or not scope.of(request).runs(scheme_or_404(row.scheme)):
        raise Http404(gettext("没有这次督查"))
    return row


def followed_or_404(request: HttpRequest, number: int) -> InspectionPlan:
    row = InspectionPlan.objects.filter(id=number).first()
    if row is None or not scope.of(request).overlooks(scheme_or_404(row.scheme)):
        raise Http404(gettext("没有这次督查"))
    return row
