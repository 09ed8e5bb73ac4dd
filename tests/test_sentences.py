"""Sentences are Chinese wherever nobody asks for another language, and are put together anew in the one asked for."""

from __future__ import annotations

import pytest

from xianfeng import sentences
from xianfeng.problems import Problem
from xianfeng.sentences import following, say, together, translated

ENGLISH = {
    "没有第 {record} 号记录。": "There is no record {record}.",
    "请转交{names}办理。": "Pass it to {names}.",
    "活动办公室": "the campaign office",
    "请填写理由。": "Give the reason.",
    "第 {row} 行": "Row {row}",
    "共 {n:,} 条": "{n:,} in all",
}


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_translators", [lambda words: ENGLISH.get(words, words)])


def test_a_sentence_is_a_chinese_text_like_any_other() -> None:
    assert say("没有第 {record} 号记录。", record=7) == "没有第 7 号记录。"
    assert say("写成 {2010-08-30}") == "写成 {2010-08-30}"
    assert together(["甲", "乙"], by="、") == "甲、乙"


def test_what_is_put_in_stays_and_the_words_around_it_change(english: None) -> None:
    assert translated(say("没有第 {record} 号记录。", record="没有第 {record} 号记录。")) == (
        "There is no record 没有第 {record} 号记录。."
    )
    assert translated(say("共 {n:,} 条", n=1204)) == "1,204 in all"
    assert translated("请填写理由。") == "Give the reason."
    assert translated("") == ""


def test_a_sentence_within_a_sentence_is_translated_too(english: None) -> None:
    names = together([say("活动办公室"), "鼓楼区委"], by="、")
    assert translated(say("请转交{names}办理。", names=names)) == "Pass it to the campaign office、鼓楼区委."


def test_a_problem_is_read_in_the_language_of_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem("ledger.unknown_record", say("没有第 {record} 号记录。", record=7), hint="请填写理由。")
    outside = problem.at(say("第 {row} 行", row=3), row=3)
    assert (outside.place, outside.message, outside.hint) == ("第 3 行", "没有第 7 号记录。", "请填写理由。")
    monkeypatch.setattr(sentences, "_translators", [lambda words: ENGLISH.get(words, words)])
    assert (outside.place, outside.message, outside.hint) == ("Row 3", "There is no record 7.", "Give the reason.")
    assert outside.at("附件").place == "附件 Row 3"


def test_sentences_that_follow_each_other_are_ended_once() -> None:
    assert following("不在范围内", "请另选。") == "不在范围内。请另选。"
    assert following("不在范围内。", "") == "不在范围内。"
    assert following("It is not yours.", "Choose another") == "It is not yours. Choose another."
    assert following() == ""
