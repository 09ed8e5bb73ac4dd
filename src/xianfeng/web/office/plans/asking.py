"""What pages of plans are asked: as of which day, of which organisations."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.calendars.days import ZONE
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import scope
from xianfeng.web.frame import asked, day_or_404, last_day, organisation_or_404


def moment(request: HttpRequest, scheme: Scheme) -> dt.datetime:
    """Now, or the end of the day asked about: what happened until then has happened."""
    day, now = day_or_404(request, "day", last_day(scheme)), timezone.now()
    return now if day >= timezone.localdate(now) else dt.datetime.combine(day, dt.time(23, 59), ZONE)


def organisation(request: HttpRequest, day: dt.date) -> Node:
    """The one asked for, else the reader's own; only where he may read everything."""
    seen = scope.of(request)
    own = seen.reader.organisation
    code = asked(request, "at") or (own.code if own else "")
    at = organisation_or_404(code, day) if code else None
    if at is None or not seen.within(at.id):
        raise Http404(gettext("没有这个组织"))
    return at
