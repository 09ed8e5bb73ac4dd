"""A request to correct: whoever a record names, and who cannot correct it, tells those of the organisation who can.

It is a message to them with a link to the record; what they then correct stands in the record's history. One request
waits at a time: the next is taken once something was done to the record.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.models import Record
from xianfeng.messages.post import Note, post
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import say
from xianfeng.web import access, scope
from xianfeng.web.record.finding import record_or_404
from xianfeng.web.record.waiting import asks_for_correction

LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class AskingPage:
    record: Record
    kind: Kind
    words: str = ""
    error: str = ""
    most: int = LONGEST


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.ANSWER)
def asking(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    opened = record_or_404(number, seen.full)
    if not asks_for_correction(opened.record, opened.kind, seen):
        raise Http404(gettext("没有这条记录"))
    if request.method != "POST":
        return render(request, "desk/asking.html", {"page": AskingPage(record=opened.record, kind=opened.kind)})
    words = " ".join(request.POST.get("words", "").split())
    error = _wrong(words)
    if error:
        page = AskingPage(record=opened.record, kind=opened.kind, words=words, error=error)
        return render(request, "desk/asking.html", {"page": page}, status=422)
    if post([_note(opened.record, opened.kind, words)], now=timezone.now()):
        messages.success(request, gettext("已转给本组织的经办人。更正以后，这一页的“办理经过”里看得到。"))
    else:
        messages.info(request, gettext("之前的请求还没有办，不用再提。"))
    return redirect("record", number)


def _wrong(words: str) -> str:
    if not words:
        return gettext("写明哪里不对，应当怎样写。")
    return gettext("请不要超过 {n} 个字。").format(n=LONGEST) if len(words) > LONGEST else ""


def _note(record: Record, kind: Kind, words: str) -> Note:
    return Note(
        topic=f"asked:{record.id}:{record.seq}",
        words=say("{kind}第 {number} 号，本人请求更正：{words}", kind=kind.title, number=record.id, words=words),
        link=reverse("record", args=[record.id]),
        organisation=record.holder,
    )
