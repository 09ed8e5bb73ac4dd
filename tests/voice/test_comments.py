"""Comments: read before they are shown, by the campaign's office alone, without any effect on work or figures."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django.fixtures import Settings

from tests.voice.conftest import ISSUE, Square
from xianfeng.log.actors import Actor
from xianfeng.log.append import head
from xianfeng.log.models import Posting
from xianfeng.problems import Problem
from xianfeng.voice import comments
from xianfeng.voice.models import Comment, CommentEvent, Stage


def refused(problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.code


def test_nobody_reads_it_before_the_office_has(square: Square) -> None:
    square.comment("写得好")
    assert not comments.published(ISSUE).exists()


def test_published_it_stands_there_with_its_numbers_masked(square: Square) -> None:
    made = square.comment("打13800000000没人接")
    comments.publish(comment=made.pk, seen=Stage.WAITING, by=square.office)
    (shown,) = comments.published(ISSUE)
    assert shown.text == "打■■■■没人接"
    assert not Comment.objects.filter(text__contains="138").exists()


def test_names_in_a_row_are_published_only_by_whoever_weighed_them(square: Square) -> None:
    made = square.comment("张三、李四、王五。都没有走到")
    with pytest.raises(Problem) as problem:
        comments.publish(comment=made.pk, seen=Stage.WAITING, by=square.office)
    assert refused(problem) == "voice.details"
    comments.publish(comment=made.pk, seen=Stage.WAITING, looked_at=["张三、李四、王五"], by=square.office)
    assert comments.published(ISSUE).count() == 1


def test_refused_it_is_never_shown_and_its_writer_reads_why(square: Square) -> None:
    made = square.comment("骂人的话", receipt="r" * 32)
    comments.refuse(comment=made.pk, reason="abuse", by=square.office)
    assert not comments.published(ISSUE).exists()
    found = comments.by_receipt("r" * 32)
    assert found is not None
    assert (found.stage, found.reason) == (Stage.REFUSED, "abuse")


def test_refused_words_go_after_a_month_and_the_decision_stays(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    refused_, hidden, shown = (square.comment(text) for text in ("骂人的话", "某人的家事", "好话"))
    comments.refuse(comment=refused_.pk, reason="abuse", by=square.office)
    for one in (hidden, shown):
        comments.publish(comment=one.pk, seen=Stage.WAITING, by=square.office)
    comments.hide(comment=hidden.pk, reason="personal", by=square.office)
    assert comments.forget() == 0
    monkeypatch.setattr(comments, "KEPT", dt.timedelta(0))
    assert comments.forget() == 2
    kept = Comment.objects.order_by("id").values_list("text", "reason")
    assert list(kept) == [("", "abuse"), ("", "personal"), ("好话", "")]
    with pytest.raises(Problem) as problem:
        comments.publish(comment=refused_.pk, seen=Stage.REFUSED, by=square.office)
    assert refused(problem) == "voice.gone"


def test_a_reason_is_one_of_the_published(square: Square) -> None:
    made = square.comment()
    with pytest.raises(Problem) as problem:
        comments.refuse(comment=made.pk, reason="不喜欢", by=square.office)
    assert refused(problem) == "voice.reason"


def test_hidden_the_reason_stands_in_its_place(square: Square) -> None:
    made = square.comment()
    comments.publish(comment=made.pk, seen=Stage.WAITING, by=square.office)
    comments.hide(comment=made.pk, reason="personal", by=square.office)
    (shown,) = comments.published(ISSUE)
    assert (shown.stage, shown.reason) == (Stage.HIDDEN, "personal")


def test_the_office_answers_beneath(square: Square) -> None:
    made = square.comment()
    comments.publish(comment=made.pk, seen=Stage.WAITING, by=square.office)
    comments.answer(comment=made.pk, text="已经在改", seen="", by=square.office)
    (shown,) = comments.published(ISSUE)
    assert (shown.answer, shown.answered_by_id) == ("已经在改", square.world.city)


def test_of_two_who_answer_the_second_sees_the_first(square: Square) -> None:
    made = square.comment()
    comments.publish(comment=made.pk, seen=Stage.WAITING, by=square.office)
    comments.answer(comment=made.pk, text="甲的答复", seen="", by=square.office)
    with pytest.raises(Problem) as problem:
        comments.answer(comment=made.pk, text="乙的答复", seen="", by=square.office)
    assert refused(problem) == "voice.moved"
    assert comments.published(ISSUE).get().answer == "甲的答复"


def test_whoever_saw_it_waiting_does_not_undo_a_refusal(square: Square) -> None:
    made = square.comment()
    comments.refuse(comment=made.pk, reason="advert", by=square.office)
    with pytest.raises(Problem) as problem:
        comments.publish(comment=made.pk, seen=Stage.WAITING, by=square.office)
    assert refused(problem) == "voice.moved"


def test_only_the_office_of_the_campaign_decides(square: Square) -> None:
    made = square.comment()
    world = square.world
    others: list[Actor] = [
        world.of(world.county, "office"),
        world.of(world.village, "office"),
        world.of(world.city, "secretary"),
    ]
    for by in others:
        with pytest.raises(Problem) as problem:
            comments.publish(comment=made.pk, seen=Stage.WAITING, by=by)
        assert refused(problem) == "ledger.wrong_actor"
    comments.publish(comment=made.pk, seen=Stage.WAITING, by=world.of(world.province, "office"))


def test_what_the_office_did_stays(square: Square) -> None:
    made = square.comment()
    comments.publish(comment=made.pk, seen=Stage.WAITING, by=square.office)
    comments.hide(comment=made.pk, reason="advert", by=square.office)
    lines = CommentEvent.objects.exclude(action="written").order_by("id").values_list("action", "reason", "actor")
    assert list(lines) == [("published", "", square.office.ref), ("hidden", "advert", square.office.ref)]


def test_nothing_said_is_an_entry_or_a_posting(square: Square) -> None:
    square.world.file()
    before = (head(), Posting.objects.count())
    made = square.comment()
    comments.publish(comment=made.pk, seen=Stage.WAITING, by=square.office)
    comments.answer(comment=made.pk, text="好", seen="", by=square.office)
    assert (head(), Posting.objects.count()) == before


def test_the_same_form_twice_is_one_comment(square: Square) -> None:
    first, second = square.comment(receipt="a" * 32), square.comment(receipt="a" * 32)
    assert first.pk == second.pk


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "voice.empty"),
        (" \n\u200b ", "voice.empty"),
        ("字" * 501, "voice.too_long"),
        ("好\u202e坏", "voice.characters"),
        ("好\x00", "voice.characters"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_box(square: Square, text: str, code: str) -> None:
    with pytest.raises(Problem) as problem:
        square.comment(text)
    assert (problem.value.code, problem.value.field) == (code, "text")


def test_a_campaign_that_nobody_opened_takes_none(square: Square, settings: Settings) -> None:
    settings.XIANFENG_COMMENTS = frozenset({"another"})
    with pytest.raises(Problem) as problem:
        square.comment()
    assert refused(problem) == "voice.closed"
    settings.XIANFENG_COMMENTS = frozenset({"*"})
    square.comment()


def test_a_queue_that_nobody_reads_takes_no_more(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "MOST_WAITING", 2)
    square.comment()
    square.comment()
    with pytest.raises(Problem) as problem:
        square.comment()
    assert refused(problem) == "voice.flood"
