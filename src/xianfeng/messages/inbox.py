"""The inbox of an appointment: everything that it was told, whatever channels did with it."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from xianfeng.messages.models import Message


def of(appointment: int, *, unread: bool = False, before: int | None = None) -> QuerySet[Message]:
    """The latest first; `before` goes on from a message."""
    rows = Message.objects.filter(appointment=appointment)
    if unread:
        rows = rows.filter(read=None)
    return (rows.filter(id__lt=before) if before else rows).order_by("-id")


def unread(appointment: int, *, most: int | None = None) -> int:
    """How many are new; `most`: from there on nobody counts."""
    return Message.objects.filter(appointment=appointment, read=None)[:most].count()


def mark_read(*, appointment: int, until: int, now: dt.datetime, only: bool = False) -> int:
    """Its holder has read the messages up to this one, or `only` this one; how many were new."""
    rows = Message.objects.filter(appointment=appointment, read=None)
    return rows.filter(**({"id": until} if only else {"id__lte": until})).update(read=now)
