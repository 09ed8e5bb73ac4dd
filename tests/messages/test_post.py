"""Telling: once for a topic, to whoever acts now, and by nobody's leave but the inbox's."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tests.messages.people import Told, at, inbox
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.messages import words
from xianfeng.messages.models import Message
from xianfeng.messages.post import Note, post
from xianfeng.registry import actions
from xianfeng.sentences import say

BY = Actor(kind=ActorKind.IMPORT, id=1)


def test_the_same_topic_is_told_once(told: Told) -> None:
    assert told.post("study", "visits", now=at(1, 9)) == 2
    assert told.post("study", now=at(2, 9)) == 0
    assert inbox(told.clerk) == ["study", "visits"]


def test_an_organisation_is_everybody_who_does_its_work(told: Told) -> None:
    everybody = Note(topic="study", words=say("学习"), link="/desk/study", organisation=told.world.village)
    assert post([everybody], now=at(1, 9)) == 2
    assert (inbox(told.clerk), inbox(told.secretary), inbox(told.superior)) == (["study"], ["study"], [])


def test_an_appointment_without_successor_is_answered_for_by_the_superior_who_is_told_so(told: Told) -> None:
    for appointment in (told.clerk, told.secretary):
        actions.end_appointment(appointment=appointment, day=dt.date(2012, 2, 20), by=BY)
    assert told.post("study", now=at(1, 9)) == 1
    message = Message.objects.get()
    assert message.appointment == told.superior
    assert str(words.told(message.words)).startswith("青口村现在无人任职，这件事转到您这里：study还没有报")


def test_an_appointment_that_ended_is_answered_for_by_who_is_there(told: Told) -> None:
    actions.end_appointment(appointment=told.clerk, day=dt.date(2012, 2, 20), by=BY)
    told.post("study", now=at(1, 9))
    assert (inbox(told.clerk), inbox(told.secretary)) == ([], ["study"])


def test_the_same_words_of_several_are_one_message_and_of_one_a_message_of_its_own(told: Told) -> None:
    study, visits, other = (
        Note(topic=topic, words=said, link=f"/{topic}", organisation=told.world.town, all="/all")
        for topic, said in (("study", "请办理"), ("visits", "请办理"), ("other", "催办"))
    )
    assert post([study, other, visits], now=at(1, 9)) == 2
    assert post([visits, other, study], now=at(2, 9)) == 0
    found = [(str(words.told(row.words)), row.link) for row in Message.objects.order_by("id")]
    assert found == [("请办理共 2 项。", "/all"), ("催办", "/other")]


def test_what_was_told_together_is_not_told_again_with_less_or_more(told: Told) -> None:
    def tell(*topics: str) -> int:
        town = told.world.town
        notes = [Note(topic=one, words="请办理", link=f"/{one}", organisation=town, all="/all") for one in topics]
        return post(notes, now=at(1, 9))

    assert [tell("a", "b", "c"), tell("a", "b"), tell("a"), tell("c", "d"), tell("d", "b")] == [1, 0, 0, 1, 0]
    found = [(str(words.told(row.words)), row.link) for row in Message.objects.order_by("id")]
    assert found == [("请办理共 3 项。", "/all"), ("请办理", "/d")]


def test_a_topic_of_which_the_message_was_not_written_is_told_when_it_is_posted_again(told: Told) -> None:
    with transaction.atomic():
        told.post("study", now=at(1, 9))
        transaction.set_rollback(True)
    assert told.post("study", now=at(1, 9)) == 1


def test_words_are_kept_as_a_sentence_with_what_was_put_into_it() -> None:
    inner = say("第 {number} 号", number=7)
    sentence = say("{record}：{days} 天后到期", record=inner, days=3)
    again = words.told(words.kept(sentence))
    assert (again, again.template, again.values["days"]) == (sentence, sentence.template, 3)
    assert words.told(words.kept("已经写好的话")) == "已经写好的话"
