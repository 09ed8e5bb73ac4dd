"""An agenda for calendar programs: whoever holds the address reads it, until it is revoked."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from xianfeng.accounts import attempts
from xianfeng.agenda import calendar_file, feeds
from xianfeng.agenda.items import agenda
from xianfeng.duties import matching
from xianfeng.problems import Problem
from xianfeng.voice import flood
from xianfeng.web import access, errors, outward

_BACK, _AHEAD = dt.timedelta(days=92), dt.timedelta(days=400)
_LIMITS = flood.Limits(of_sender=3_000, of_sender_on_thing=300, on_thing=1_000)  # a program asks every hour or so
_GUESSES = flood.Limits(of_sender=100, of_sender_on_thing=100, on_thing=100_000)


@access.reading
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    found, sender = feeds.opened(token), attempts.address(request)
    try:
        flood.count(
            _LIMITS if found else _GUESSES, room="calendar", thing=str(found.pk) if found else "none", address=sender
        )
    except Problem:
        return errors.too_many(request, minutes=60)
    if found is None:
        raise Http404(gettext("没有这个日程，或者已经停用"))
    now = timezone.now()
    today, organisation = timezone.localdate(now), found.appointment.organisation
    matching.before_a_page(now=now)
    feeds.was_read(found, today)
    content = calendar_file.written(
        agenda(organisation.id, since=today - _BACK, until=today + _AHEAD, now=now, below=found.below),
        name=organisation.name,
        address=lambda path: outward.address(request, path),
    )
    tag = calendar_file.tag(content)
    if tag in request.headers.get("If-None-Match", ""):
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["ETag"] = tag
    return answer
