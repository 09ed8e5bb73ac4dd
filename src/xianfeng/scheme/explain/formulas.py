"""Formulas in words: `state == 'fulfilled'` reads 状态为“已兑现”."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Mapping

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.nodes import Kind, Scheme

_SIGNS = {
    "==": "为",
    "!=": "不为",
    ">=": "不低于",
    "<=": "不高于",
    ">": "大于",
    "<": "小于",
    "and": "，且",
    "or": "，或",
    "not": "不是",
    "in": "属于",
    "True": "是",
    "False": "否",
    "missing": "缺",
}
_NAMES = {
    "state": "状态",
    "day": "日期",
    "today": "当天",
    "organisation": "组织",
    "level": "层级",
    "type": "类型",
    "category": "类别",
    "tier": "级别",
    "code": "代码",
    "name": "名称",
}
# The registry's own words for what an organisation is.
_ORGANISATION_WORDS = {
    "division": "行政区划",
    "unit": "单位",
    "body": "组织机构",
    "village": "村",
    "community": "社区",
    "township": "乡镇",
    "county": "县（市）区",
    "city": "市",
    "province": "省",
    "branch": "支部",
    "committee": "党委",
}


def in_words(expression: Expression, scheme: Scheme, kind: Kind | None) -> str:
    """The formula with titles for names and choices; read as Chinese, exact enough to be checked against the file."""
    titles = _titles(scheme, kind)
    said: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(expression.text).readline):
        if token.type == tokenize.STRING:
            value = token.string[1:-1]
            said.append(f"“{_value(value, kind)}”")
        elif token.type == tokenize.NAME:
            said.append(titles.get(token.string) or _SIGNS.get(token.string) or _NAMES.get(token.string, token.string))
        elif token.type == tokenize.OP:
            said.append("的" if token.string == "." else _SIGNS.get(token.string, token.string))
        elif token.type == tokenize.NUMBER:
            said.append(token.string)
    return "".join(said)


def _titles(scheme: Scheme, kind: Kind | None) -> Mapping[str, str]:
    fields = list(kind.fields.values()) if kind else []
    for pointed in [field.of for field in fields if field.of]:
        fields += [field for name, field in scheme.kinds[pointed].fields.items() if not kind or name not in kind.fields]
    constants = {
        name: f"{constant.title}（{constant.value}{constant.unit}）" for name, constant in scheme.constants.items()
    }
    return constants | {field.name: field.title for field in fields}


def _value(value: str, kind: Kind | None) -> str:
    """The title of a state or a choice; what two fields would name differently stays as written."""
    if kind is None:
        return _ORGANISATION_WORDS.get(value, value)
    if value in kind.flow.states:
        return kind.flow.states[value].title
    titles = {field.choices[value] for field in kind.fields.values() if value in field.choices}
    return titles.pop() if len(titles) == 1 else _ORGANISATION_WORDS.get(value, value)
