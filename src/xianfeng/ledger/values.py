"""The canonical form of what people type: one converter per field, built once, run on every value of every record.

A converter takes what a page (text), a workbook (cells), an API or a scheme's plan (typed values) hands over and gives
the one form in which the value is hashed, stored and posted; or raises a Problem that says what would have been right.
Canonical forms are JSON: whole numbers as integers (below 10^15, so that no reader of the log loses a digit), decimals
as fixed-point strings, dates in ISO form, text in NFC. A missing value has no form: its field is absent.
"""

from __future__ import annotations

import datetime as dt
import difflib
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from xianfeng import characters
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import DATED, FieldType
from xianfeng.sentences import say

Converter = Callable[[Any], Any]

DIGITS = 15  # a number, scaled to a whole one, is below 10^15
LONGEST = {FieldType.TEXT: 500, FieldType.LONG_TEXT: 20_000}
TRUTHS = {"是": True, "true": True, "1": True, "有": True, "否": False, "false": False, "0": False, "无": False}


def converter(field: Field, timezone: str) -> Converter:
    """The converter of one field. It is never given a missing value (None, blank text, an empty list)."""
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return _text(LONGEST[field.type], lines=field.type is FieldType.LONG_TEXT)
        case FieldType.INTEGER:
            return _bounded(field, _integer)
        case FieldType.DECIMAL | FieldType.MONEY | FieldType.PERCENT:
            return _bounded(field, _fixed(field.decimals))
        case FieldType.DATETIME:
            return _datetime(ZoneInfo(timezone))
        case FieldType.CHOICE | FieldType.CHOICES | FieldType.TALLY:
            return _OF_CHOICES[field.type](field)
        case _:
            return _PLAIN[field.type]


def is_missing(given: object) -> bool:
    """Nothing was given: not even one visible character, where it is text."""
    if isinstance(given, str):
        return characters.says_nothing(given)
    return not given and (given is None or isinstance(given, list | tuple | dict))


def is_number(given: object) -> bool:
    """Whether it can be the number of anything: a whole one that databases and readers of the log can hold."""
    return type(given) is int and 0 < given < 10**DIGITS


def refuse_unnumbered(organisation: object) -> None:
    if not is_number(organisation):
        message = say("没有编号为 {organisation} 的组织。", organisation=short(organisation))
        raise Problem("ledger.unknown_organisation", message, hint="请从列表中选择组织。")


def short(given: object) -> str:
    """What was given, in as much of it as a message has room for."""
    text = str(given) if not isinstance(given, int) or abs(given) < 10**40 else "…"
    return text if len(text) <= 40 else text[:39] + "…"


def spoken(given: str) -> str:
    """A reason, as a person wrote it: several lines at most, and nothing invisible."""
    return "" if is_missing(given) else str(_text(LONGEST[FieldType.LONG_TEXT], lines=True)(given))


def _text(longest: int, *, lines: bool) -> Converter:
    def convert(given: Any) -> str:
        if not isinstance(given, str):
            given = _spelled(given)
        if not given.isascii():
            given = unicodedata.normalize("NFC", given)
        if not given.isprintable():
            given = _printable(characters.without_no_width(given.replace("\r\n", "\n")), lines=lines)
        if len(given) > longest:
            raise Problem(
                "ledger.text_too_long",
                say("文字有 {count} 字，最多 {longest} 字。", count=len(given), longest=longest),
                hint="请分开填写或作为附件。",
            )
        return str(given.strip())

    return convert


def _spelled(given: object) -> str:
    """A cell that a workbook took for a number is still text in a text field: 007 is lost, but 110 is not refused."""
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    raise Problem("ledger.not_text", "这里要填文字。", hint="如是表格中的公式或日期，请先转成文字。")


def _printable(given: str, *, lines: bool) -> str:
    character = characters.misleading(given, allowed="\n\t" if lines else "")
    if character is not None:
        raise Problem(
            "ledger.control_character",
            say("文字中有不可见的控制字符 U+{character:04X}。", character=ord(character)),
            hint="请删除后重新粘贴；单行文字中不能换行。",
        )
    return given


def _number(given: object) -> Decimal:
    """What a person means by a number: an int, a Decimal, a float as it prints, digits half or full width."""
    if isinstance(given, bool) or not isinstance(given, int | Decimal | float | str):
        raise _not_a_number(given)
    text = str(given)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.strip()
    if not text.isascii() or "_" in text:
        raise _not_a_number(given)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _not_a_number(given) from None
    if not number.is_finite():
        raise _not_a_number(given)
    return number


def _not_a_number(given: object) -> Problem:
    return Problem(
        "ledger.not_a_number",
        say("“{given}”不是数字。", given=short(given)),
        hint="只填数字，不带单位、千分位逗号和“多”“余”。",
    )


def _fixed(places: int) -> Callable[[Any], tuple[Decimal, str]]:
    step = Decimal(1).scaleb(-places)

    def convert(given: Any) -> tuple[Decimal, str]:
        number = _number(given)
        if number and number.adjusted() + places >= DIGITS:
            raise Problem(
                "ledger.too_large",
                say("数值超出范围：最多 {digits} 位整数。", digits=DIGITS - places),
                hint="请核对单位是否填错。",
            )
        exact = number.quantize(step) + 0  # + 0: there is no −0.00
        if exact != number:
            raise Problem(
                "ledger.too_many_places",
                say("最多 {places} 位小数，填的是 {given}。", places=places, given=short(given)),
                hint="请四舍五入后再填。",
            )
        return exact, format(exact, "f")

    return convert


def _integer(given: Any) -> tuple[Decimal | int, int]:
    if type(given) is int and -(10**DIGITS) < given < 10**DIGITS:
        return given, given
    number = _number(given)
    if number != number.to_integral_value():
        raise Problem(
            "ledger.not_whole", say("这里要填整数，填的是 {given}。", given=short(given)), hint="不能有小数。"
        )
    if number and number.adjusted() >= DIGITS:
        raise Problem(
            "ledger.too_large", say("数值超出范围：最多 {digits} 位。", digits=DIGITS), hint="请核对单位是否填错。"
        )
    return number, int(number)


def _bounded(field: Field, convert: Callable[[Any], tuple[Any, Any]]) -> Converter:
    least, most = field.minimum, field.maximum

    def bounded(given: Any) -> Any:
        number, canonical = convert(given)
        if least is not None and number < least:
            raise Problem(
                "ledger.too_small",
                say("不能小于 {least}，填的是 {canonical}。", least=least, canonical=canonical),
                hint="请核对后重填。",
            )
        if most is not None and number > most:
            raise Problem(
                "ledger.above_maximum",
                say("不能大于 {most}，填的是 {canonical}。", most=most, canonical=canonical),
                hint="请核对后重填。",
            )
        return canonical

    return bounded


def _date(given: Any) -> str:
    try:
        written = isinstance(given, str) and len(given) == len("2010-08-30")
        day = dt.date.fromisoformat(given) if written else given
        if type(day) is not dt.date:
            raise ValueError
    except ValueError:
        hint = say("写成 2010-08-30，并核对当月有没有这一天。")
        raise Problem("ledger.not_a_date", say("“{given}”不是日期。", given=short(given)), hint=hint) from None
    return _sensible(day).isoformat()


def _datetime(timezone: ZoneInfo) -> Converter:
    def convert(given: Any) -> str:
        try:
            moment = dt.datetime.fromisoformat(given) if isinstance(given, str) else given
            if not isinstance(moment, dt.datetime):
                raise ValueError
        except ValueError:
            hint = say("写成 2010-08-30 14:30。")
            raise Problem("ledger.not_a_moment", say("“{given}”不是时间。", given=short(given)), hint=hint) from None
        _sensible(moment)  # before it is moved to the zone: the first and the last of all days cannot be
        aware = moment.astimezone(timezone) if moment.tzinfo else moment.replace(tzinfo=timezone)
        return aware.isoformat(timespec="seconds")

    return convert


def _sensible(day: dt.date) -> dt.date:
    """The day itself, if calendars can count from it, forwards and backwards."""
    if day.year in DATED:
        return day
    message = say(
        "日期要在 {first} 年到 {last} 年之间，填的是 {year} 年。", first=DATED[0], last=DATED[-1], year=day.year
    )
    raise Problem("ledger.year", message, hint="请核对年份。")


def _boolean(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    truth = TRUTHS.get(str(given).strip().lower())
    if truth is None:
        raise Problem(
            "ledger.not_yes_or_no", say("“{given}”不是“是”或“否”。", given=short(given)), hint="请填“是”或“否”。"
        )
    return truth


def _choice(choices: Mapping[str, str]) -> Converter:
    values = {value: value for value in choices} | {title: value for value, title in choices.items()}

    def convert(given: Any) -> str:
        value = values.get(given) if isinstance(given, str) else None
        if value is None and isinstance(given, str):
            value = values.get(unicodedata.normalize("NFKC", given).strip())
        if value is None:
            near = difflib.get_close_matches(str(given), list(values), n=1)
            offer = say("是不是“{near}”？", near=near[0]) if near else ""
            titles = "、".join(list(choices.values())[:12])
            raise Problem(
                "ledger.not_a_choice",
                say("“{given}”不在可选项中。", given=short(given)),
                hint=say("{offer}可选：{titles}。", offer=offer, titles=titles),
            )
        return value

    return convert


def _choices(choices: Mapping[str, str]) -> Converter:
    one = _choice(choices)
    order = {value: position for position, value in enumerate(choices)}

    def convert(given: Any) -> list[str]:
        if isinstance(given, str):
            given = [part for part in given.replace("，", "、").replace(",", "、").split("、") if part.strip()]
        if not isinstance(given, list | tuple | set | frozenset):
            raise Problem("ledger.not_a_list", "这里要填一个或多个选项。", hint="多个选项用顿号分开。")
        return sorted({one(part) for part in given}, key=order.__getitem__)

    return convert


def _tally(field: Field) -> Converter:
    """Its problems are its groups', each in the field `name.group`."""
    groups, one = field.groups, _choice(field.groups)

    def convert(given: Any) -> dict[str, int]:
        if not isinstance(given, Mapping):
            hint = say("各组：{values}。", values="、".join(groups.values()))
            raise Problem("ledger.not_a_tally", "这里要按组填人数。", hint=hint)
        counted: dict[str, int] = {}
        problems: list[Problem] = []
        for group, number in given.items():
            if is_missing(number):
                continue
            name = one(group)
            if name in counted:
                raise Problem(
                    "ledger.group_twice", say("“{groups}”填了两次。", groups=groups[name]), hint="每组只填一个数。"
                )
            try:
                counted[name] = _head_count(number)
            except Problem as problem:
                problems.append(problem.at(groups[name], field=f"{field.name}.{name}"))
        if problems:
            raise Problems(problems, code="ledger.groups", message="有几组要改。") if problems[1:] else problems[0]
        return counted

    return convert


def _head_count(given: object) -> int:
    _, count = _integer(given)
    if count < 0:
        message = say("不能小于 {least}，填的是 {canonical}。", least=0, canonical=count)
        raise Problem("ledger.too_small", message, hint="请核对后重填。")
    return count


def _identity(given: Any) -> int:
    if is_number(given):
        return int(given)
    if isinstance(given, str) and given.isascii() and given.isdecimal() and len(given) < DIGITS and int(given):
        return int(given)
    raise Problem(
        "ledger.not_an_id", say("“{given}”不是编号。", given=short(given)), hint="请从列表中选择，不要手工输入名称。"
    )


def _refuse_attachments(given: Any) -> Any:
    raise Problem("ledger.attach_instead", "附件要在记录建立后另行添加。", hint="先保存记录，再上传文件。")


_OF_CHOICES: Mapping[FieldType, Callable[[Field], Converter]] = {
    FieldType.CHOICE: lambda field: _choice(field.choices),
    FieldType.CHOICES: lambda field: _choices(field.choices),
    FieldType.TALLY: _tally,
}
_PLAIN: Mapping[FieldType, Converter] = {
    FieldType.DATE: _date,
    FieldType.BOOLEAN: _boolean,
    FieldType.PERSON: _identity,
    FieldType.ORGANISATION: _identity,
    FieldType.RECORD: _identity,
    FieldType.PLACE: _identity,
    FieldType.ATTACHMENTS: _refuse_attachments,
}
