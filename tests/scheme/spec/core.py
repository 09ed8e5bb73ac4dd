"""The page of the core library: the registers that come with `include: [core]`, printed from their definitions."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scheme.spec.format import HEAD
from xianfeng.scheme import calling
from xianfeng.scheme.build.kinds import USUAL
from xianfeng.scheme.flowing import Flow, Move
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.titles import LEVELS
from xianfeng.scheme.types import FieldType

WORDS = """\
`include: [core]` 带来下面的台账。同一本台账各活动共用：一件工作只登记一次，每个活动都能统计。
活动可以调整标题、选项和流程，不能改栏目的类型。
打 ★ 的栏目必须填；“公开”的栏目不登录也能看到，“个人信息”加密保存、可以删除、不进任何数字。
"""
BASIS = {"each": "一条记录计一项", "event": "一条记录是一次活动，数量相加", "stated": "照文件所述录入的总数"}
TYPES = {
    FieldType.TEXT: "文字",
    FieldType.LONG_TEXT: "长文字",
    FieldType.INTEGER: "整数",
    FieldType.DECIMAL: "小数",
    FieldType.MONEY: "金额",
    FieldType.PERCENT: "百分比",
    FieldType.DATE: "日期",
    FieldType.DATETIME: "时间",
    FieldType.CHOICE: "单选",
    FieldType.CHOICES: "多选",
    FieldType.BOOLEAN: "是否",
    FieldType.PERSON: "人员",
    FieldType.ORGANISATION: "组织",
    FieldType.RECORD: "记录",
    FieldType.TALLY: "分组人数",
    FieldType.ATTACHMENTS: "附件",
    FieldType.PLACE: "地点",
}
_BY = {
    "author": "填报组织",
    "superior": "上级组织",
    "office": "活动办公室",
    "clock": "到期自动",
    "handler": "承办单位",
    "requester": "诉求人",
}


def scheme() -> Scheme:
    loaded = load_package(with_libraries({"scheme.yaml": HEAD + "include: [core]\n"}))
    assert isinstance(loaded, Scheme), str(loaded)
    return loaded


def page() -> str:
    kinds = scheme().kinds.values()
    lines = ["# 通用台账", "", WORDS, "| 台账 | 名称 | 用来登记 |", "| --- | --- | --- |"]
    lines += [f"| [{kind.title}](#{kind.name}) | `{kind.name}` | {_cell(kind.help)} |" for kind in kinds]
    lines += ["", f"常规流程：{_flow(USUAL)}", ""]
    for kind in kinds:
        lines += [*_kind(kind), ""]
    return "\n".join(lines)


def _kind(kind: Kind) -> Iterator[str]:
    yield f'## {kind.title}<a id="{kind.name}"></a>'
    yield ""
    yield f"`{kind.name}`：{BASIS[kind.basis]}。{kind.help}{_called(kind)}"
    yield ""
    yield "| 栏目 | 名称 | 类型 | 说明 |"
    yield "| --- | --- | --- | --- |"
    for field in kind.fields.values():
        star = "★" if field.required else ""
        yield f"| {field.title}{star} | `{field.name}` | {_type(field)} | {_cell(_said(field))} |"
    yield ""
    yield "流程：常规。" if kind.flow == USUAL else f"流程：{_flow(kind.flow)}"


def _called(kind: Kind) -> str:
    words = {"organisation": "填报组织", "day": "日期"}
    titles = (kind.fields[name].title if name in kind.fields else words[name] for name in calling.parts(kind))
    return "".join(f"记录用“{'”“'.join(some)}”称呼。" for some in [tuple(titles)] if some)


def _type(field: Field) -> str:
    return f"{TYPES[field.type]}（{field.unit}）" if field.unit else TYPES[field.type]


def _said(field: Field) -> str:
    named = field.choices or field.groups
    marks = (field.public and "公开", field.personal and "个人信息", field.retired and "停用")
    parts = [
        field.help,
        "、".join(f"{title} `{value}`" for value, title in named.items()),
        f"`{field.of}` 的一条" if field.of else "",
        f"{field.minimum if field.minimum is not None else ''}–{field.maximum}" if field.maximum is not None else "",
        *(mark for mark in marks if mark),
    ]
    return "；".join(part for part in parts if part)


def _flow(flow: Flow) -> str:
    """'登记为草稿；提交：草稿 → 待审核（填报组织）；…'."""
    moves = (
        f"{move.title} `{move.name}`：{'、'.join(_state(flow, origin) for origin in move.origins)} → "
        f"{_state(flow, move.target) if move.target else '状态不变'}（{'、'.join(_BY.get(by, by) for by in move.by)}"
        f"{_needs(move)}）"
        for move in flow.moves.values()
    )
    return "；".join([f"登记后为{_state(flow, flow.initial)}", *moves]) + "。"


def _needs(move: Move) -> str:
    reason = "理由（公开）" if move.public else "理由"
    needed = [reason if name == "reason" else f"`{name}`" for name in move.needs]
    return f"，须填{'、'.join(needed)}" if needed else ""


def _state(flow: Flow, name: str) -> str:
    state = flow.states[name]
    level = LEVELS[state.level]
    return state.title if state.title == level else f"{state.title}〔{level}〕"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
