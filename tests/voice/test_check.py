"""What stands on the pages is held against what was written and done."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.voice.conftest import Square
from xianfeng.voice import check, comments, complaints
from xianfeng.voice.models import ComplaintEvent, Stage


def published(square: Square, text: str = "写得不实") -> int:
    made = square.comment(text)
    comments.publish(comment=made.pk, seen=Stage.WAITING, by=square.office)
    return made.pk


def test_what_was_done_through_the_door_agrees(square: Square) -> None:
    one = published(square)
    comments.answer(comment=one, text="此事属实", seen="", by=square.office)
    comments.answer(comment=one, text="已经立案", seen="此事属实", by=square.office)
    square.comment("还没有看")
    said = square.complain()
    complaints.settle(complaint=said.pk, outcome="kept", answer="法规要求", seen=0, by=square.office)
    assert list(check.check()) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE voice_comment SET text = '很满意' WHERE id = {comment}", "原文被改过"),
        ("UPDATE voice_comment SET answer = '查无此事' WHERE id = {comment}", "与办理经过不符"),
        ("UPDATE voice_comment SET stage = 'refused' WHERE id = {comment}", "与办理经过不符"),
        ("UPDATE voice_complaint SET answer = '保留' WHERE id = {complaint}", "与办理经过不符"),
        ("UPDATE voice_complaint SET outcome = '' WHERE id = {complaint}", "与办理经过不符"),
    ],
)
def test_what_was_changed_past_the_door_is_named(square: Square, change: str, told: str) -> None:
    comment, said = published(square), square.complain()
    complaints.settle(complaint=said.pk, outcome="dropped", answer="不再填", seen=0, by=square.office)
    with connection.cursor() as cursor:
        cursor.execute(change.format(comment=comment, complaint=said.pk))
    (difference,) = check.check()
    assert told in difference.message


def test_every_answer_to_a_complaint_is_kept(square: Square) -> None:
    said = square.complain()
    for seen, answer in enumerate(("甲", "乙")):
        complaints.settle(complaint=said.pk, outcome="kept", answer=answer, seen=seen, by=square.office)
    assert list(ComplaintEvent.objects.order_by("id").values_list("answer", flat=True)) == ["甲", "乙"]


def test_an_answer_that_was_changed_and_a_comment_that_was_hidden_are_told(square: Square) -> None:
    one, other = published(square), published(square, "还可以")
    comments.answer(comment=one, text="此事属实", seen="", by=square.office)
    assert comments.changed([one, other]) == {one: ()}
    comments.answer(comment=one, text="查无此事", seen="此事属实", by=square.office)
    assert comments.changed([one]) == {one: ("answered",)}
