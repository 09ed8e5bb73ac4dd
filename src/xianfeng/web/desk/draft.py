"""What is put aside: kept by a button or by itself while one types, offered when its form is opened again, dropped."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from xianfeng.accounts import drafts
from xianfeng.accounts import reader as readers
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Account, Draft
from xianfeng.problems import Problem
from xianfeng.sentences import following
from xianfeng.web import access
from xianfeng.web.forms import aside, filing
from xianfeng.web.forms.aside import KEEP, QUIETLY, Aside, Waiting
from xianfeng.web.forms.faults import DAY
from xianfeng.web.forms.sheet import Sheet, Typed
from xianfeng.web.frame import asked

_MOST_OFFERED = 3
_PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Form:
    """A kind's form for one record or, `many`, its grid."""

    sheet: Sheet
    many: bool = False

    @property
    def address(self) -> str:
        return address_of(self.sheet.scheme.name, self.sheet.kind.name, many=self.many)

    def drafts(self, request: HttpRequest) -> QuerySet[Draft]:
        """What of it the reader has put aside in this appointment, the latest first."""
        mine = drafts.of(account_of(request), readers.of(request).actor.id)
        return mine.filter(scheme=self.sheet.scheme.name, kind=self.sheet.kind.name, many=self.many)


@require_POST
@access.needs(Ability.FILE)
def drop_draft(request: HttpRequest, reference: str) -> HttpResponse:
    drop(request, reference)
    messages.success(request, gettext("草稿已删去。"))
    return redirect("desk")


def wanted(request: HttpRequest) -> bool:
    """Whether what was sent is to be put aside."""
    return request.POST.get("do") in (KEEP, QUIETLY)


def keep(
    request: HttpRequest, form: Form, *, organisation: int, reference: str, day: str, typed: Typed
) -> HttpResponse:
    """The draft's page or, where the page sent it by itself, a line to show; a `Problem` is for who pressed it.

    What was filed meanwhile, or says nothing any more, is not kept quietly.
    """
    quietly = request.POST.get("do") == QUIETLY
    sheet, said = form.sheet, any(text.strip() for texts in typed.values() for text in texts)
    if quietly and (not said or filing.filed(sheet.scheme, sheet.kind, reference)):
        drop(request, reference)
        return HttpResponse(status=204)
    try:
        draft = drafts.keep(
            account=account_of(request),
            appointment=readers.of(request).actor.id,
            organisation=organisation,
            scheme=sheet.scheme.name,
            kind=sheet.kind.name,
            many=form.many,
            reference=reference,
            typed={DAY: [day], **aside.kept_of(typed, sheet)},
        )
    except Problem as problem:
        if not quietly:
            raise
        return HttpResponse(following(problem.message, problem.hint), status=422, content_type=_PLAIN)
    if quietly:
        told = gettext("已存草稿 {time}").format(time=f"{timezone.localtime(draft.kept):%H:%M}")
        return HttpResponse(told, content_type=_PLAIN)
    messages.success(request, gettext("草稿已存好，只有您自己看得到。"))
    return redirect(f"{form.address}?draft={reference}")


def told(request: HttpRequest, form: Form, *, draft: bool) -> Aside:
    """What the form's page says; what waits is offered to who begins anew."""
    waiting: tuple[Waiting, ...] = ()
    if not draft and request.method != "POST":
        latest = form.drafts(request)[:_MOST_OFFERED]
        waiting = tuple(Waiting(f"{form.address}?draft={one.reference}", one.kept) for one in latest)
    return Aside(aside.left_out(form.sheet), draft, waiting)


def taken_up(request: HttpRequest, form: Form) -> Draft | None:
    """The draft that the address asks for."""
    reference = asked(request, "draft")
    if not reference:
        return None
    found = form.drafts(request).filter(reference=reference).first()
    if found is None:
        raise Http404(gettext("没有这份草稿"))
    return found


def drop(request: HttpRequest, reference: str) -> None:
    drafts.drop(account=account_of(request), reference=reference)


def address_of(scheme: str, kind: str, *, many: bool) -> str:
    return reverse("grid" if many else "new", args=[scheme, kind])


def account_of(request: HttpRequest) -> Account:
    account = readers.of(request).account
    if account is None:
        raise Http404(gettext("没有登录"))
    return account
