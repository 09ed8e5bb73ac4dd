"""Time is passed: no room reads the wall clock, but where this list says why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SOURCES = Path(__file__).parents[2] / "src" / "xianfeng"
EDGES = frozenset({"web", "cli", "config", "demo", "acceptance"})  # where a request, a command begins
READS = {
    "log/actors.py": "the one stamp: whoever acts without saying when acts now",
    "accounts/actions.py": "an invitation is good, or not any more, when somebody knocks",
    "accounts/attempts.py": "how fast somebody guesses passwords",
    "accounts/links.py": "a link is good, or not any more, when somebody knocks",
    "ledger/sweeping.py": "how long ago a file was laid down on the disk",
    "clockwork/worker.py": "the demonstration's own worker is handed the clock here",
    "registry/changes.py": "what has not happened yet is not registered",
    "registry/imports/contacts.py": "whoever is listed without a day begins on the day of the reading",
    "registry/imports/organisations.py": "what has not happened yet is not registered",
    "voice/comments.py": "how long ago something was refused, after which its words are dropped",
    "voice/flood.py": "how much somebody sends on a day",
}
FORBIDDEN = frozenset(
    {
        "timezone.now",
        "datetime.now",
        "dt.datetime.now",
        "datetime.utcnow",
        "dt.datetime.utcnow",
        "date.today",
        "dt.date.today",
        "datetime.date.today",
        "datetime.datetime.now",
        "time.time",
    }
)
NOW_WITHOUT_ARGUMENT = frozenset({"timezone.localdate", "timezone.localtime"})


def rooms() -> Iterator[Path]:
    for path in sorted(SOURCES.rglob("*.py")):
        if path.relative_to(SOURCES).parts[0] not in EDGES:
            yield path


def readings(source: str) -> list[int]:
    """The lines of a module that read the wall clock, called or handed on."""
    return sorted(node.lineno for node in ast.walk(ast.parse(source)) if _reads(node))


def _reads(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in NOW_WITHOUT_ARGUMENT and _is_now(node)
    return isinstance(node, ast.Attribute) and ast.unparse(node) in FORBIDDEN


def _is_now(call: ast.Call) -> bool:
    """Without a moment it is this one; what may be None, as an actor's `at`, is none."""
    given = call.args[0] if call.args else None
    return given is None or (isinstance(given, ast.Attribute) and ast.unparse(given).endswith("by.at"))


def test_no_room_reads_the_wall_clock() -> None:
    read = {path.relative_to(SOURCES).as_posix(): readings(path.read_text()) for path in rooms()}
    wrong = [f"{name}:{line}" for name, lines in read.items() for line in lines if name not in READS]
    assert wrong == [], "时间由调用的人给：动作用 by.moment，别的给 now="


def test_whoever_is_excused_still_reads_it() -> None:
    assert [name for name in READS if not readings((SOURCES / name).read_text())] == []


@pytest.mark.parametrize(
    "line",
    [
        "timezone.now()",
        "clock = timezone.now",
        "dt.datetime.now(dt.UTC)",
        "dt.date.today()",
        "timezone.localdate()",
        "timezone.localdate(by.at)",
        "timezone.localdate(self.by.at, zone)",
        "time.time()",
    ],
)
def test_a_reading_is_found(line: str) -> None:
    assert readings(line) == [1]


@pytest.mark.parametrize(
    "line", ["timezone.localdate(now)", "timezone.localdate(by.moment)", "row.now", "time.sleep(1)"]
)
def test_time_that_was_passed_is_none(line: str) -> None:
    assert readings(line) == []


def test_no_example_fails_because_the_machine_is_busy() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
