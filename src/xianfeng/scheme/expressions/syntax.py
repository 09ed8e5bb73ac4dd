"""The surface: from text to Python's syntax tree, for texts that are small and harmless, and never further.

Python's parser is only handed what has passed a bounded scan, because it recurses, warns and speaks of Python. What an
office types by habit (full-width signs, `=`, `&&`, 且) is named with what to type instead.
"""

from __future__ import annotations

import ast
import keyword
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xianfeng.scheme.expressions.faults import ExpressionFault

LONGEST = 2000  # characters
MOST_NODES = 400
DEEPEST = 40

_TEXT = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_FULL_WIDTH: Mapping[str, str] = {
    "（": "(", "）": ")", "［": "[", "］": "]", "【": "[", "】": "]", "，": ",", "、": ",", "。": ".", "．": ".",
    "“": '"', "”": '"', "‘": "'", "’": "'", "＝": "==", "＞": ">", "＜": "<", "！": "not", "＋": "+", "－": "-",
    "＊": "*", "／": "/", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "　": "空格",
}  # fmt: skip
_HABITS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"&&?"), "and", "“并且”写 and。"),
    (re.compile(r"\|\|?"), "or", "“或者”写 or。"),
    (re.compile(r"!(?!=)"), "not", "“不是”写 not。"),
    (re.compile(r"<>"), "!=", "“不等于”写 !=。"),
    (re.compile(r"(?<![=!<>:])=(?!=)"), "==", "“等于”写两个等号 ==。"),
)
_GLUED = re.compile(r"(?<![\w.])\d+(?:\.\d+)?[^\W\d]\w*")
_CHINESE_WORDS = re.compile(r"(?<!\w)(且|并且|和|与|或|或者|非|不是|等于|大于|小于)(?!\w)")


@dataclass(frozen=True)
class Source:
    """A parsed text, and where its pieces stand in what the author wrote."""

    tree: ast.expr
    line: str  # what was parsed: without leading blanks, on one line
    start: int  # characters cut off before it

    def offset(self, node: ast.expr) -> int:
        """Python counts bytes; authors count characters."""
        return self.start + len(self.line.encode()[: node.col_offset].decode())

    def written(self, node: ast.expr) -> str:
        return self.line.encode()[node.col_offset : node.end_col_offset].decode()


def normalised(name: str) -> str:
    """A name as the parser sees it: full-width and compatibility letters become the ordinary ones (NFKC)."""
    return unicodedata.normalize("NFKC", name)


def usable_name(name: str) -> bool:
    """Whether a field or constant of this name can be written in an expression."""
    return normalised(name).isidentifier() and not keyword.iskeyword(normalised(name)) and name != "today"


def read_source(text: str) -> Source | tuple[ExpressionFault, ...]:
    """The text's syntax tree, or what keeps it from having one."""
    if len(text) > LONGEST:
        return (_too_large(f"表达式有 {len(text)} 个字符，最多 {LONGEST} 个"),)
    start = len(text) - len(text.lstrip())
    line = re.sub(r"[\r\n\t]", " ", text.strip())
    if not line:
        return (ExpressionFault("expression.syntax", "表达式是空的", "写一个条件，例如 state == 'done'。"),)
    masked = _TEXT.sub(lambda match: "'" + "_" * (len(match[0]) - 2) + "'", text.strip())
    faults = tuple(_lexical_faults(masked.replace("\n", " "), line, start))
    return faults or _parse(line, masked, start)


def _lexical_faults(masked: str, line: str, start: int) -> Iterator[ExpressionFault]:
    depth = 0
    for at, sign in enumerate(masked):
        depth += (sign in "([{") - (sign in ")]}")
        if depth > DEEPEST:
            yield _too_large(f"括号套了 {DEEPEST} 层以上", start + at)
            return
        if sign in _FULL_WIDTH:
            yield _syntax(f"“{sign}”是中文标点", start + at, f"改用半角的 {_FULL_WIDTH[sign]}")
        elif sign in "#;`$@?~^{}":
            yield _syntax(f"这里不能用 {sign}", start + at)
    for at, sign in enumerate(line):
        if unicodedata.category(sign) in {"Cc", "Cs", "Cn", "Cf"}:
            yield _syntax(f"含有看不见的字符 U+{ord(sign):04X}", start + at, "删去它重新输入。")
        elif sign == "\\":
            yield _syntax("这里不能用 \\", start + at, "引号里也不用反斜线；要写单引号，外面就用双引号。")
    for habit, _, hint in _HABITS:
        for match in habit.finditer(masked):
            yield _syntax(f"这里不能用 {match[0]}", start + match.start(), hint)
    for match in _GLUED.finditer(masked):
        message = f"看不懂 {match[0]}"
        yield _syntax(message, start + match.start(), "数只写十进制数字和小数点；名称不能以数字开头。")


def _parse(line: str, masked: str, start: int) -> Source | tuple[ExpressionFault, ...]:
    try:
        tree = ast.parse(line, mode="eval").body
    except SyntaxError as error:
        end = len(line) - 1
        offset = min(error.offset - 1, end) if error.offset else end  # 0: more was expected
        return (_syntax("看不懂这个表达式", start + offset, _likely_reason(masked)),)
    except (RecursionError, MemoryError, ValueError):
        return (_too_large("表达式太复杂"),)
    nodes, depth = _measure(tree)
    if nodes > MOST_NODES:
        return (_too_large(f"表达式有 {nodes} 项，最多 {MOST_NODES} 项"),)
    if depth > DEEPEST:
        return (_too_large(f"表达式套了 {depth} 层，最多 {DEEPEST} 层"),)
    return Source(tree, line, start)


def _measure(tree: ast.expr) -> tuple[int, int]:
    """How many pieces, and how deep; with a list of its own, since the tree may be too deep to recurse."""
    count, deepest = 0, 0
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        count += 1
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return count, deepest


def _likely_reason(masked: str) -> str:
    if word := _CHINESE_WORDS.search(masked):
        return f"“{word[0]}”要用符号：and、or、not、==、>、<。"
    if masked.count("(") != masked.count(")") or masked.count("[") != masked.count("]"):
        return "括号没有配对。"
    if re.search(r"['\"]", _TEXT.sub("", masked)):
        return "引号没有配对。"
    return "例如 state == 'done' and amount > 3。"


def _syntax(message: str, offset: int, hint: str = "") -> ExpressionFault:
    return ExpressionFault("expression.syntax", message, hint, offset)


def _too_large(message: str, offset: int = 0) -> ExpressionFault:
    return ExpressionFault(
        "expression.too_large", message, "拆成几条规则，或用 in ['甲', '乙'] 代替一长串 or。", offset
    )
