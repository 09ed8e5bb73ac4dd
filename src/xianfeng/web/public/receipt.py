"""What became of what somebody wrote, by the code that he took away: nobody else has the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from xianfeng import tokens
from xianfeng.voice import comments, complaints, subjects
from xianfeng.voice.models import Comment, Complaint, Stage
from xianfeng.voice.reasons import REFUSALS
from xianfeng.web import access, outward
from xianfeng.web.said import Told, address_of, told_of


@dataclass(frozen=True)
class ReceiptPage:
    """A comment or a complaint. `reason`: why the comment is not, or no longer, shown."""

    address: str
    about: str  # the address of what it is about
    comment: Comment | None = None
    reason: str | Promise = ""
    complaint: Complaint | None = None
    told: Told | None = None


@never_cache
@access.reading
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    page = _page(request, code) if tokens.is_token(code) else None
    if page is None:
        raise Http404(gettext("没有这个回执"))
    response = render(request, "public/receipt.html", {"page": page})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(request: HttpRequest, code: str) -> ReceiptPage | None:
    address = outward.address(request, request.path)
    comment = comments.by_receipt(code)
    if comment is not None:
        about = address_of(subjects.of(comment.scheme, comment.subject))
        reason = REFUSALS[comment.reason] if comment.stage in (Stage.REFUSED, Stage.HIDDEN) else ""
        return ReceiptPage(address, about, comment=comment, reason=reason)
    complaint = complaints.by_receipt(code)
    if complaint is not None:
        return ReceiptPage(address, "", complaint=complaint, told=told_of(complaint))
    return None
