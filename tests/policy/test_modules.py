"""How long code may get, and where an exception is allowed (docs/style.md)."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "xianfeng"

# path -> why it may be longer than 350 lines; nothing may be longer than 600.
LONG: dict[str, str] = {}


def modules() -> Iterator[Path]:
    return (path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_modules_stay_short() -> None:
    lengths = {str(path.relative_to(SOURCE)): lines(path) for path in modules()}
    counted = [length for name, length in lengths.items() if not name.endswith("__init__.py")]
    assert statistics.median(counted) <= 120
    assert {name: length for name, length in lengths.items() if length > 350 and name not in LONG} == {}
    assert {name: length for name, length in lengths.items() if length > 600} == {}


def test_no_exception_outlives_its_reason() -> None:
    assert [name for name in LONG if lines(SOURCE / name) <= 350] == []


def test_functions_stay_short() -> None:
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert statistics.quantiles(lengths, n=10)[-1] <= 35


def test_every_module_says_why_it_exists() -> None:
    exempt = {"__init__.py", "apps.py"}
    silent = [
        str(path.relative_to(SOURCE))
        for path in modules()
        if path.name not in exempt and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []
