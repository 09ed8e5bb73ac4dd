"""What people said, as everybody sees it: comments, and what the office answered to complaints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xianfeng.voice import comments as voice
from xianfeng.voice.models import Comment, Complaint, Outcome, Stage
from xianfeng.voice.reasons import BURDENS, REFUSALS
from xianfeng.voice.subjects import Subject

OUTCOMES: Mapping[str, str | Promise] = {
    Outcome.DROPPED: _("已取消"),
    Outcome.MERGED: _("已合并"),
    Outcome.KEPT: _("保留"),
}


@dataclass(frozen=True)
class Said:
    """A comment as everybody sees it; of a hidden one, only why."""

    id: int
    comment: Comment
    hidden: str | Promise = ""
    changed: tuple[str, ...] = ()  # 'hidden': for a time; 'answered': more than once


@dataclass(frozen=True)
class Told:
    """A complaint as everybody sees it: what was blamed, what the office makes of it. Not what was written."""

    blamed: str | Promise
    outcome: str | Promise
    answer: str
    day: dt.date | None
    again: bool = False  # it was answered otherwise before


def said(comments: Iterable[Comment]) -> tuple[Said, ...]:
    found = list(comments)
    changed = voice.changed([one.pk for one in found])
    return tuple(
        Said(
            one.pk,
            one,
            REFUSALS[one.reason] if one.stage == Stage.HIDDEN else "",
            changed.get(one.pk, ()),
        )
        for one in found
    )


def told_of(complaint: Complaint) -> Told:
    return Told(
        BURDENS[complaint.sort],
        OUTCOMES.get(complaint.outcome, ""),
        complaint.answer,
        timezone.localdate(complaint.answered) if complaint.answered else None,
        complaint.answers > 1,
    )


def address_of(subject: Subject) -> str:
    if subject.sort == "bulletins":
        return reverse("bulletin", args=[subject.scheme, subject.key])
    return reverse("promise", args=[int(subject.key)])


def shelf_address(subject: Subject) -> str:
    return reverse("comments", args=[subject.scheme, subject.sort, subject.key])
