"""Each file in bad/ is named by its fault; its first line says which faults, where: these and no others."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest

from xianfeng.scheme import checks
from xianfeng.scheme.build.scheme import draft_of
from xianfeng.scheme.catalogue import CATALOGUE
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, Faults
from xianfeng.scheme.loader import load
from xianfeng.scheme.surface.files import Gathering, on_disk

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))
GOOD = sorted((HERE / "good").glob("*.yaml"))

# Codes that no text file in a repository can show; each has a test of its own in test_files.py.
ELSEWHERE = {"not_utf8", "too_many_files", "yaml_too_large"}


def expected(path: Path) -> list[str]:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix("# ").split(", ")


@functools.cache
def faults(path: Path) -> Faults:
    loaded = load(path)
    assert isinstance(loaded, Faults)
    return loaded


@functools.cache
def draft(path: Path) -> Draft:
    return draft_of(Gathering(on_disk(path.parent, path.name)))


def written(fault: Fault, path: Path) -> str:
    file = "" if fault.file == str(path) else f"{Path(fault.file).relative_to(path.parent)}:"
    return f"{file}{fault.line}:{fault.column} {fault.code}"


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_reports_exactly_these_faults(path: Path) -> None:
    assert [written(fault, path) for fault in faults(path)] == expected(path)


def test_every_fault_code_has_a_bad_file() -> None:
    shown = {line.rsplit(" ", 1)[-1] for path in BAD for line in expected(path)}
    undemonstrated = {code for code in CATALOGUE if not code.startswith("expression.")} - shown - ELSEWHERE
    assert not undemonstrated


@pytest.mark.parametrize("rule", [*checks.RULES, *checks.LAW], ids=lambda rule: rule.__module__.rpartition(".")[2])
def test_every_rule_speaks_of_bad_schemes_only(rule: checks.Rule) -> None:
    assert any(list(rule(draft(path))) for path in BAD)
    assert not any(list(rule(draft(path))) for path in GOOD)


@pytest.mark.parametrize("code", CATALOGUE)
def test_wordings_are_whole_in_both_languages(code: str) -> None:
    wording = CATALOGUE[code]
    assert wording.zh.endswith(("。", "？", "}"))
    assert wording.en.endswith((".", "?", ")"))
    assert bool(wording.hint_zh) == bool(wording.hint_en)
    chinese = set(re.findall(r"\{(\w+)\}", wording.zh + wording.hint_zh))
    english = set(re.findall(r"\{(\w+)\}", wording.en + wording.hint_en))
    assert {name.removesuffix("_en") for name in english} <= chinese | {"original"}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_fault_can_be_told_in_both_languages(path: Path) -> None:
    for fault in faults(path):
        assert "{" not in fault.text("zh") + fault.advice("zh") + fault.advice("en").replace("{}", "")
        assert fault.text("en")
