"""Comments on one thing: the rules first, then a box to write in, then what others wrote and the office answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xianfeng import tokens
from xianfeng.accounts import attempts
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme
from xianfeng.voice import comments as voice
from xianfeng.voice import subjects
from xianfeng.voice.citizens import CITIZEN
from xianfeng.voice.models import Comment, Stage
from xianfeng.voice.reasons import REFUSALS
from xianfeng.voice.subjects import Subject
from xianfeng.web import access, scope
from xianfeng.web.frame import number_or_404, scheme_or_404
from xianfeng.web.parts import Pages
from xianfeng.web.public.subjects import About, about_or_404
from xianfeng.web.said import Said, said

SHOWN = 20
FLOODED = ("voice.flood", "voice.too_many")


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("评论"),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": voice.LONGEST}),
        help_text=_("最多 500 个字。请不要写姓名、电话、证件号，自己的也不要写。"),
    )
    receipt = forms.CharField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class CommentsPage:
    """`form` None: this campaign takes no comments."""

    scheme: Scheme
    about: About
    form: CommentForm | None
    reasons: Sequence[tuple[str | Promise, int]]  # why comments are refused, and how many here were
    comments: tuple[Said, ...]
    pages: Pages


@require_http_methods(["GET", "HEAD", "POST"])
@access.public
def comments(request: HttpRequest, name: str, sort: str, key: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    about = about_or_404(scope.of(request), name, sort, key)
    if request.method != "POST":
        form = CommentForm(initial={"receipt": tokens.fresh()}) if subjects.is_open(name) else None
        return _shown(request, scheme, about, form)
    given = request.POST.get("receipt", "")
    receipt = given if tokens.is_token(given) else tokens.fresh()
    try:
        voice.write(
            subject=about.subject,
            text=request.POST.get("text", ""),
            receipt=receipt,
            address=attempts.address(request),
            by=CITIZEN,
        )
    except Problem as problem:
        return _refused(request, scheme, about, problem)
    return redirect("receipt", receipt)


def _refused(request: HttpRequest, scheme: Scheme, about: About, problem: Problem) -> HttpResponse:
    form = CommentForm(request.POST)
    form.errors.clear()
    form.add_error(problem.field or None, told(problem))
    return _shown(request, scheme, about, form, status=429 if problem.code in FLOODED else 422)


def told(problem: Problem) -> forms.ValidationError:
    return forms.ValidationError(problem.told)


def _shown(
    request: HttpRequest, scheme: Scheme, about: About, form: CommentForm | None, *, status: int = 200
) -> HttpResponse:
    before = number_or_404(request, "before")
    rows = voice.published(about.subject)
    some = list((rows.filter(id__lt=before) if before else rows)[: SHOWN + 1])
    here = request.path
    page = CommentsPage(
        scheme=scheme,
        about=about,
        form=form,
        reasons=_reasons(about.subject),
        comments=said(some[:SHOWN]),
        pages=Pages(
            next=f"{here}?before={some[SHOWN - 1].pk}" if len(some) > SHOWN else "", first=here if before else ""
        ),
    )
    return render(request, "public/comments.html", {"page": page}, status=status)


def _reasons(subject: Subject) -> Sequence[tuple[str | Promise, int]]:
    rows = Comment.objects.filter(scheme=subject.scheme, subject=subject.ref, stage=Stage.REFUSED)
    counted: dict[str, Any] = dict(rows.values_list("reason").annotate(n=Count("id")).order_by())
    return [(title, counted.get(reason, 0)) for reason, title in REFUSALS.items()]
