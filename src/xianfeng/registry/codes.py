"""Whether a code can be what it says it is.

Typing errors in codes are the commonest fault of an imported table, and the check digit finds nearly all of them. Each
check returns None or the problem as data, so that a whole file's faults can be told at once.
"""

from __future__ import annotations

import re

from xianfeng.problems import Problem
from xianfeng.sentences import say

NATION = "000000"
_LENGTHS = {6: "county", 9: "township", 12: "village"}
_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015 leaves out I O S V Z
_VALUES = {symbol: value for value, symbol in enumerate(_SYMBOLS)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)


def division_level(code: str) -> str:
    """The level that a division's standard code stands for; '' when it is none.

    A code of twelve digits that ends in zeros is the longer form of a shorter one: `standard` shortens it.
    """
    if not re.fullmatch(r"[0-9]{6}|[0-9]{9}|[0-9]{12}", code):
        return ""
    if code == NATION:
        return "nation"
    if len(code) == 6 and code.endswith("0000"):
        return "province"
    if len(code) == 6 and code.endswith("00"):
        return "city"
    return _LENGTHS[len(code)]


def standard(code: str) -> str:
    """A division's code in the form that the registry keeps: 6 digits to the county, 9 a township, 12 a village."""
    if len(code) in (2, 4):
        return code.ljust(6, "0")
    if len(code) == 12 and code.endswith("000000"):
        return code[:6]
    if len(code) == 12 and code.endswith("000"):
        return code[:9]
    return code


def village_category(code: str) -> str:
    """Village, community or other, by the last three digits of a twelve-digit code (统计用区划代码编制规则)."""
    number = int(code[-3:])
    if 1 <= number <= 199:
        return "community"
    if 200 <= number <= 399:
        return "village"
    return "other"


def check_division(code: str) -> Problem | None:
    """GB/T 2260 (6 digits) and the statistics bureau's 9 and 12 digits."""
    if not re.fullmatch(r"[0-9]+", code):
        return _fault(code, say("行政区划代码只能是数字"), say("去掉空格、字母和全角字符。"))
    if len(code) not in _LENGTHS:
        return _fault(
            code,
            say("行政区划代码应为 6、9 或 12 位，这里是 {count} 位", count=len(code)),
            say("县以上 6 位，乡镇 9 位，村居 12 位。"),
        )
    if code != NATION and code[:2] not in _PROVINCES:
        return _fault(code, say("没有以 {code} 开头的省级行政区", code=code[:2]), say("核对前两位。"))
    if code[:6] != NATION and code[2:4] == "00" and code[4:6] != "00":
        return _fault(code, say("第三、四位为 00 时，第五、六位也应为 00"), say("核对第三至六位。"))
    return None


def check_social_credit(code: str) -> Problem | None:
    """The unified social credit code of GB 32100-2015: 18 symbols, the last one a check."""
    if len(code) != 18:
        return _fault(
            code, say("统一社会信用代码应为 18 位，这里是 {count} 位", count=len(code)), say("从证照上重新抄录。")
        )
    wrong = [symbol for symbol in code if symbol not in _VALUES]
    if wrong:
        hint = say("代码只用数字和除 I、O、S、V、Z 以外的大写字母；常把 0 写成 O、1 写成 I。")
        return _fault(code, say("统一社会信用代码里不能有“{wrong}”", wrong=wrong[0]), hint)
    expected = social_credit_check(code[:17])
    if code[17] != expected:
        return _fault(
            code,
            say("统一社会信用代码的校验位不对：应为 {expected}，写的是 {code}", expected=expected, code=code[17]),
            say("从证照上逐位核对。"),
        )
    return None


def social_credit_check(first: str) -> str:
    """The eighteenth symbol for the first seventeen: weights 3^(i−1) mod 31."""
    total = sum(_VALUES[symbol] * weight for symbol, weight in zip(first, _WEIGHTS, strict=True))
    return _SYMBOLS[(31 - total % 31) % 31]


def _fault(code: str, message: str, hint: str) -> Problem:
    return Problem("registry.code", message, hint=hint, place=code)
