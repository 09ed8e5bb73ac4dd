"""What people say, in one line of any template: comments under a thing, 这个要求太重了 on a form.

{% load voice %}
{% comments_on page.scheme.name "bulletins" page.closing.bulletin %}
{% asks_too_much page.scheme.name page.kind.name %}
"""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import reverse

from xianfeng.voice import comments, complaints, subjects
from xianfeng.voice.subjects import Sort, Subject
from xianfeng.web.said import Said, Told, said, shelf_address, told_of

register = template.Library()
_COMMENTS, _ANSWERS = 5, 2


@dataclass(frozen=True)
class Shelf:
    open: bool
    comments: tuple[Said, ...]
    more: bool
    address: str


@dataclass(frozen=True)
class TooMuch:
    address: str
    answered: tuple[Told, ...]


@register.inclusion_tag("public/shelf.html")
def comments_on(scheme: str, sort: Sort, key: str | int) -> dict[str, Shelf]:
    """The latest comments on a thing that the page has shown to its reader already."""
    subject = Subject(scheme, sort, str(key))
    rows = list(comments.published(subject)[: _COMMENTS + 1])
    shown = said(rows[:_COMMENTS])
    return {"shelf": Shelf(subjects.is_open(scheme), shown, len(rows) > _COMMENTS, shelf_address(subject))}


@register.inclusion_tag("public/too_much.html")
def asks_too_much(scheme: str, kind: str, obligation: str = "") -> dict[str, TooMuch]:
    """The way to say that a form, or a requirement, asks too much, and what the office answered lately."""
    address = reverse("burden", args=[scheme, kind]) + (f"?obligation={obligation}" if obligation else "")
    rows = complaints.answered(scheme, kind)[:_ANSWERS]
    return {"too_much": TooMuch(address, tuple(told_of(row) for row in rows))}
