"""Whether what stands on the pages is what was written and done: every row held against its events.

Events cannot be changed (their tables refuse it), rows can by whoever owns the database.
"""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.log.findings import Difference
from xianfeng.sentences import say
from xianfeng.voice import texts
from xianfeng.voice.models import Comment, CommentEvent, Complaint, ComplaintEvent, Outcome, Stage

_SOME = 2_000
_REACHED = {"written": Stage.WAITING, "published": Stage.PUBLISHED, "refused": Stage.REFUSED, "hidden": Stage.HIDDEN}


def check() -> Iterator[Difference]:
    yield from _comments()
    yield from _complaints()


def _comments() -> Iterator[Difference]:
    for row in Comment.objects.order_by("id").prefetch_related("events").iterator(chunk_size=_SOME):
        events = sorted(row.events.all(), key=lambda event: event.id)
        if not events:
            yield Difference(about=say("评论 {number}", number=row.pk), message=say("没有来历"))
            continue
        stage = next(_REACHED[event.action] for event in reversed(events) if event.action in _REACHED)
        last = events[-1]
        if (row.stage, row.answer) != (stage, last.answer):
            yield Difference(about=say("评论 {number}", number=row.pk), message=say("现在的状态或答复与办理经过不符"))
        if (row.text or row.stage in (Stage.WAITING, Stage.PUBLISHED)) and texts.mark(row.text, row.salt) != last.words:
            yield Difference(about=say("评论 {number}", number=row.pk), message=say("原文被改过"))
    gone = CommentEvent.objects.exclude(comment__in=Comment.objects.values("id"))
    for comment in gone.order_by("comment_id").values_list("comment_id", flat=True).distinct():
        yield Difference(about=say("评论 {number}", number=comment), message=say("被删掉了"))


def _complaints() -> Iterator[Difference]:
    for row in Complaint.objects.order_by("id").prefetch_related("events").iterator(chunk_size=_SOME):
        said = max(row.events.all(), key=lambda event: event.id, default=None)
        told = (said.outcome, said.answer) if said else (Outcome.WAITING, "")
        if (row.outcome, row.answer, row.answers) != (*told, len(row.events.all())):
            yield Difference(about=say("减负意见 {number}", number=row.pk), message=say("现在的答复与办理经过不符"))
    gone = ComplaintEvent.objects.exclude(complaint__in=Complaint.objects.values("id"))
    for complaint in gone.order_by("complaint_id").values_list("complaint_id", flat=True).distinct():
        yield Difference(about=say("减负意见 {number}", number=complaint), message=say("被删掉了"))
