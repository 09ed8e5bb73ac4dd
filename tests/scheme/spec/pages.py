"""The pages of the reference that are printed from the language's own declarations: its keys and its faults."""

from __future__ import annotations

from pathlib import Path

from xianfeng.scheme.catalogue import CATALOGUE
from xianfeng.scheme.surface import grammar
from xianfeng.scheme.surface.shapes import Shape, Word
from xianfeng.scheme.surface.tables import Either, Key, Keys, ListOf, MapOf

BAD = Path(__file__).parents[1] / "bad"


def sections() -> str:
    """Every key of every section."""
    lines = ["# 各节和键", "", "方案是一个 YAML 文件（或一个文件夹里的几个）。打 ★ 的必须写。", ""]
    lines += _table("方案", grammar.SCHEME.keys)
    for name, shape in _tables():
        lines += _table(name, shape.keys)
    return "\n".join(lines)


def _tables() -> list[tuple[str, Keys]]:
    return [
        ("`runs` 起止", grammar.RUNS),
        ("`phases` 阶段", grammar.PHASE),
        ("`standards` 标准", grammar.STANDARD),
        ("`constants` 常数", grammar.CONSTANT),
        ("`kinds` 台账", grammar.KIND),
        ("`promise` 公开承诺", grammar.PROMISE),
        ("`request` 诉求", grammar.REQUEST),
        ("`decided` 确定等级", grammar.DECIDED),
        ("`commended` 评选表彰", grammar.COMMENDED),
        ("`fields` 字段", grammar.FIELD),
        ("`among` 数的是哪些", _long(grammar.AMONG)),
        ("`flow` 流程", grammar.FLOW),
        ("`states` 状态", grammar.STATE),
        ("`moves` 办理步骤", grammar.MOVE),
        ("`obligations` 工作要求", grammar.OBLIGATION),
        ("`windows` 时段、`quiet` 静默期", grammar.WINDOW),
        ("`ladders` 催办步骤", grammar.LADDER),
        ("`plans` 倒排计划", grammar.PLAN),
        ("`steps` 计划步骤", grammar.PLAN_STEP),
        ("`done` 怎样算办完", _long(grammar.DONE)),
        ("`inspections` 督查", grammar.INSPECTION),
        ("`strata` 督查分层", grammar.STRATUM),
        ("`inspectors` 督查人员", grammar.INSPECTORS),
        ("`evaluations` 群众评议", grammar.EVALUATION),
        ("`questions` 题目", grammar.QUESTION),
        ("`least` 少于多少不公布", grammar.LEAST),
        ("`gradings` 分类定级", grammar.GRADING),
        ("`parts` 定级的各部分", grammar.GRADED_PART),
        ("`indicators` 定级的指标", grammar.INDICATOR),
        ("`bands` 分档", grammar.BAND),
        ("`bars` 限制", grammar.GRADED_BAR),
        ("`quotas` 名额", grammar.GRADED_QUOTA),
        ("`commendations` 评选表彰", grammar.COMMENDATION),
        ("`awards` 荣誉和名额", grammar.AWARD),
        ("`eligible` 推荐条件", grammar.CONDITION),
        ("`measures` 统计指标", grammar.MEASURE),
        ("`coverage` 覆盖面", grammar.COVERAGE),
        ("`growth` 增长率", grammar.GROWTH),
        ("`target` 目标", _long(grammar.TARGET)),
        ("`show` 数字写法", _long(grammar.SHOW)),
        ("`bulletins` 简报", grammar.BULLETIN),
    ]


def _long(shape: Either) -> Keys:
    assert isinstance(shape.long, Keys)
    return shape.long


def _table(title: str, keys: dict[str, Key]) -> list[str]:
    shown = any(key.example for key in keys.values())
    rows = [
        f"| `{name}`{'★' if key.required else ''} | {_said(key.shape)} | {key.zh}{_default(key)} |"
        + (f" {_example(name, key)} |" if shown else "")
        for name, key in keys.items()
    ]
    head = "| 键 | 写法 | 含义 |" + (" 例 |" if shown else "")
    return [f"## {title}", "", head, "| --- | --- | --- |" + (" --- |" if shown else ""), *rows, ""]


def _example(name: str, key: Key) -> str:
    return f"`{name}: {key.example}`" if key.example else ""


def _default(key: Key) -> str:
    return f"（默认 {key.default}）" if key.default else ""


def _said(shape: Shape) -> str:
    if isinstance(shape, Word):
        return "、".join(f"`{word}`" for word in shape.words)
    if isinstance(shape, ListOf):
        inner = _said(shape.item)
        return f"{inner}，或其列表" if shape.single else f"列表：{inner}"
    if isinstance(shape, MapOf):
        return f"名称: {_said(shape.item)}"
    if isinstance(shape, Either):
        return f"{_said(shape.short)}，或{_said(shape.long)}"
    return "表" if isinstance(shape, Keys) else shape.said[0] or "–"


def faults() -> str:
    """Every fault with its hint and the bad files that show it."""
    shown: dict[str, list[str]] = {}
    for path in sorted(BAD.glob("*.yaml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        for code in dict.fromkeys(part.rsplit(" ", 1)[-1] for part in first.split(", ")):
            shown.setdefault(code, []).append(path.stem)
    lines = ["# 错误代码", "", "`xianfeng scheme check` 一次报出全部错误，各有文件、行、列、代码和办法。", ""]
    lines += ["| 代码 | 错在哪里 | 怎么办 | 样例（tests/scheme/bad） |", "| --- | --- | --- | --- |"]
    for code, wording in CATALOGUE.items():
        examples = "、".join(shown.get(code, [])[:3])
        lines.append(f"| `{code}` | {_cell(wording.zh)} | {_cell(wording.hint_zh)} | {examples} |")
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def index() -> str:
    return "\n".join(
        [
            "# 活动方案的语言（第 1 版）",
            "",
            "一个活动是一个 YAML 文件。这里的每一页都由测试或语言自身的定义生成：`make docs`。",
            "",
            "- [各节和键](sections.md)",
            "- [表达式](expressions.md)",
            "- [办理流程](flows.md)",
            "- [台账的标记](marks.md)：记录怎么称呼，什么是公开承诺，什么是诉求",
            "- [工作要求和催办](obligations.md)：谁、多久、几次，什么时候到期，没有办的怎么催",
            "- [倒排计划](plans.md)",
            "- [督查](inspections.md)：从谁里抽、分几层、每层几个",
            "- [群众评议](evaluations.md)",
            "- [分类定级](gradings.md)：指标怎么得分，等级怎么建议",
            "- [引用和调整](includes.md)",
            "- [统计指标](measures.md)",
            "- [通用台账](core.md)：`include: [core]` 带来的台账、栏目和流程",
            "- [错误代码](faults.md)",
            "- [JSON Schema](schema.json)：在 scheme.yaml 第一行写"
            " `# yaml-language-server: $schema=<路径>/schema.json`，编辑器就会补全和检查。",
            "",
            "样例：`tests/scheme/good/everything.yaml` 用到语言的每一部分，并逐行说明。",
            "",
        ]
    )
