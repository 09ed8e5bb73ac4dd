"""Parts over their whole, sums over what they are parts of, numbers that today's form would refuse."""

from __future__ import annotations

from tests.signals.district import STRICTER, District
from xianfeng.signals import answering
from xianfeng.signals.rules import impossible


def told(here: District) -> list[tuple[int, tuple[int, ...], str]]:
    found = here.found(impossible.NAME)
    words = answering.sentences(found)
    return [(one.record, tuple(one.beside), said) for one, said in zip(found, words, strict=True)]


def test_a_part_larger_than_its_whole(here: District) -> None:
    (road,) = here.file("road", [(0, {"length": 1200})])
    (stretch,) = here.file("stretch", [(1, {"road": road, "length": 1500})])
    assert told(here) == [
        (stretch, (), f"第 {stretch} 号记录的“长度”是 1,500，比它所属的第 {road} 号记录的 1,200 还多。")
    ]


def test_parts_that_a_measure_sums_and_that_are_more_than_the_whole(here: District) -> None:
    (road,) = here.file("road", [(0, {"length": 1200})])
    stretches = here.file("stretch", [(0, {"road": road, "length": 700}), (0, {"road": road, "length": 600})])
    said = f"属于第 {road} 号记录的 2 条记录，“长度”加起来是 1,300，比它自己的 1,200 还多。"
    assert told(here) == [(road, stretches, said)]


def test_parts_that_are_as_much_as_the_whole_and_what_is_told_again_each_time_are_not(here: District) -> None:
    (road,) = here.file("road", [(0, {"length": 1200, "planted": 90})])
    here.file("stretch", [(0, {"road": road, "length": 600, "planted": 90})] * 2)
    assert told(here) == []


def test_what_went_before_is_no_whole(here: District) -> None:
    (before,) = here.file("stretch", [(0, {"length": 200})])
    here.file("stretch", [(0, {"before": before, "length": 900})])
    assert told(here) == []


def test_what_the_form_refuses_today(here: District) -> None:
    wrong, large, _right, _unsaid = here.file(
        "check",
        [
            (0, {"checked": 40, "kept": 44}),
            (1, {"checked": 800, "kept": 5}),
            (2, {"checked": 40, "kept": 40}),
            (3, {"checked": 9}),
        ],
    )
    assert told(here) == []
    here.adopt(STRICTER)
    assert [(number, said) for number, _, said in told(here)] == [
        (wrong, f"第 {wrong} 号记录的数不符合表上的要求：其中兑现未填，或其中兑现不大于检查承诺。"),
        (large, f"第 {large} 号记录的“检查承诺”是 800，超出了表上的范围（≤ 500）。"),
    ]
