"""The comments that wait to be read, and those that were: the oldest waiting first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins.models import Closing
from xianfeng.vault import details
from xianfeng.vault.details import Detail
from xianfeng.voice import comments as voice
from xianfeng.voice import flood, subjects
from xianfeng.voice.models import Comment, Stage
from xianfeng.voice.reasons import REFUSALS
from xianfeng.voice.subjects import Subject
from xianfeng.web import access, scope
from xianfeng.web.frame import asked, number_or_404, own_campaigns
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.said import address_of

SHOWN = 25
STAGES: Mapping[str, str | Promise] = {
    Stage.WAITING: _("待看"),
    Stage.PUBLISHED: _("已公开"),
    Stage.REFUSED: _("不公开"),
    Stage.HIDDEN: _("已隐藏"),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of a comment; `title` says what personal detail it is, '' for none."""

    text: str
    title: str | Promise = ""


@dataclass(frozen=True)
class Waiting:
    """A comment as the office reads it."""

    comment: Comment
    campaign: str
    about: str
    about_address: str
    stage: str | Promise
    pieces: tuple[Piece, ...]
    details: tuple[Detail, ...]
    reason: str | Promise

    @property
    def masked(self) -> bool:
        return any(one.masked for one in self.details)


@dataclass(frozen=True)
class CommentsPage:
    tabs: tuple[Tab, ...]
    comments: tuple[Waiting, ...]
    open: tuple[str, ...]  # the campaigns that take comments
    closed: tuple[str, ...]
    pages: Pages


@require_safe
@access.needs(Ability.OFFICE)
def comments(request: HttpRequest) -> HttpResponse:
    stage = asked(request, "stage") or Stage.WAITING
    if stage not in STAGES:
        raise Http404(gettext("没有这一类"))
    flood.clear()
    voice.forget()
    campaigns = {link.name: link.title for link in own_campaigns(scope.of(request))}
    after = number_or_404(request, "after")
    rows = _after(Comment.objects.filter(scheme__in=campaigns, stage=stage), stage, after)
    some = list(rows.select_related("answered_by")[: SHOWN + 1])
    counted = voice.counts(campaigns.keys())
    here = f"{reverse('office_comments')}?{urlencode({'stage': stage})}"
    page = CommentsPage(
        tabs=tuple(
            Tab(title, f"{reverse('office_comments')}?stage={name}", name == stage, counted.get(name, 0))
            for name, title in STAGES.items()
        ),
        comments=waiting(some[:SHOWN], campaigns),
        open=tuple(title for name, title in campaigns.items() if subjects.is_open(name)),
        closed=tuple(title for name, title in campaigns.items() if not subjects.is_open(name)),
        pages=Pages(
            next=f"{here}&after={some[SHOWN - 1].pk}" if len(some) > SHOWN else "", first=here if after else ""
        ),
    )
    return render(request, "office/voice/comments.html", {"page": page})


def waiting(rows: Iterable[Comment], campaigns: Mapping[str, str]) -> tuple[Waiting, ...]:
    """Comments with what they are about, asked for at once."""
    rows = list(rows)
    about = {row.pk: subjects.of(row.scheme, row.subject) for row in rows}
    titles = _titles(about.values())
    return tuple(_waiting(row, campaigns[row.scheme], about[row.pk], titles) for row in rows)


def _waiting(row: Comment, campaign: str, about: Subject, titles: Mapping[Subject, str]) -> Waiting:
    found = details.found(row.text)
    title = titles.get(about) or gettext("第 %(number)s 号承诺") % {"number": about.key}
    return Waiting(
        comment=row,
        campaign=campaign,
        about=title,
        about_address=address_of(about),
        stage=STAGES[row.stage],
        pieces=tuple(_pieces(row.text, found)),
        details=found,
        reason=REFUSALS.get(row.reason, ""),
    )


def _titles(about: Iterable[Subject]) -> dict[Subject, str]:
    issues = [subject for subject in about if subject.sort == "bulletins"]
    rows = Closing.objects.filter(bulletin__in={subject.key for subject in issues})
    known = {
        (scheme, bulletin): gettext("{series}第{number}期").format(series=series, number=number)
        for scheme, bulletin, series, number in rows.values_list("scheme__name", "bulletin", "series", "number")
    }
    return {subject: known[subject.scheme, subject.key] for subject in issues if (subject.scheme, subject.key) in known}


def _pieces(text: str, found: Iterable[Detail]) -> Iterable[Piece]:
    at = 0
    for detail in found:
        yield Piece(text[at : detail.start])
        yield Piece(detail.text, details.TITLES[detail.sort])
        at = detail.end
    yield Piece(text[at:])


def _after(rows: QuerySet[Comment], stage: str, after: int | None) -> QuerySet[Comment]:
    if stage == Stage.WAITING:
        return (rows.filter(id__gt=after) if after else rows).order_by("id")
    return (rows.filter(id__lt=after) if after else rows).order_by("-id")
