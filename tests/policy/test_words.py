"""Every word that a page shows can be said in another language: it is marked where it stands, and kept whole."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from scripts.messages import CHINESE, MARKS, PROBLEMS, SHOWN, SOURCE

WEB = SOURCE / "web"
# Code of the pages that holds Chinese which is no word of the interface: path -> what it is.
NO_WORDS = {
    "forms/names.py": "what people write before and after a number",
    "forms/written.py": "units and dates as people write them",
    "office/bulletin/briefings.py": "names of files made of Chinese documents",
    "office/bulletin/changes.py": "a template for the text of a bulletin",
    "office/bulletin/facts.py": "lines of a paper that stays Chinese",
    "office/bulletin/forms.py": "words of a bulletin's distribution list",
    "office/bulletin/papers.py": "names of files made of Chinese documents",
    "office/bulletin/writing.py": "the usual name of a series",
    "office/imports/samples.py": "headings and rows of a sample list, as imports understand them",
    "office/scheme/sample.py": "headings and rows of a sample table, as campaigns are started from",
    "office/upkeep/reads.py": "how purposes begin, which are kept as they are written in the code",
    "search/picks.py": "what people write before and after a number",
    "public/proving.py": "how people write numbers",
}
# The same of the commands' code.
NO_CONSOLE_WORDS = {
    "calendar.py": "classes of days as they are typed",
    "scheme.py": "tables whose headings stand in both languages beside each other",
    "tables.py": "headings of a list, as offices keep them",
}
CONSOLE = {"echo", "tell", "Finding"}
_TRANSLATED = re.compile(r"\{%\s*blocktranslate.*?\{%\s*endblocktranslate\s*%\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"\{%\s*translate\b.*?%\}|_\(\"[^\"]*\"\)|_\('[^']*'\)", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def pages(suffix: str) -> Iterator[Path]:
    return (path for path in sorted(WEB.rglob(f"*{suffix}")) if "static" not in path.parts)


def unmarked(path: Path) -> list[str]:
    """Chinese texts of a module that are neither marked nor documentation; problems are looked at by themselves."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spared = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if called(call) in MARKS:
            spared |= {id(argument) for argument in call.args}
        if called(call) in PROBLEMS:
            spared |= {id(part) for part in ast.walk(call)}
        spared |= {id(keyword.value) for keyword in call.keywords if keyword.arg in SHOWN}
    return [
        f"{path.relative_to(SOURCE)}:{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in spared
    ]


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_no_page_s_code_holds_an_unmarked_word() -> None:
    modules = (path for path in pages(".py") if path.relative_to(WEB).as_posix() not in NO_WORDS)
    assert [fault for path in modules for fault in unmarked(path)] == []


def test_no_exception_outlives_its_reason() -> None:
    assert [name for name in NO_WORDS if not (WEB / name).exists() or not unmarked(WEB / name)] == []


def test_no_template_holds_an_unmarked_word() -> None:
    left = {path: _TAG.sub("", _TRANSLATED.sub("", path.read_text(encoding="utf-8"))) for path in pages(".html")}
    assert [
        f"{path.relative_to(WEB)}: {match[0]}" for path, text in left.items() for match in CHINESE.finditer(text)
    ] == []


def test_scripts_get_their_words_from_templates() -> None:
    """All they hold is 万 and 亿, which people type."""
    left = {path: _COMMENT.sub("", path.read_text(encoding="utf-8")) for path in pages(".ts")}
    found = [f"{path.name}: {match[0]}" for path, text in left.items() for match in CHINESE.finditer(text)]
    assert [each for each in found if not each.startswith("echoes.ts: ") or each[-1] not in "万亿元"] == []


def test_what_is_told_can_be_translated() -> None:
    """Problems and what commands print are put together by `say`: no catalogue holds the words of an f-string."""
    glued = [
        f"{path.relative_to(SOURCE)}:{part.lineno}: {ast.unparse(part)}"
        for path in sorted(SOURCE.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and called(call) in PROBLEMS | CONSOLE | MARKS.keys()
        for part in ast.walk(call)
        if isinstance(part, ast.JoinedStr) and CHINESE.search(ast.unparse(part))
    ]
    assert glued == []


def test_no_command_holds_an_unmarked_word() -> None:
    found = {path.name: unmarked(path) for path in sorted((SOURCE / "cli").glob("*.py"))}
    assert {name for name, faults in found.items() if faults} == NO_CONSOLE_WORDS.keys(), found


def test_a_problem_is_told_in_one_way() -> None:
    """What happened and what to do are joined by `Problem.told`, which ends each sentence once, in any language."""
    joined = re.compile(r"\.message *\+|\.message\}\{|\.message \}\}\{\{")
    found = [
        path.name for path in WEB.rglob("*") if path.suffix in {".py", ".html"} and joined.search(path.read_text())
    ]
    assert found == []
