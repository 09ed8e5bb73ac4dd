"""`xianfeng scheme` as an office uses it: what is printed, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from xianfeng.cli import scheme
from xianfeng.problems import Problem

EXAMPLES = Path(__file__).parents[1] / "scheme"
EVERYTHING = str(EXAMPLES / "good" / "everything.yaml")


def run(*arguments: str) -> Result:
    app = typer.Typer()
    scheme.register(app)
    return CliRunner().invoke(app, ["scheme", *arguments])


def test_check_of_a_good_scheme() -> None:
    result = run("check", EVERYTHING)
    assert result.exit_code == 0
    assert result.stdout.startswith("样例活动：没有错误。")


def test_check_tells_every_fault_with_its_place_and_fails() -> None:
    path = EXAMPLES / "bad" / "all_at_once.yaml"
    result = run("check", str(path))
    assert result.exit_code == 1
    assert f"{path}:4:1: 不认识的键“titel”。 [unknown_key]\n    是不是想写 title？" in result.stdout
    assert "共 8 处错误。" in result.stderr


def test_check_in_english() -> None:
    result = run("check", str(EXAMPLES / "bad" / "unknown_key.yaml"), "--lang", "en")
    assert "Unknown key 'mesures'. [unknown_key]" in result.stdout
    assert "Did you mean measures?" in result.stdout


@pytest.mark.parametrize("command", ["explain", "burden", "stats"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_reports_are_printed(command: str, language: str) -> None:
    result = run(command, EVERYTHING, "--lang", language)
    assert result.exit_code == 0
    assert result.stdout.strip()


def test_diff_of_a_scheme_with_itself() -> None:
    result = run("diff", EVERYTHING, EVERYTHING)
    assert (result.exit_code, result.stdout) == (0, "含义相同。\n")


def test_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["properties"]["scheme"]


def test_new_writes_a_scheme_that_passes_and_never_overwrites(tmp_path: Path) -> None:
    folder = tmp_path / "spring-2027"
    assert run("new", str(folder), "--title", "春季活动", "--at", "350100").exit_code == 0
    assert run("check", str(folder)).exit_code == 0
    again = run("new", str(folder))
    assert isinstance(again.exception, Problem)
    assert again.exception.code == "scheme.exists"


def test_new_refuses_a_name_that_no_scheme_can_have(tmp_path: Path) -> None:
    result = run("new", str(tmp_path / "春季活动"))
    assert isinstance(result.exception, Problem)
    assert result.exception.code == "scheme.name"
    assert result.exception.place == str(tmp_path / "春季活动")
    assert "--title" in result.exception.hint
    assert not (tmp_path / "春季活动").exists()


def test_new_from_a_table_binds_organisations_as_the_page_does(tmp_path: Path, db: None) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["工作任务", "牵头单位"], ["建示范点", "各乡镇"], ["办培训班", "市委组织部"]):
        book.active.append(row)
    book.save(tmp_path / "tasks.xlsx")
    result = run("new", str(tmp_path / "spring-2027"), "--at", "350100", "--from-table", str(tmp_path / "tasks.xlsx"))
    written = (tmp_path / "spring-2027" / "scheme.yaml").read_text(encoding="utf-8")
    assert result.exit_code == 0
    assert "roles:" not in written
    assert "where: \"type == 'division' and level == 'township'\"" in written
    assert "where: \"code == '350100'\"" in written
    assert "  市委组织部：code == '350100'" in result.stdout


def test_new_from_a_table_says_what_it_read_and_repeats_it_in_the_file(tmp_path: Path, db: None) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["工作任务", "目标要求", "牵头单位"], ["整顿软弱涣散村", "整顿率100%", "市委组织部"]):
        book.active.append(row)
    book.save(tmp_path / "tasks.xlsx")
    result = run("new", str(tmp_path / "spring-2027"), "--from-table", str(tmp_path / "tasks.xlsx"))
    assert result.exit_code == 0
    assert "第 2 行 整顿软弱涣散村：牵头 市委组织部" in result.stdout
    assert "“整顿率100%”是比率" in result.stdout
    assert "  # 请核对：“整顿率100%”是比率" in (tmp_path / "spring-2027" / "scheme.yaml").read_text(encoding="utf-8")
