"""Codes: what the standards allow, and what is told when a code breaks them."""

from __future__ import annotations

import pytest

from xianfeng.registry import codes


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("000000", "nation"),
        ("350000", "province"),
        ("350100", "city"),
        ("350112", "county"),
        ("350112001", "township"),
        ("350112001201", "village"),
        ("35", ""),
        ("3501１2", ""),
    ],
)
def test_the_level_is_in_the_length_and_the_zeros(code: str, level: str) -> None:
    assert codes.division_level(code) == level


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("35", "350000"),
        ("3501", "350100"),
        ("350112", "350112"),
        ("350112000000", "350112"),
        ("350112001000", "350112001"),
        ("350112001201", "350112001201"),
    ],
)
def test_other_forms_of_a_division_code_come_to_one(given: str, kept: str) -> None:
    assert codes.standard(given) == kept


@pytest.mark.parametrize(
    ("ending", "category"),
    [
        ("001", "community"),
        ("199", "community"),
        ("200", "village"),
        ("399", "village"),
        ("400", "other"),
        ("598", "other"),
    ],
)
def test_villages_and_communities_by_the_last_three_digits(ending: str, category: str) -> None:
    assert codes.village_category(f"350112001{ending}") == category


@pytest.mark.parametrize("code", ["000000", "350000", "440404", "441900", "350112001", "350112001201", "429004"])
def test_right_division_codes_pass(code: str) -> None:
    assert codes.check_division(code) is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("35011", "这里是 5 位"),
        ("35O112", "只能是数字"),
        ("350 112", "只能是数字"),
        ("160000", "没有以 16 开头"),
        ("350012", "第三、四位为 00"),
    ],
)
def test_wrong_division_codes_say_why(code: str, words: str) -> None:
    problem = codes.check_division(code)
    assert problem is not None
    assert words in problem.message
    assert problem.hint


# Published codes of real bodies: State Grid, Peking University, Alibaba (China), Huawei.
@pytest.mark.parametrize(
    "code", ["9111000071093123XX", "12100000400002259P", "91330100799655058B", "914403001922038216"]
)
def test_published_social_credit_codes_pass(code: str) -> None:
    assert codes.check_social_credit(code) is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91440300192203821", "这里是 17 位"),
        ("914403001922038217", "应为 6，写的是 7"),
        ("914403001922038126", "校验位不对"),  # two digits exchanged
        ("91440300I922038216", "不能有“I”"),
        ("91440300192203821６", "不能有“６”"),
    ],
)
def test_wrong_social_credit_codes_say_why(code: str, words: str) -> None:
    problem = codes.check_social_credit(code)
    assert problem is not None
    assert words in problem.message
